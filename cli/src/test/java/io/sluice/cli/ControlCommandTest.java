package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        "stop is no command, expected halt, resume or set-limits",
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
