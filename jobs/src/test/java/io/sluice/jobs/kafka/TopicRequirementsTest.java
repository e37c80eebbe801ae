package io.sluice.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicRequirementsTest {
  private final Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
  private final Map<Topic, Map<String, String>> configurations = new EnumMap<>(Topic.class);

  TopicRequirementsTest() {
    for (Topic topic : Topic.values()) {
      partitions.put(topic, topic.partitions());
      configurations.put(topic, new HashMap<>(topic.configuration()));
    }
  }

  private List<String> unmet() {
    return new TopicRequirements(KafkaSettings.local("kafka:9092").withPrefix("x."))
        .unmet(partitions, configurations);
  }

  private void set(Topic topic, String key, String value) {
    configurations.get(topic).put(key, value);
  }

  @Test
  void topicsAsSluiceMakesThemFit() {
    assertThat(unmet()).isEmpty();
  }

  @Test
  void moreIsFineWhereMoreIsKept() {
    set(Topic.RISK_INPUTS, "retention.ms", "-1");
    set(Topic.RISK_JOURNAL, "max.message.bytes", String.valueOf(Topic.MAX_RECORD_BYTES + 1));
    partitions.put(Topic.MARKET_TRADES, 64);
    assertThat(unmet()).isEmpty();
  }

  @Test
  void eachThatDoesNotFitIsNamedWithWhatToDo() {
    partitions.remove(Topic.MARKET_BARS);
    partitions.remove(Topic.MARKET_SCORES);
    partitions.put(Topic.CONTROL_COMMANDS, 2);
    set(Topic.CONTROL_COMMANDS, "retention.ms", "1000");
    set(Topic.RISK_INPUTS, "message.timestamp.type", "CreateTime");
    set(Topic.RISK_INPUTS, "retention.ms", "86400000");
    set(Topic.RISK_EVENTS, "cleanup.policy", "compact");
    // What Kafka gives a topic that was made without a word about it.
    set(Topic.RISK_JOURNAL, "max.message.bytes", "1048588");
    assertThat(unmet())
        .containsExactlyInAnyOrder(
            "missing x.market.bars, x.market.scores, create them (docs/kafka.md says with what)",
            "x.control.commands has 2 partitions, expected 1: commands need one order; use a new"
                + " topic with one partition, under another kafka.topic_prefix",
            "x.control.commands has retention.ms 1000, expected -1: change it with"
                + " kafka-configs.sh --alter",
            "x.risk.inputs has message.timestamp.type CreateTime, expected LogAppendTime: change"
                + " it with kafka-configs.sh --alter",
            "x.risk.inputs has retention.ms 86400000, expected at least 604800000 (7 days), or"
                + " -1: change it with kafka-configs.sh --alter",
            "x.risk.events has cleanup.policy compact, expected delete: change it with"
                + " kafka-configs.sh --alter",
            "x.risk.journal has max.message.bytes 1048588, expected at least 4194304: change it"
                + " with kafka-configs.sh --alter");
  }
}
