package io.sluice.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.domain.json.JsonWriter;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentOverridesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode added(String tree, Map<String, String> environment) {
    return again(EnvironmentOverrides.of(environment).addedTo("live.yaml", json(tree)));
  }

  /** Numbers are equal only in nodes of the same kind. */
  private static JsonNode again(JsonNode tree) {
    return json(tree.toString());
  }

  @Test
  void keysAreFoundByTheirNamesUnderEitherPrefix() {
    assertThat(
            added(
                "{'execution':{'mode':'paper'}}",
                Map.of(
                    "SLUICE_EXECUTION_LATENCY_MS", "40",
                    "ADAPTIVE_RISK_KAFKA_TOPIC_PREFIX", "eu.",
                    "SLUICE_MARKET_WORST_CASE", "0.1",
                    "PATH", "/bin",
                    "SLUICE_HEAP", "1g",
                    "SLUICE_JAVA_OPTS", "-Dx=1",
                    "SLUICE_CLICKHOUSE_PASSWORD", "p",
                    "SLUICE_DEBUG", "1")))
        .isEqualTo(
            json(
                "{'execution':{'mode':'paper','latency_ms':40},'market_worst_case':'0.1',"
                    + "'kafka':{'topic_prefix':'eu.'}}"));
  }

  @Test
  void everyKeyWithASingleValueCanBeSetAndNoOther() {
    JsonWriter written = new JsonWriter();
    ConfigurationFile.packaged().write(written);
    Set<String> scalars = new TreeSet<>();
    json(written.toString())
        .properties()
        .forEach(
            top -> {
              if (top.getValue().isValueNode()) {
                scalars.add(top.getKey());
              } else if (Set.of("control", "execution").contains(top.getKey())) {
                top.getValue()
                    .fieldNames()
                    .forEachRemaining(k -> scalars.add(top.getKey() + "." + k));
              }
            });
    // Written where it is not the default only.
    scalars.add("max_source_silence");
    scalars.addAll(Set.of("kafka.bootstrap", "kafka.topic_prefix", "kafka.group"));
    scalars.addAll(
        Set.of(
            "clickhouse.url",
            "clickhouse.database",
            "clickhouse.user",
            "clickhouse.password_file"));
    assertThat(new TreeSet<>(EnvironmentOverrides.paths())).isEqualTo(scalars);
    assertThat(EnvironmentOverrides.variables()).doesNotHaveDuplicates();
  }

  @Test
  void adaptiveRiskIsSwitchedOffByTheNameItHadBefore() {
    assertThat(
            Configuration.parse("x", added("{}", Map.of("ADAPTIVE_RISK_ENABLED", "false")))
                .rules()
                .adaptive())
        .isFalse();
    assertThat(Configuration.parse("x", json("{}")).rules().adaptive()).isTrue();
    assertThatThrownBy(
            () ->
                EnvironmentOverrides.of(
                    Map.of("ADAPTIVE_RISK_ENABLED", "false", "SLUICE_ADAPTIVE", "true")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("adaptive is");
  }

  @Test
  void whatIsSetReadsAsIfItStoodInTheFile() {
    JsonNode tree =
        added(
            "{}",
            Map.of(
                "SLUICE_CLOCK", "wall",
                "SLUICE_ID_WINDOW", "20m",
                "SLUICE_MAX_CLOCK_SKEW_MS", "1000",
                "SLUICE_VALID_FOR_MS", "700",
                "SLUICE_MARKET_WORST_CASE", "0.25",
                "SLUICE_CONTROL_AUTHORITY", "tighten",
                "SLUICE_EXECUTION_MODE", "external",
                "SLUICE_EXECUTION_SLIPPAGE", "0",
                "SLUICE_EXECUTION_FEE", "0.01",
                "SLUICE_EXECUTION_LATENCY_MS", "3"));
    Configuration read = Configuration.parse("live.yaml", tree);
    assertThat(read.clock()).isEqualTo(Configuration.ClockSource.WALL);
    assertThat(read.idWindowUs()).isEqualTo(1_200_000_000);
    assertThat(read.validForUs()).isEqualTo(700_000);
    assertThat(read.execution().latencyUs()).isEqualTo(3_000);
    assertThat(read.execution().fee()).isEqualByComparingTo("0.01");
    JsonNode kafka =
        added(
            "{'kafka':{'properties':{'client.id':'x'}}}",
            Map.of("SLUICE_KAFKA_BOOTSTRAP", "a:1", "SLUICE_KAFKA_GROUP", "17"));
    assertThat(KafkaSettings.parse(Section.root("live.yaml", kafka).section("kafka")))
        .isEqualTo(new KafkaSettings("a:1", "", "17", Map.of("client.id", "x")));
  }

  @ParameterizedTest
  @CsvSource({"SLUICE_EXECUTION_LATENCY", "SLUICE_ACCOUNTS", "ADAPTIVE_RISK_HEAP", "SLUICE_"})
  void aVariableThatNamesNoKeyIsRefused(String variable) {
    assertThatThrownBy(() -> EnvironmentOverrides.of(Map.of(variable, "secret")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(variable + " in the environment is no key")
        .hasMessageContaining("EXECUTION_LATENCY_MS")
        .hasMessageNotContaining("secret");
  }

  /** What Kubernetes sets for a service "sluice" and one "adaptive-risk-kafka" with named ports. */
  @ParameterizedTest
  @CsvSource({
    "SLUICE_SERVICE_HOST,10.96.14.7",
    "SLUICE_SERVICE_PORT,8081",
    "SLUICE_SERVICE_PORT_REST,8081",
    "SLUICE_PORT,tcp://10.96.14.7:8081",
    "SLUICE_PORT_8081_TCP,tcp://10.96.14.7:8081",
    "SLUICE_PORT_8081_TCP_PROTO,tcp",
    "SLUICE_PORT_8081_TCP_PORT,8081",
    "SLUICE_PORT_8081_TCP_ADDR,10.96.14.7",
    "ADAPTIVE_RISK_KAFKA_SERVICE_HOST,fd00::a",
    "ADAPTIVE_RISK_KAFKA_SERVICE_PORT_TCP_CLIENTS,9092",
    "ADAPTIVE_RISK_KAFKA_PORT,tcp://[fd00::a]:9092",
    "ADAPTIVE_RISK_KAFKA_PORT_9092_UDP_ADDR,fd00::a"
  })
  void whatKubernetesSetsForServicesIsNoConfiguration(String variable, String value) {
    assertThat(added("{'clock':'wall'}", Map.of(variable, value)))
        .isEqualTo(json("{'clock':'wall'}"));
  }

  @ParameterizedTest
  @CsvSource({
    "SLUICE_PORT,8081",
    "SLUICE_UI_PORT,8081",
    "SLUICE_KAFKA_PORT,kafka:9092",
    "SLUICE_KAFKA_SERVICE_HOST,kafka.local",
    "SLUICE_KAFKA_HOST,10.0.0.1",
    "SLUICE_SERVICE,10.0.0.1"
  })
  void whatOnlyResemblesThatIsRefused(String variable, String value) {
    assertThatThrownBy(() -> EnvironmentOverrides.of(Map.of(variable, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(variable + " in the environment is no key");
  }

  @Test
  void oneKeyWithTwoValuesIsRefused() {
    assertThatThrownBy(
            () ->
                added(
                    "{'execution':{'latency_ms':250}}",
                    Map.of("SLUICE_EXECUTION_LATENCY_MS", "40")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "execution.latency_ms is 250 in live.yaml and 40 in SLUICE_EXECUTION_LATENCY_MS,"
                + " expected one value: unset the variable, or take the key out");
    assertThatThrownBy(
            () ->
                EnvironmentOverrides.of(
                    Map.of("SLUICE_CLOCK", "wall", "ADAPTIVE_RISK_CLOCK", "event")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("clock is event in ADAPTIVE_RISK_CLOCK and wall in SLUICE_CLOCK");
  }

  @Test
  void oneKeyWithTheSameValueTwiceIsNotRefused() {
    assertThat(
            added(
                "{'execution':{'fee':'0.10'}}",
                Map.of("SLUICE_EXECUTION_FEE", "0.1", "ADAPTIVE_RISK_EXECUTION_FEE", "0.100")))
        .isNotNull();
  }

  @Test
  void aPackagedValueIsOnlyADefault() {
    EnvironmentOverrides environment =
        EnvironmentOverrides.of(Map.of("SLUICE_EXECUTION_LATENCY_MS", "40"));
    assertThat(again(environment.over(json("{'execution':{'latency_ms':250,'mode':'paper'}}"))))
        .isEqualTo(json("{'execution':{'latency_ms':40,'mode':'paper'}}"));
  }

  @Test
  void aBadValueNamesItsVariable() {
    EnvironmentOverrides environment =
        EnvironmentOverrides.of(Map.of("SLUICE_EXECUTION_LATENCY_MS", "soon"));
    assertThatThrownBy(
            () ->
                Configuration.parse(
                    environment.describe("live.yaml"),
                    environment.addedTo("live.yaml", json("{}"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "live.yaml with SLUICE_EXECUTION_LATENCY_MS of the environment:"
                + " execution.latency_ms is \"soon\", expected a whole number from 0 to 60000");
  }

  @Test
  void aSectionThatIsNoMappingIsLeftToItsReader() {
    JsonNode tree = added("{'execution':'paper'}", Map.of("SLUICE_EXECUTION_FEE", "0.1"));
    assertThatThrownBy(() -> Configuration.parse("live.yaml", tree))
        .hasMessageContaining("execution is \"paper\", expected a mapping");
  }
}
