package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a configuration, and with which exit code. */
class ConfigCommandTest {
  private static final String LIVE = "../jobs/src/main/resources/io/sluice/jobs/live.yaml";

  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), yaml);
  }

  @Test
  void aRightOneIsCode0() {
    Cli.Run run = Cli.done("config", "check", "--config", LIVE, "--strict", "--secrets");
    assertThat(run.out()).contains("live.yaml is right").doesNotContain("warning");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void faultsAreCode1AndEachIsNamed() throws IOException {
    Path wrong = file("clock: sundial\nvalid_for_ms: 0\nclok: wall\n");
    Cli.Run run = Cli.run("config", "check", "--config", wrong);
    assertThat(run.code()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .contains("c.yaml:1: clock\n  value     \"sundial\"\n  expected  one of [event, wall]\n")
        .contains("c.yaml:2: valid_for_ms\n  value     0\n")
        .contains("c.yaml:3: clok\n  value     none\n", "  to do     take it out, or correct its")
        .contains("3 faults, 0 warnings in ");
    JsonNode json =
        new ObjectMapper().readTree(Cli.run("config", "check", "--config", wrong, "--json").out());
    assertThat(json.path("right").booleanValue()).isFalse();
    assertThat(json.path("faults")).hasSize(3);
    assertThat(json.path("faults").findValuesAsText("at"))
        .containsExactlyInAnyOrder("c.yaml:1", "c.yaml:2", "c.yaml:3");
  }

  @Test
  void warningsAreCode1OnlyWhereTheyCount() throws IOException {
    Path warned =
        file(
            """
            instruments: [{id: "X:A", base: A, quote: USD, tick: 1, lot: 1, min_qty: 1, max_qty: 2, min_notional: 0}]
            accounts: [{id: a, profile: p, currency: USD}]
            profiles: {p: {}}
            """);
    Cli.Run run = Cli.done("config", "check", "--config", warned);
    assertThat(run.out())
        .contains("warning: max_qty is set at no scope that applies to a: R02 refuses")
        .contains("is right, with warnings");
    assertThat(Cli.run("config", "check", "--config", warned, "--strict").code()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsCode3() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    for (String command : new String[] {"check", "show"}) {
      Cli.Run run = Cli.run("config", command, "--config", missing);
      assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
      assertThat(run.err()).contains("missing.yaml cannot be read");
    }
    Cli.Run wrong = Cli.run("config", "show", "--config", file("clock: sundial\n"));
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("clock is \"sundial\", expected one of");
  }

  @Test
  void whatIsInForceIsShownWithItsSource() throws IOException {
    Path some = file("max_clock_skew_ms: 7\n");
    assertThat(Cli.done("config", "show", "--config", some).out())
        .containsPattern("max_clock_skew_ms +7 +c.yaml:1")
        .doesNotContain("valid_for_ms");
    assertThat(Cli.done("config", "show", "--config", some, "--effective").out())
        .containsPattern("valid_for_ms +5000 +default");
    JsonNode json =
        new ObjectMapper()
            .readTree(Cli.done("config", "show", "--config", LIVE, "--effective", "--json").out());
    assertThat(json.findValuesAsText("key")).contains("kafka.bootstrap", "limits[firm].max_qty");
    assertThat(json.get(0).fieldNames()).toIterable().containsExactly("key", "value", "from");
  }
}
