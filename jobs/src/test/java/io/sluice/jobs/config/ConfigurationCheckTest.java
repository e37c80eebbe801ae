package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of a file: all faults, where they stand, and what is worth a look. */
class ConfigurationCheckTest {
  private static final String LIMITS =
      "max_qty: 1, max_notional: 1, collar: 1, max_position_notional: 1, max_gross: 1,"
          + " max_daily_loss: 1, max_drawdown: 1, max_data_age_ms: 1";

  @TempDir Path folder;

  private ConfigurationCheck check(String yaml, Map<String, String> environment)
      throws IOException {
    return ConfigurationCheck.of(
        Files.writeString(folder.resolve("c.yaml"), yaml), environment, false);
  }

  private List<String> faults(String yaml, Map<String, String> environment) throws IOException {
    return check(yaml, environment).faults().stream()
        .map(found -> found.at() + " " + found.fault().field())
        .toList();
  }

  @Test
  void everyFaultStandsWithItsLine() throws IOException {
    assertThat(
            faults(
                """
                kafka:
                  bootstrap: nowhere
                  topic_prefix: "a b"
                  properties:
                    acks: "1"
                    ssl.key.password: hunter2
                clickhouse: {url: "http://a:1", batch_rows: 0, properties: {user: x}}
                clock: sundial
                limits:
                  - scope: firm
                    max_qty: lots
                    # a comment
                    collar: "7"
                """,
                Map.of()))
        .containsExactlyInAnyOrder(
            "c.yaml:2 kafka.bootstrap",
            "c.yaml:3 kafka.topic_prefix",
            "c.yaml:5 kafka.properties.acks",
            "c.yaml:5 kafka.properties",
            "c.yaml:7 clickhouse.batch_rows",
            "c.yaml:7 clickhouse.properties.user",
            "c.yaml:8 clock",
            "c.yaml:11 limits[0].max_qty",
            "c.yaml:13 limits[0].collar");
  }

  /** What stands in a second document would else not count, and nobody would know. */
  @Test
  void aFileHasOneDocument() throws IOException {
    assertThat(check("---\nclock: event\n...\n", Map.of()).faults()).isEmpty();
    assertThat(check("clock: event\n---\nlimits: []\n", Map.of()).faults())
        .singleElement()
        .asString()
        .contains("a second document begins at line");
  }

  @Test
  void noSecretIsShown() throws IOException {
    ConfigurationCheck check =
        check(
            "{kafka: {bootstrap: 'a:1', sasl_password: hunter2, properties: {sasl.jaas.config:"
                + " hunter2}}, clickhouse: {url: 'http://a:1', password: hunter2}}",
            Map.of("SLUICE_KAFKA_PASSWORD", "hunter2"));
    assertThat(check.faults()).hasSize(4);
    assertThat(check.toString()).doesNotContain("hunter2");
  }

  @Test
  void theEnvironmentIsCheckedWithIt() throws IOException {
    assertThat(
            faults(
                "{execution: {fee: '0.1'}}",
                Map.of(
                    "SLUICE_EXECUTION_FEE", "0.2",
                    "SLUICE_CLOCK", "sundial",
                    "SLUICE_COLCK", "wall",
                    "SLUICE_ID_WINDOW", "1h",
                    "ADAPTIVE_RISK_ID_WINDOW", "2h")))
        .containsExactlyInAnyOrder(
            "the environment SLUICE_COLCK",
            "SLUICE_ID_WINDOW id_window",
            "c.yaml:1 execution.fee",
            "SLUICE_CLOCK clock");
  }

  @Test
  void whatIsNoYamlIsOneFaultWithItsLine() throws IOException {
    ConfigurationCheck check = check("clock: wall\nclock: event\n", Map.of());
    assertThat(check.faults()).hasSize(1);
    assertThat(check.faults().get(0).fault().message()).contains("not valid YAML at line 2");
    assertThatThrownBy(() -> ConfigurationCheck.of(folder.resolve("missing.yaml"), Map.of(), false))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void secretsAreLookedUpWhereThatIsAskedFor() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "{kafka: {bootstrap: 'a:1', properties: {ssl.key.password: '${env:NO_SUCH_NAME}'}}}");
    assertThat(ConfigurationCheck.of(file, Map.of(), false).faults()).isEmpty();
    assertThat(ConfigurationCheck.of(file, Map.of(), true).faults())
        .extracting(found -> found.fault().message())
        .singleElement()
        .asString()
        .contains("kafka.properties.ssl.key.password", "leads to nothing");
  }

  @Test
  void aLimitThatNobodySetAndOneThatSpansGroupsAreWarnedAbout() throws IOException {
    String configuration =
        """
        instruments:
          - {id: "X:A", base: A, quote: USD, tick: 1, lot: 1, min_qty: 1, max_qty: 2, min_notional: 0}
          - {id: "Y:A", base: A, quote: USD, tick: 1, lot: 1, min_qty: 1, max_qty: 2, min_notional: 0}
        accounts:
          - {id: one, group: g, desk: d, profile: p, currency: USD}
          - {id: two, group: h, profile: q, currency: USD}
        profiles: {p: {}, q: {%s, max_consecutive_losses: 1}}
        limits: [{scope: "desk:d", %s}, {scope: "venue:X", max_qty: 1}, {scope: firm, max_open_orders: 9}]
        """;
    String all = configuration.formatted(LIMITS, LIMITS + ", max_consecutive_losses: 1");
    assertThat(check(all, Map.of()).warnings())
        .hasSize(2)
        .allMatch(warning -> warning.contains("hold for each risk group by itself"))
        .anyMatch(warning -> warning.startsWith("limits at firm") && warning.contains("[g, h]"));
    String without = configuration.formatted(LIMITS, LIMITS.replace("max_qty: 1, ", ""));
    assertThat(check(without, Map.of()).faults()).isEmpty();
    assertThat(check(without, Map.of()).warnings())
        .hasSize(4)
        .anyMatch(
            warning ->
                warning.startsWith(
                    "max_consecutive_losses is set at no scope that applies to one:"))
        .anyMatch(
            warning ->
                warning.startsWith("max_qty is set at no scope that applies to one on Y:A:"));
  }

  @Test
  void thePackagedConfigurationsAreRight() throws IOException {
    for (String name : List.of("demo.yaml", "live.yaml")) {
      Path file = Path.of("src/main/resources/io/sluice/jobs", name);
      ConfigurationCheck check = ConfigurationCheck.of(file, Map.of(), true);
      assertThat(check.faults()).isEmpty();
      assertThat(check.warnings()).isEmpty();
    }
  }
}
