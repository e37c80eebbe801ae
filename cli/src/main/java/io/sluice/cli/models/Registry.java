package io.sluice.cli.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.ModelBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of models and what became of them, in a folder that anybody can read: {@code
 * MODEL/VERSION/} holds a version's bundle, {@code MODEL/stages.jsonl} a line for each time that a
 * version came into another stage, and is only ever added to.
 */
public final class Registry {
  /** Where a version stands. */
  public enum Stage {
    /** It only shows what it would say. */
    SHADOW,
    /** It scores; of a model only one. */
    PRODUCTION,
    /** It has been in production. */
    RETIRED
  }

  /**
   * A line of {@code stages.jsonl}.
   *
   * @param at ISO 8601, UTC
   * @param by a person
   * @param commandId the command that published it, or null
   */
  public record Change(
      String at, String version, Stage stage, String by, String reason, String commandId) {}

  /** A version with what was last said of it. */
  public record Version(Path folder, ModelBundle bundle, Change newest) {
    public String name() {
      return bundle.version();
    }

    public Stage stage() {
      return newest.stage();
    }
  }

  private static final String STAGES = "stages.jsonl";

  private final Path folder;

  public Registry(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** The models there are, by name. */
  public List<String> models() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(STAGES)))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /**
   * Copies a bundle into the registry.
   *
   * @throws BundleException where the version is known already, or a name cannot be a folder's
   */
  public Path add(String model, Path bundle, String version) throws IOException {
    Path to = folderOf(model, version);
    if (Files.exists(to)) {
      throw new BundleException(
          "version "
              + version
              + " of "
              + model
              + " is in "
              + to
              + " already; a version is never changed");
    }
    // A copy that breaks off is no version.
    Path unfinished = Files.createDirectories(folderOf(model, version + ".unfinished"));
    try (Stream<Path> files = Files.list(bundle)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = unfinished.resolve(file.getFileName().toString());
        Files.deleteIfExists(copy);
        Files.copy(file, copy);
      }
    }
    return Files.move(unfinished, to);
  }

  private Path folderOf(String model, String version) {
    return folder.resolve(plain("model", model)).resolve(plain("version", version));
  }

  private static String plain(String what, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}")) {
      throw new BundleException(
          what
              + " is "
              + name
              + ", expected letters, digits, dots, dashes and underscores: it is a folder's name");
    }
    return name;
  }

  /** Notes that a version is in another stage. */
  public void note(String model, Change change) throws IOException {
    JsonWriter json = new JsonWriter().beginObject().name("at").value(change.at());
    json.name("version").value(change.version()).name("stage").value(change.stage());
    json.name("by").value(change.by()).name("reason").value(change.reason());
    json.name("command_id").value(change.commandId()).endObject();
    Files.writeString(
        folder.resolve(plain("model", model)).resolve(STAGES),
        json + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.DSYNC);
  }

  /**
   * Notes that a version is in production now, and that the one before it was is retired.
   *
   * @param change of the version that takes over
   */
  public void takeOver(String model, Change change) throws IOException {
    Optional<Version> before = production(model);
    note(model, change);
    if (before.isPresent() && !before.get().name().equals(change.version())) {
      note(
          model,
          new Change(
              change.at(),
              before.get().name(),
              Stage.RETIRED,
              change.by(),
              change.reason(),
              change.commandId()));
    }
  }

  /** All that was noted of a model, the oldest first. */
  public List<Change> history(String model) throws IOException {
    Path stages = folder.resolve(plain("model", model)).resolve(STAGES);
    if (!Files.exists(stages)) {
      throw new BundleException(
          "there is no model "
              + model
              + " in "
              + folder
              + ", expected one of "
              + models()
              + "; add a bundle with  ./sluice models add");
    }
    List<Change> history = new ArrayList<>();
    for (String line : Files.readAllLines(stages)) {
      history.add(change(stages, line));
    }
    return history;
  }

  private static Change change(Path stages, String line) {
    try {
      ObjectNode json = StrictJson.trusted(line.getBytes(StandardCharsets.UTF_8));
      return new Change(
          json.path("at").textValue(),
          json.path("version").textValue(),
          Stage.valueOf(json.path("stage").textValue()),
          json.path("by").textValue(),
          json.path("reason").textValue(),
          json.path("command_id").textValue());
    } catch (UnreadableException | RuntimeException e) {
      throw new BundleException(stages + " does not read: " + line, e);
    }
  }

  /** The versions of a model in the order in which they came. */
  public List<Version> versions(String model) throws IOException {
    List<Change> history = history(model);
    List<Version> versions = new ArrayList<>();
    for (String version : history.stream().map(Change::version).distinct().toList()) {
      Change newest =
          history.stream()
              .filter(change -> change.version().equals(version))
              .reduce((before, after) -> after)
              .get();
      Path bundle = folderOf(model, version);
      Path json = bundle.resolve(ModelBundle.FILE);
      versions.add(
          new Version(bundle, ModelBundle.read(json.toString(), Files.readAllBytes(json)), newest));
    }
    return versions;
  }

  /**
   * One version of a model.
   *
   * @throws BundleException where there is none of that name
   */
  public Version version(String model, String name) throws IOException {
    List<Version> versions = versions(model);
    return versions.stream()
        .filter(version -> version.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BundleException(
                    "there is no version "
                        + name
                        + " of "
                        + model
                        + ", expected one of "
                        + versions.stream().map(Version::name).toList()));
  }

  /** The version that is in production. */
  public Optional<Version> production(String model) throws IOException {
    if (!models().contains(model)) {
      return Optional.empty();
    }
    return versions(model).stream().filter(each -> each.stage() == Stage.PRODUCTION).findFirst();
  }

  /** The version that was in production before the one that is. */
  public Optional<Version> before(String model) throws IOException {
    String now = production(model).map(Version::name).orElse(null);
    String last = null;
    for (Change change : history(model)) {
      if (change.stage() == Stage.PRODUCTION && !change.version().equals(now)) {
        last = change.version();
      }
    }
    return last == null ? Optional.empty() : Optional.of(version(model, last));
  }
}
