package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.Cli;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.FreePort;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployment is looked at: a real gate on a real broker answers probes, none of which trades. */
class ValidateCommandTest {
  private static final String PREFIX = "validated.";

  @TempDir static Path folder;
  private static KafkaSettings kafka;
  private static KafkaBroker broker;
  private static Desk desk;
  private static EmbeddedGate gate;
  private static Path config;

  @BeforeAll
  static void startGate() throws Exception {
    broker = SharedBroker.get();
    kafka = broker.settings().withPrefix(PREFIX);
    desk = Desk.open(kafka);
    config = configuration("live.yaml", "0", "5");
    gate =
        EmbeddedGate.unbounded(
            new EmbeddedGate.Options(
                ConfigurationFile.readJob(config),
                Path.of("../flink-conf/local"),
                folder.resolve("gate"),
                1,
                FreePort.orAny(0, 0)));
    desk.trade("100");
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    desk.close();
  }

  /** The probe account as the documentation has it, and one that is as it must not be. */
  private static Path configuration(String name, String probed, String loose) throws IOException {
    String documented = Files.readString(Path.of("../docs/validation.md"));
    String yaml =
        documented.substring(
            documented.indexOf("```yaml\n") + 8, documented.indexOf("```\n\n| family"));
    String more =
        """
          loose:
            max_qty: "%s"
            max_notional: "1000"
            collar: "0.05"
            max_position_notional: "1000"
            max_gross: "1000"
            max_daily_loss: unlimited
            max_drawdown: unlimited
            max_consecutive_losses: unlimited
            max_data_age_ms: 60000
        clock: wall
        control: {authority: tighten}
        kafka: {bootstrap: "%s", topic_prefix: %s}
        """
            .formatted(loose, kafka.bootstrap(), PREFIX);
    return Files.writeString(
        folder.resolve(name),
        yaml.replace("max_qty: \"0\"", "max_qty: \"" + probed + "\"")
                .replace(
                    "profiles:",
                    "  - {id: loose, group: loose, profile: loose, currency: USD, cash: \"0\"}\n"
                        + "profiles:")
            + more);
  }

  private static Cli.Run validate(Path file, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("validate", "--config", file, "--wait", "30s", "--json"));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  private static Map<String, JsonNode> findings(Cli.Run run) {
    Map<String, JsonNode> byCheck = new TreeMap<>();
    Desk.json(run.out().getBytes(StandardCharsets.UTF_8))
        .path("findings")
        .forEach(
            finding ->
                byCheck.put(
                    finding.path("area").asText() + " " + finding.path("check").asText(), finding));
    return byCheck;
  }

  private static long intentsOf(String account) {
    List<String> lines = new ArrayList<>();
    TopicReader.readAll(
        kafka,
        Topic.STRATEGY_INTENTS,
        record -> lines.add(new String(record.value(), StandardCharsets.UTF_8)));
    return lines.stream().filter(line -> line.contains("\"account\":\"" + account + "\"")).count();
  }

  @Test
  void aGateThatIsWellAnswersEveryProbeAsKnown() {
    Cli.Run run =
        validate(
            config, "--flink", gate.ui(), "--latency-probes", "20", "--max-latency-ms", "10000");
    Map<String, JsonNode> findings = findings(run);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(findings)
        .containsKeys(
            "probes validity",
            "probes order size",
            "probes order value",
            "probes price",
            "probes exposure",
            "probes buying power",
            "probes reduce only",
            "probes signal",
            "probes market",
            "probes liquidity",
            "probes concentration",
            "probes risk at the stop",
            "probes size",
            "probes order flow",
            "probes user rules",
            "probes data",
            "probes unknown account",
            "probes one decision each",
            "latency round trip",
            "health heartbeats",
            "health sluice risk gate",
            "health newest checkpoint",
            "resources spare slots",
            "freshness validated.risk.journal",
            "freshness validated.market.trades");
    findings.forEach(
        (check, finding) -> {
          if (check.startsWith("probes")) {
            assertThat(finding.path("grade").asText()).as(finding.toString()).isEqualTo("OK");
          }
        });
    assertThat(findings.keySet())
        .anyMatch(check -> check.matches("resources TaskManager .* heap"))
        .anyMatch(check -> check.matches("resources TaskManager .* CPU"));
    TopicReader.readAll(
        kafka,
        Topic.RISK_DECISIONS,
        record ->
            assertThat(Desk.json(record.value()).path("approved_qty").asText())
                .as("no probe is ever approved")
                .isEqualTo("0"));
  }

  @Test
  void whereTheLimitOfZeroIsNotInForceOnlyThePilotIsSent() throws IOException {
    Path other = configuration("other.yaml", "0", "0");
    Cli.Run run = validate(other, "--account", "loose");
    assertThat(run.code()).isEqualTo(1);
    Map<String, JsonNode> findings = findings(run);
    assertThat(findings.get("probes limit of 0 in force").path("grade").asText()).isEqualTo("FAIL");
    assertThat(findings.get("probes validity").path("observed").asText())
        .contains("R03 is PASS, not");
    assertThat(findings).doesNotContainKeys("probes order size", "latency round trip");
    assertThat(intentsOf("loose")).isEqualTo(1);
  }

  @Test
  void probesThatCouldTradeAreNotBegunWith() throws IOException {
    refused("max_qty is 1, expected \"0\"", configuration("a.yaml", "1", "5"));
    refused("no account nobody", config, "--account", "nobody");
    refused("no instrument X:Y", config, "--instrument", "X:Y");
    String yaml = Files.readString(config);
    refused(
        "expected a group of its own",
        Files.writeString(folder.resolve("b.yaml"), yaml.replace("group: loose", "group: probe")));
    refused(
        "expected a venue and an asset of its own",
        Files.writeString(
            folder.resolve("c.yaml"),
            yaml.replace(
                "accounts:",
                "  - {id: \"PROBE:X\", base: X, quote: USD, tick: \"1\", lot: \"1\", min_qty: \"1\","
                    + " max_qty: \"2\", min_notional: \"0\"}\naccounts:")));
    refused("--wait is soon", config, "--wait", "soon");
  }

  private static void refused(String why, Path file, Object... more) {
    List<Object> all = new ArrayList<>(List.of("validate", "--config", file));
    all.addAll(List.of(more));
    Cli.Run run = Cli.run(all.toArray());
    assertThat(run.code()).as(run.toString()).isEqualTo(2);
    assertThat(run.err()).contains(why);
  }

  @Test
  void whatIsNotWellIsSaidWithWhatToDo() {
    Cli.Run run =
        Cli.run(
            "validate",
            "--config",
            config,
            "--without-probes",
            "--flink",
            "http://localhost:" + FreePort.orAny(0, 0),
            "--wait",
            "1s");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("fail +health +Flink +Flink does not answer at")
        .containsPattern("skipped +probes +all")
        .contains("NOT WELL: ");
  }
}
