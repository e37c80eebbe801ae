package io.sluice.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
  private static KafkaSettings parse(String json) {
    try {
      return KafkaSettings.parse(
          Section.root("live.yaml", new ObjectMapper().readTree("{\"kafka\":" + json + "}"))
              .section("kafka"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static KafkaSettings withProperty(String key, String value) {
    return parse(
        "{\"bootstrap\":\"localhost:9092\",\"properties\":{\"" + key + "\":" + value + "}}");
  }

  @Test
  void leastThatIsNeeded() {
    assertThat(parse("{\"bootstrap\":\"localhost:9092\"}"))
        .isEqualTo(KafkaSettings.local("localhost:9092"));
  }

  @Test
  void everythingSaid() {
    KafkaSettings settings =
        parse(
            "{\"bootstrap\":\"a:1,b:2\",\"topic_prefix\":\"desk.\",\"group\":\"g\","
                + "\"properties\":{\"security.protocol\":\"SSL\",\"retries\":3,"
                + "\"ssl.key.password\":\"${env:KEY}\"}}");
    assertThat(settings)
        .isEqualTo(
            new KafkaSettings(
                "a:1,b:2",
                "desk.",
                "g",
                Map.of(
                    "security.protocol", "SSL", "retries", "3", "ssl.key.password", "${env:KEY}")));
    assertThat(settings.nameOf(Topic.RISK_INPUTS)).isEqualTo("desk.risk.inputs");
    assertThat(settings.producer())
        .containsEntry("bootstrap.servers", "a:1,b:2")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("acks", "all")
        .containsEntry("linger.ms", "0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:",
        ":9092",
        "http://a:9092",
        "a:1, b:2",
        "a:1,",
        "a:123456"
      })
  void badBootstrap(String bootstrap) {
    assertThatThrownBy(() -> parse("{\"bootstrap\":\"" + bootstrap + "\"}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("live.yaml: kafka.bootstrap is \"" + bootstrap + "\"")
        .hasMessageContaining("host:port");
  }

  @Test
  void otherMistakes() {
    assertThatThrownBy(() -> parse("{}")).hasMessageContaining("kafka.bootstrap is missing");
    assertThatThrownBy(() -> parse("{\"bootstrap\":\"a:1\",\"topic_prefix\":\"a b\"}"))
        .hasMessageContaining("kafka.topic_prefix is \"a b\"");
    assertThatThrownBy(() -> parse("{\"bootstrap\":\"a:1\",\"bootstraps\":\"a\"}"))
        .hasMessageContaining("kafka.bootstraps is not a key here");
    assertThatThrownBy(() -> withProperty("client.id", "[1]"))
        .hasMessageContaining("kafka.properties.client.id is [1], expected a text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bootstrap.servers", "acks", "group.id", "auto.offset.reset", "config.providers"})
  void whatSluiceSetsItselfIsRefused(String key) {
    assertThatThrownBy(() -> withProperty(key, "\"x\""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("kafka.properties." + key)
        .hasMessageContaining("Sluice sets it itself");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.jaas.config",
        "ssl.key.password",
        "ssl.keystore.password",
        "ssl.keystore.key",
        "ssl.truststore.password",
        "sasl.oauthbearer.client.credentials.client.secret"
      })
  void aSecretWrittenOutIsRefusedAndNotShown(String key) {
    for (String value :
        new String[] {"\"hush\"", "[\"hush\"]", "{\"a\":\"hush\"}", "\"${env:A} hush\""}) {
      assertThatThrownBy(() -> withProperty(key, value))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("kafka.properties." + key + " is a secret")
          .hasMessageContaining("${env:NAME}")
          .hasMessageNotContaining("hush");
    }
    assertThat(withProperty(key, "\"${directory:/run/secrets:kafka}\"").properties())
        .containsOnlyKeys(key);
  }

  @Test
  void aReferenceIsLookedUp() {
    withProperty("ssl.key.password", "\"${env:PATH}\"").requireSecrets();
    assertThatThrownBy(
            () -> withProperty("ssl.key.password", "\"${env:SLUICE_NOT_SET}\"").requireSecrets())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("kafka.properties.ssl.key.password is ${env:SLUICE_NOT_SET}")
        .hasMessageContaining("leads to nothing");
  }
}
