package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sluice.domain.config.SigningKey;
import io.sluice.domain.control.Signatures;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a command is said before anything is written, or Kafka asked. */
class ControlCommandTest {
  @TempDir Path folder;

  private void refused(String why, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("control"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--dir", folder));
    Cli.Run run = Cli.run(all.toArray());
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(why);
    assertThat(run.out()).isEmpty();
  }

  private void refusedHalt(String why, Object... more) {
    List<Object> all = new ArrayList<>(List.of("halt", "--scope", "firm", "--reason", "r"));
    all.addAll(List.of(more));
    refused(why, all.toArray());
  }

  private void refusedLimits(String why, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("set-limits", "--scope", "account:a", "--reason", "r"));
    all.addAll(List.of(more));
    refused(why, all.toArray());
  }

  @Test
  void whatIsToBeDone() {
    refused("COMMAND", "--scope", "firm", "--reason", "r");
    refused(
        "stop is no command, expected one of [halt, resume, set-limits, reset-breaker, restrict,",
        "stop",
        "--scope",
        "firm",
        "--reason",
        "r");
    refused("--scope", "halt", "--reason", "r");
    refused("--reason", "halt", "--scope", "firm");
    refused("--scope is all, expected firm, desk:NAME", "halt", "--scope", "all", "--reason", "r");
    refused("--reason is  , expected 1 to 1000", "halt", "--scope", "firm", "--reason", " ");
  }

  @Test
  void limits() {
    refusedLimits("needs at least one --limit");
    refusedLimits("--limit is max_qty, expected KEY=VALUE", "--limit", "max_qty");
    refusedLimits(
        "max_quantity is not a key here, expected one of [max_qty, max_notional",
        "--limit",
        "max_quantity=1");
    refusedLimits("max_qty is \"many\", expected a quantity", "--limit", "max_qty=many");
    refusedLimits("--limit sets max_qty twice", "--limit", "max_qty=1", "--limit", "max_qty=2");
    refused(
        "it can stand at [FIRM, DESK, ACCOUNT]",
        "set-limits",
        "--scope",
        "venue:X",
        "--reason",
        "r",
        "--limit",
        "max_drawdown=0.1");
    refusedHalt("--limit goes with set-limits only", "--limit", "max_qty=1");
  }

  @Test
  void whatOtherCommandsNeed() {
    refused("reset-breaker needs --breaker", "reset-breaker", "--scope", "firm", "--reason", "r");
    refused("restrict needs at least one", "restrict", "--scope", "firm", "--reason", "r");
    refused("set-parameters needs", "set-parameters", "--scope", "firm", "--reason", "r");
    refused(
        "valid_for_ms is 0, expected a whole number",
        "set-parameters",
        "--parameter",
        "valid_for_ms=0",
        "--scope",
        "firm",
        "--reason",
        "r");
    refused(
        "override needs --expires-at or --for",
        "override",
        "--intent",
        "i",
        "--rule",
        "R04",
        "--scope",
        "account:a",
        "--reason",
        "r");
    refused(
        "publish-model needs --model NAME", "publish-model", "--scope", "firm", "--reason", "r");
    refused(
        "the file model.json is missing in the bundle",
        "publish-model",
        "--model",
        "m",
        "--bundle",
        folder.resolve("nowhere"),
        "--scope",
        "firm",
        "--reason",
        "r");
    refusedHalt("--model goes with publish-model only", "--model", "m");
    refused("rollout needs --percent N", "rollout", "--scope", "firm", "--reason", "r");
    refused(
        "percent is \"5\", expected more than in the phase before",
        "rollout",
        "--phase",
        "10:1h",
        "--phase",
        "5",
        "--scope",
        "firm",
        "--reason",
        "r");
    refused("set-user-rule needs --name", "set-user-rule", "--scope", "firm", "--reason", "r");
    refused(
        "undeclared reference to",
        "set-user-rule",
        "--name",
        "n",
        "--when",
        "intent.size > 1.0",
        "--then",
        "deny",
        "--scope",
        "firm",
        "--reason",
        "r");
    refused(
        "remove-user-rule needs --name", "remove-user-rule", "--scope", "firm", "--reason", "r");
    refused(
        "heartbeat takes effect at once",
        "heartbeat",
        "--scope",
        "account:a",
        "--reason",
        "r",
        "--for",
        "1h");
    refusedHalt("--when goes with set-user-rule only", "--when", "true");
    refusedHalt("--rule goes with override only", "--rule", "R04");
    refusedHalt("--asset goes with restrict and unrestrict only", "--asset", "BTC");
    refusedHalt("--breaker goes with reset-breaker only", "--breaker", "max_drawdown");
    refused(
        "unrestrict takes effect at once",
        "unrestrict",
        "--asset",
        "BTC",
        "--scope",
        "firm",
        "--reason",
        "r",
        "--for",
        "1h");
  }

  @Test
  void keys() throws Exception {
    refusedHalt("--key is ann, expected ID=FILE", "--key", "ann");
    refusedHalt("cannot be read (NoSuchFileException)", "--key", "ann=" + folder.resolve("none"));
    refusedHalt("the variable NO_SUCH_KEY is not set", "--key", "ann=env:NO_SUCH_KEY");
    Path wrong = Files.writeString(folder.resolve("wrong.pem"), "c2VjcmV0IQ==");
    refusedHalt(wrong + " holds no Ed25519 private key", "--key", "ann=" + wrong);
    assertThat(Cli.run("control", "halt", "--key", "ann=" + wrong).err()).doesNotContain("secret");
  }

  private String publicKey(String person, Path file) {
    String out = Cli.done("control", "keygen", "--person", person, "--out", file).out();
    return out.substring(out.indexOf("{id")).strip();
  }

  /** As two officers do it who sit apart: one writes and signs, the other reads and signs. */
  @Test
  void twoPersonsSignOneCommand() throws Exception {
    Path annsKey = folder.resolve("ann.pem");
    Path bobsKey = folder.resolve("bob.pem");
    String keys = "[" + publicKey("ann", annsKey) + ", " + publicKey("bob", bobsKey) + "]";
    Path file = folder.resolve("resume.json");
    Cli.done(
        "control",
        "resume",
        "--scope",
        "firm",
        "--reason",
        "all clear",
        "--key",
        "ann=" + annsKey,
        "--write",
        file);
    String shown = Cli.done("control", "sign", file, "--key", "bob=" + bobsKey).out();
    assertThat(shown).contains("RESUME firm {}", "all clear", "with 2 signatures");

    Command command = (Command) WireReader.read(Files.readAllBytes(file));
    Map<String, SigningKey> configured = new HashMap<>();
    new YAMLMapper()
        .readTree(keys)
        .forEach(
            key ->
                configured.put(
                    key.get("id").textValue(),
                    new SigningKey(
                        key.get("id").textValue(),
                        key.get("person").textValue(),
                        key.get("public_key").textValue())));
    assertThat(Signatures.of(command, configured).persons()).containsExactly("ann", "bob");
    if (Files.getFileStore(annsKey).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(annsKey)))
          .isEqualTo("rw-------");
    }
    assertThat(Cli.run("control", "keygen", "--person", "ann", "--out", annsKey).err())
        .contains("is there already");
  }

  @Test
  void onlyACommandIsSignedOrSent() throws Exception {
    Path file = Files.writeString(folder.resolve("c.json"), "{\"type\":\"clock\"}");
    Cli.Run run = Cli.run("control", "send", file, "--dir", folder);
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(run.err()).contains("holds no command: type is");
    assertThat(Cli.run("control", "sign", folder.resolve("none")).err())
        .contains("cannot be read (NoSuchFileException)");
    Files.writeString(file, "{\"type\":\"control\",\"command_id\":\"c\"}");
    assertThat(Cli.run("control", "sign", file).err()).contains("command is missing");
  }

  @Test
  void times() {
    refusedHalt("--effective-at is noon, expected a time such as", "--effective-at", "noon");
    refusedHalt("expected a time such as", "--expires-at", "+999999999-01-01T00:00:00Z");
    refusedHalt("effective_at_us is -", "--effective-at", "1960-01-01T00:00:00Z");
    refusedHalt("--expires-at is 2020-01-01T00:00:00Z", "--expires-at", "2020-01-01T00:00:00Z");
    refusedHalt(
        "expected a time after 2999-01-01T00:00:00Z",
        "--effective-at",
        "2999-01-01T00:00:00Z",
        "--expires-at",
        "2998-01-01T00:00:00+01:00");
    refusedHalt("--for is soon, expected a duration", "--for", "soon");
    refusedHalt("--for is 0s, expected a duration", "--for", "0s");
    refusedHalt("expected one of them", "--for", "1h", "--expires-at", "2999-01-01T00:00:00Z");
    refused(
        "resume takes effect at once", "resume", "--scope", "firm", "--reason", "r", "--for", "1h");
    refusedHalt("--wait is never, expected a duration", "--wait", "never");
  }

  @Test
  void whichKafka() throws Exception {
    refusedHalt("no Kafka is named, and the local stack in " + folder);
    refusedHalt("bootstrap is \"here\", expected host:port", "--bootstrap", "here");
    Path config = Files.writeString(folder.resolve("live.yaml"), "clock: wall\n");
    refusedHalt("kafka is missing", "--config", config);
    refusedHalt(
        "--config says how Kafka is reached", "--config", config, "--bootstrap", "localhost:1");
  }

  @Test
  void verifyIsToldWhatToCheck() {
    assertThat(Cli.run("verify").err()).contains("expected one of --journal FILE and --kafka");
    assertThat(Cli.run("verify", "--kafka", "--journal", "j").err()).contains("expected one of");
    assertThat(Cli.run("verify", "--journal", "j", "--bootstrap", "h:1").err())
        .contains("expected --kafka");
    assertThat(Cli.run("verify", "--kafka", "--dir", folder).err()).contains("no Kafka is named");
  }
}
