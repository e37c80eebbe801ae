package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.VenueStatus.Status;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.config.EffectiveConfiguration.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where each value that is in force comes from. */
class EffectiveConfigurationTest {
  private static final String YAML =
      """
      kafka:
        bootstrap: "a:1"
        properties: {sasl.jaas.config: "${env:JAAS}"}
      clickhouse: {url: "http://b:8123"}
      instruments:
        - {id: "X:A", base: A, quote: USD, tick: "0.010", lot: 1, min_qty: 1, max_qty: 2, min_notional: 0}
      accounts:
        - {id: one, profile: scalper, currency: USD}
        - id: two
          profile: p
          currency: USD
          cash: "5"
      profiles:
        p:
          max_qty: "5"
      limits:
        - scope: "venue:X"
          max_spread: "0.1"
        - scope: firm
          max_qty: "3"
          max_daily_loss: "500"
          max_drawdown:
            bound: "0.15"
            then: halt
      execution: {mode: external}
      correlations: [{a: B, b: A, value: "0.5"}]
      permissions: [{account: one, order_types: [limit, market]}]
      """;

  @TempDir Path folder;

  private EffectiveConfiguration effective(Map<String, String> environment) throws IOException {
    return EffectiveConfiguration.of(
        Files.writeString(folder.resolve("c.yaml"), YAML), environment);
  }

  private static String at(EffectiveConfiguration effective, String path) {
    List<String> found =
        effective.values().stream()
            .filter(value -> value.path().equals(path))
            .map(value -> value.value() + " | " + value.source())
            .toList();
    assertThat(found).as(path).hasSize(1);
    return found.get(0);
  }

  @Test
  void everyValueHasItsSource() throws IOException {
    EffectiveConfiguration effective =
        effective(Map.of("SLUICE_EXECUTION_LATENCY_MS", "40", "SLUICE_KAFKA_GROUP", "g"));
    Map<String, String> expected = new TreeMap<>();
    expected.put("kafka.bootstrap", "a:1 | c.yaml:2");
    expected.put("kafka.topic_prefix", " | default");
    expected.put("kafka.group", "g | variable SLUICE_KAFKA_GROUP");
    expected.put("kafka.properties.sasl.jaas.config", "${env:JAAS} | c.yaml:3");
    expected.put("clickhouse.database", "sluice | default");
    expected.put("instruments[X:A].tick", "0.01 | c.yaml:6");
    expected.put("instruments[X:A].multiplier", "1 | default");
    expected.put("accounts[two].cash", "5 | c.yaml:12");
    expected.put("accounts[one].group", "firm | default");
    expected.put("accounts[one].requires_model", "false | default");
    expected.put("profiles.p.max_qty", "5 | c.yaml:15");
    expected.put("limits[firm].max_qty", "3 | c.yaml:20");
    expected.put("limits[venue:X].max_spread", "0.1 | c.yaml:18");
    expected.put("limits[firm].max_daily_loss", "500 | c.yaml:21");
    expected.put("limits[firm].max_daily_loss.then", "deny | default");
    expected.put("limits[firm].max_daily_loss.release", "next_utc_day | default");
    expected.put("limits[firm].max_drawdown.bound", "0.15 | c.yaml:23");
    expected.put("limits[firm].max_drawdown.then", "halt | c.yaml:24");
    expected.put("limits[firm].max_drawdown.release", "person | default");
    expected.put("execution.mode", "EXTERNAL | c.yaml:25");
    expected.put("execution.latency_ms", "40 | variable SLUICE_EXECUTION_LATENCY_MS");
    expected.put("correlations[A/B].value", "0.5 | c.yaml:26");
    expected.put("permissions[one].order_types", "market, limit | c.yaml:27");
    expected.put("order_flow.drift_window", "1m | default");
    expected.put("self_match", "allow | default");
    expected.put("crash_rules[10000].drop", "0.02 | default");
    expected.put("sessions", "none | default");
    expected.forEach((path, shown) -> assertThat(at(effective, path)).as(path).isEqualTo(shown));
    assertThat(effective.values())
        .filteredOn(value -> value.path().startsWith("profiles.scalper.max_drawdown"))
        .isNotEmpty()
        .filteredOn(value -> !value.isDefault())
        .allMatch(value -> value.source().equals("packaged profile scalper"));
  }

  @Test
  void theDefaultsThatAreShownAreThoseThatHold() throws Exception {
    for (String text : List.of("{}", "{accounts: [{id: a, profile: guarded, currency: USD}]}")) {
      Configuration read =
          ConfigurationFile.read(Files.writeString(folder.resolve("c.yaml"), text));
      JsonWriter written = new JsonWriter();
      JsonWriter again = new JsonWriter();
      read.write(written);
      ObjectNode whole = (ObjectNode) StrictJson.trusted(written.toBytes());
      UnwrittenDefaults.addTo(whole);
      Configuration shown = Configuration.parse("shown", whole);
      for (Status status : List.of(Status.DEGRADED, Status.RATE_LIMITED)) {
        assertThat(shown.rules().partOnVenue(status)).isEqualTo(read.rules().partOnVenue(status));
      }
      // What is said of venues is written even where it is the default.
      Configuration.parse("shown", whole.deepCopy().without("venue_health")).write(again);
      assertThat(again.toString()).isEqualTo(written.toString());
      assertThat(whole.properties())
          .as("every key but not_fed, whose default is said by rule, and change, which has none")
          .extracting(Map.Entry::getKey)
          .containsAll(
              Configuration.keys().stream()
                  .filter(key -> !Set.of("not_fed", "change").contains(key))
                  .toList());
    }
  }

  private static Command command(String id, String command, String body, String more)
      throws Exception {
    String line =
        """
        {"type":"control","command_id":"%s","command":"%s","scope":"firm","body":%s,"issued_by":"ann","reason":"r","event_time_us":1000000%s}
        """
            .formatted(id, command, body, more);
    return (Command) WireReader.read(line.strip().getBytes(StandardCharsets.UTF_8));
  }

  private static EffectiveConfiguration under(
      EffectiveConfiguration effective, Configuration configuration, Command... accepted) {
    return effective.under(StandingCommands.of(configuration, List.of(accepted), 2_000_000));
  }

  @Test
  void standingCommandsAreShownWhereTheyAreInForce() throws Exception {
    Configuration configuration =
        ConfigurationFile.read(
            Files.writeString(
                folder.resolve("d.yaml"), YAML.replace("execution:", "clock: wall\nexecution:")));
    EffectiveConfiguration effective =
        under(
            effective(Map.of()),
            configuration,
            command("c1", "SET_LIMITS", "{\"max_qty\":\"2\",\"max_gross\":\"9\"}", ""),
            command("c2", "SET_LIMITS", "{\"max_qty\":\"4\"}", ""),
            command("c3", "SET_LIMITS", "{\"max_qty\":\"1\"}", ",\"expires_at_us\":1500000"),
            command("c4", "SET_PARAMETERS", "{\"valid_for_ms\":700}", ",\"expires_at_us\":9000000"),
            command("c5", "ROLLOUT", "{\"percent\":\"5\"}", ""));
    assertThat(at(effective, "limits[firm].max_qty"))
        .as("with authority tighten the tightest counts")
        .startsWith("2 | command c");
    assertThat(at(effective, "limits[firm].max_gross"))
        .isEqualTo("9 | command c1 by ann at 1970-01-01T00:00:01Z");
    assertThat(at(effective, "valid_for_ms"))
        .isEqualTo("700 | command c4 by ann at 1970-01-01T00:00:01Z, until 1970-01-01T00:00:09Z");
    assertThat(at(effective, "control.rollout.plan[0].percent")).startsWith("5 | command c5");
    assertThat(at(effective, "limits[firm].max_daily_loss")).isEqualTo("500 | c.yaml:21");
    List<String> paths = new ArrayList<>(effective.values().stream().map(Value::path).toList());
    assertThat(paths).doesNotHaveDuplicates().doesNotContain("control.rollout.percent");
  }

  @Test
  void ofPublishedModelsTheOneIsShownThatScores() throws Exception {
    Configuration open = ConfigurationFile.read(Files.writeString(folder.resolve("d.yaml"), YAML));
    EffectiveConfiguration effective =
        under(
            effective(Map.of()),
            open,
            publish("c1", "3", ",\"effective_at_us\":1600000"),
            publish("c2", "2", ""),
            publish("c3", "4", ",\"effective_at_us\":9000000"));
    assertThat(at(effective, "models[m].bundle")).startsWith("/models/3 | command c1 by ann");
  }

  private static Command publish(String id, String version, String more) throws Exception {
    String body =
        "{\"model\":\"m\",\"version\":\"%s\",\"bundle\":\"/models/%s\",\"sha256\":\"%s\"}"
            .formatted(version, version, "0".repeat(64));
    return command(id, "PUBLISH_MODEL", body, more);
  }

  @Test
  void aCommandMayTakeThePlaceOfOneBeforeWhereItMayLoosen() throws Exception {
    Configuration open = ConfigurationFile.read(Files.writeString(folder.resolve("d.yaml"), YAML));
    EffectiveConfiguration effective =
        under(
            effective(Map.of()),
            open,
            command("c1", "SET_LIMITS", "{\"max_qty\":\"1\"}", ""),
            command("c2", "SET_LIMITS", "{\"max_qty\":\"2\"}", ""));
    assertThat(at(effective, "limits[firm].max_qty")).startsWith("2 | command c2");
    assertThat(
            at(
                under(
                    effective(Map.of()),
                    open,
                    command("c1", "SET_LIMITS", "{\"max_qty\":\"9\"}", "")),
                "limits[firm].max_qty"))
        .as("the tighter of both layers")
        .isEqualTo("3 | c.yaml:20");
  }

  private static final String RULE =
      "{\"name\":\"%s\",\"when\":\"intent.qty > %s\",\"then\":\"deny\"}";

  private Configuration withRule(String more) throws Exception {
    String yaml = YAML.replace("execution:", more + "execution:");
    yaml += "\nuser_rules: [{name: big, when: 'intent.qty > 1.0', then: deny}]\n";
    return ConfigurationFile.read(Files.writeString(folder.resolve("d.yaml"), yaml));
  }

  @Test
  void haltsRestrictionsAndUserRulesOfCommandsAreShownWhileTheyLast() throws Exception {
    EffectiveConfiguration effective =
        under(
            effective(Map.of()),
            withRule(""),
            command("h1", "HALT", "{}", ""),
            command("h2", "HALT", "{\"state\":\"reducing\"}", ",\"expires_at_us\":9000000"),
            command("h3", "HALT", "{}", ",\"expires_at_us\":1500000"),
            command("r1", "RESTRICT", "{\"instruments\":[\"X:A\"],\"assets\":[\"B\"]}", ""),
            command("r2", "UNRESTRICT", "{\"assets\":[\"B\"]}", ""),
            command("u1", "SET_USER_RULE", RULE.formatted("new", "2.0"), ""),
            command("u2", "SET_USER_RULE", RULE.formatted("big", "3.0"), ""),
            command("u3", "SET_USER_RULE", RULE.formatted("gone", "4.0"), ""),
            command("u4", "REMOVE_USER_RULE", "{\"name\":\"gone\"}", ""));
    assertThat(at(effective, "halts[firm]")).startsWith("halt | command h1 by ann");
    assertThat(at(effective, "halts[firm#2]"))
        .startsWith("reducing | command h2")
        .endsWith(", until 1970-01-01T00:00:09Z");
    assertThat(at(effective, "restrictions[firm, instrument X:A]"))
        .startsWith("reduce only | command r1");
    assertThat(at(effective, "user_rules[new].when")).startsWith("intent.qty > 2.0 | command u1");
    assertThat(at(effective, "user_rules[big].when"))
        .as("with authority open it takes the place of the configuration's")
        .startsWith("intent.qty > 3.0 | command u2");
    List<String> paths = effective.values().stream().map(Value::path).toList();
    assertThat(paths)
        .doesNotHaveDuplicates()
        .noneMatch(path -> path.contains("gone") || path.contains("asset B"))
        .doesNotContain("halts[firm#3]");
  }

  @Test
  void aResumeEndsHaltsAndWhatOnlyTightensStandsBesideWhatIsConfigured() throws Exception {
    EffectiveConfiguration effective =
        under(
            effective(Map.of()),
            withRule("clock: wall\n"),
            command("h1", "HALT", "{}", ""),
            command("h2", "RESUME", "{}", ""),
            command("u1", "SET_USER_RULE", RULE.formatted("big", "3.0"), ""));
    assertThat(at(effective, "user_rules[big#2].when")).startsWith("intent.qty > 3.0 | command u1");
    assertThat(effective.values()).noneMatch(value -> value.path().startsWith("halts"));
  }

  @Test
  void aConfiguredRuleThatACommandTookAwayIsNone() throws Exception {
    EffectiveConfiguration effective =
        under(
            effective(Map.of()),
            withRule(""),
            command("u1", "REMOVE_USER_RULE", "{\"name\":\"big\"}", ""));
    assertThat(at(effective, "user_rules[big]")).startsWith("none | command u1");
  }
}
