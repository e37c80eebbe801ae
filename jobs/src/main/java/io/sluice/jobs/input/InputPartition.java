package io.sluice.jobs.input;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.io.Serializable;

/**
 * A part of a Kafka partition that does not change any more: the records between two offsets.
 *
 * @param kafka how it is reached
 * @param topic one that is read from outside
 * @param partition from 0
 * @param start the offset of the first record, at least 0
 * @param end the offset behind the last record, at least {@code start}
 */
public record InputPartition(KafkaSettings kafka, Topic topic, int partition, long start, long end)
    implements Input, Serializable {

  /**
   * @throws IllegalArgumentException where the offsets are not in order, or nothing from outside is
   *     read of the topic
   */
  public InputPartition {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "offsets are " + start + " to " + end + ", expected 0 <= start <= end");
    }
    kindOf(topic);
  }

  /** The topic's full name. */
  @Override
  public String source() {
    return kafka.nameOf(topic);
  }

  @Override
  public InputKind kind() {
    return kindOf(topic);
  }

  private static InputKind kindOf(Topic topic) {
    return switch (topic) {
      case MARKET_TRADES -> InputKind.TRADES;
      case MARKET_QUOTES -> InputKind.QUOTES;
      case STRATEGY_INTENTS -> InputKind.INTENTS;
      case EXECUTION_FILLS -> InputKind.FILLS;
      case EXECUTION_ORDERS -> InputKind.ORDERS;
      case ACCOUNT_UPDATES -> InputKind.ACCOUNTS;
      case CONTROL_COMMANDS -> InputKind.CONTROL;
      default ->
          throw new IllegalArgumentException(
              "topic is " + topic.wireName() + ", expected one that is read from outside");
    };
  }
}
