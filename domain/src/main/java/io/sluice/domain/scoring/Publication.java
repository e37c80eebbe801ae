package io.sluice.domain.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.wire.Command;
import java.util.regex.Pattern;

/**
 * What PUBLISH_MODEL says: from a time on another version of a model scores.
 *
 * @param commandId the command that says so
 * @param model by its name in the configuration
 * @param version that the bundle has
 * @param bundle the folder it is loaded from: a path, or a URI of a file system that Flink knows
 * @param sha256 of its {@code model.json}, which has those of its other files: what was looked at
 *     is what scores
 * @param fromUs epoch microseconds
 */
public record Publication(
    String commandId, String model, String version, String bundle, String sha256, long fromUs) {
  /** The command's name on the wire. */
  public static final String COMMAND = "PUBLISH_MODEL";

  /** Why it takes the authority to loosen. */
  public static final String LOOSENS =
      "PUBLISH_MODEL loosens: another model may trade where this one does not";

  private static final int MAX_TEXT = 1_000;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /**
   * Reads what a command says.
   *
   * @param nowUs when it counts unless it says a later time, epoch microseconds
   * @throws CommandRefusedException or {@link ConfigurationException} where it does not read
   */
  public static Publication read(Command command, long nowUs) {
    if (!"firm".equals(command.scope())) {
      throw new CommandRefusedException(
          "scope is " + command.scope() + ", expected firm: a model scores all instruments");
    }
    if (command.expiresAtUs() != null) {
      throw new CommandRefusedException(
          "expires_at_us of a PUBLISH_MODEL is set, expected null: publish what is to follow");
    }
    Section body =
        Section.root("body", command.body()).allow("model", "version", "bundle", "sha256");
    Long at = command.effectiveAtUs();
    return new Publication(
        command.commandId(),
        text(body, "model"),
        text(body, "version"),
        text(body, "bundle"),
        digest(body),
        at == null ? nowUs : Math.max(at, nowUs));
  }

  private static String text(Section body, String key) {
    String text = body.text(key);
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw body.wrong(key, "1 to " + MAX_TEXT + " characters");
    }
    return text;
  }

  private static String digest(Section body) {
    String digest = body.text("sha256");
    if (!DIGEST.matcher(digest).matches()) {
      throw body.wrong("sha256", "the SHA-256 of the bundle's model.json, 64 small hex digits");
    }
    return digest;
  }

  /**
   * Holds a bundle against what was published.
   *
   * @throws BundleException where it has another version
   */
  public void check(ModelBundle loaded) {
    if (!loaded.version().equals(version)) {
      throw new BundleException(
          "the bundle "
              + bundle
              + " has the version "
              + loaded.version()
              + ", expected "
              + version
              + "; publish it under its own version");
    }
  }

  /** Writes the fields of the command's body into an open object. */
  public void writeBody(JsonWriter json) {
    json.name("model").value(model).name("version").value(version);
    json.name("bundle").value(bundle).name("sha256").value(sha256);
  }

  public void write(JsonWriter json) {
    json.beginObject().name("command_id").value(commandId);
    writeBody(json);
    json.name("from_us").value(fromUs).endObject();
  }

  /** One that {@link #write} wrote. */
  public static Publication of(JsonNode stored) {
    return new Publication(
        stored.path("command_id").textValue(),
        stored.path("model").textValue(),
        stored.path("version").textValue(),
        stored.path("bundle").textValue(),
        stored.path("sha256").textValue(),
        stored.path("from_us").longValue());
  }
}
