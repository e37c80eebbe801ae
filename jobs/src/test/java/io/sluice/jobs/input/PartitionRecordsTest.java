package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.wire.DeadLetter;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionRecordsTest {
  private static final Topic TOPIC = Topic.STRATEGY_INTENTS;
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC.wireName(), 2);
  private final Partitions partitions = new Partitions();

  @Test
  void readsFromTheStartToTheEndPollByPollOverGaps() throws InputException {
    partitions.recordsAPoll = 3;
    for (long offset : List.of(0, 1, 2, 5, 6, 9, 10, 11, 12, 13, 14, 20)) {
      partitions.add(TOPIC, 2, offset, "v" + offset);
    }

    assertThat(lines(records(2, 13))).containsExactly("2", "5", "6", "9", "10", "11", "12");
    assertThat(lines(records(3, 9))).containsExactly("5", "6");
    assertThat(lines(records(15, 20))).as("the record behind the end").isEmpty();
  }

  @Test
  void goesOnBehindWhereItStopped() throws InputException {
    for (int offset = 0; offset < 10; offset++) {
      partitions.add(TOPIC, 2, offset, "v" + offset);
    }
    PartitionRecords resumed = records(1, 10, 4, 7, Duration.ZERO);

    assertThat(resumed.offset()).isEqualTo(7);
    assertThat(lines(resumed)).containsExactly("7", "8", "9");
    assertThat(resumed.taken()).isEqualTo(7);
    assertThat(resumed.offset()).isEqualTo(10);
  }

  @Test
  void anEmptyPartitionAsksNobody() throws InputException {
    assertThat(lines(records(4, 4))).isEmpty();
    assertThat(partitions.consumers).isEmpty();
  }

  @Test
  void offsetsWithoutRecordsAtTheEndAreTheEnd() throws InputException {
    partitions.add(TOPIC, 2, 0, "v0");
    InputPartition input = input(0, 3);
    MockConsumer<byte[], byte[]> consumer =
        (MockConsumer<byte[], byte[]>) partitions.connect(input);
    consumer.schedulePollTask(
        () -> {
          // The first poll gives what there is, the second finds only a transaction's marker.
        });
    consumer.schedulePollTask(() -> consumer.seek(PARTITION, 3));

    PartitionRecords records =
        new PartitionRecords(input, 0, 0, any -> consumer, Duration.ofMinutes(1));
    assertThat(lines(records)).containsExactly("0");
    assertThat(records.offset()).isEqualTo(3);
  }

  @Test
  void aBrokerThatGivesNothingIsAnErrorNotTheEnd() {
    partitions.add(TOPIC, 2, 0, "v0");

    assertThatThrownBy(() -> lines(records(0, 3)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "strategy.intents-2 at offset 1 of 0 to 3 gave nothing for 0 s; check the broker at"
                + " localhost:9092 and the topic's retention, then start anew");
  }

  @Test
  void recordsThatWereDeletedMeanwhileAreAnError() {
    InputPartition input = input(0, 3);
    MockConsumer<byte[], byte[]> consumer =
        (MockConsumer<byte[], byte[]>) partitions.connect(input);
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 0L)));
    PartitionRecords records = new PartitionRecords(input, 0, 0, any -> consumer, Duration.ZERO);

    assertThatThrownBy(records::next)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("strategy.intents-2 at offset 0 of 0 to 3 could not be read: ");
  }

  @Test
  void closesItsConsumer() throws InputException {
    partitions.add(TOPIC, 2, 0, "v0");
    PartitionRecords records = records(0, 1);
    lines(records);
    records.close();

    assertThat(partitions.consumers).hasSize(1).allMatch(MockConsumer::closed);
  }

  @Test
  void whatCannotBeReadOfAPartitionIsADeadLetter() throws IOException {
    partitions.add(TOPIC, 2, 3, null);
    partitions.add(TOPIC, 2, 4, " \n");
    partitions.add(TOPIC, 2, 6, "x".repeat(65_537));
    partitions.add(TOPIC, 2, 7, Given.trade(1));
    partitions.add(TOPIC, 2, 8, Given.intent(1L));
    List<DeadLetter> letters = new ArrayList<>();
    try (MergedInput input = new MergedInput(List.of(input(0, 9)), null, partitions::connect)) {
      while (input.advance()) {
        if (input.deadLetter() != null) {
          letters.add(input.deadLetter());
        } else {
          assertThat(Given.place(input)).isEqualTo("1: strategy.intents 8 intent order 1 clock 0");
          assertThat(input.row().cause().partition()).isEqualTo(2);
        }
      }
      assertThat(input.counts())
          .containsExactly(
              new InputCounts("strategy.intents", 2, InputKind.INTENTS, FileFormat.WIRE, 5, 1, 4));
    }
    assertThat(letters).extracting(DeadLetter::source).containsOnly("strategy.intents");
    assertThat(letters).extracting(DeadLetter::partition).containsOnly(2);
    assertThat(letters).extracting(DeadLetter::offset).containsExactly(3L, 4L, 6L, 7L);
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            "no value (a tombstone), expected a line of the wire",
            "an empty line",
            "a line longer than 65536 bytes",
            "type is \"trade\", expected on this topic intent");
    assertThat(letters).extracting(DeadLetter::field).containsExactly(null, null, null, "type");
    assertThat(letters).extracting(letter -> letter.bytes().length).startsWith(0, 2, 65_536);
    assertThat(letters)
        .extracting(DeadLetter::truncated)
        .containsExactly(false, false, true, false);
  }

  private static InputPartition input(long start, long end) {
    return new InputPartition(Partitions.KAFKA, TOPIC, 2, start, end);
  }

  private PartitionRecords records(long start, long end) {
    return records(start, end, 0, 0, Duration.ZERO);
  }

  private PartitionRecords records(
      long start, long end, long taken, long offset, Duration patience) {
    return new PartitionRecords(input(start, end), taken, offset, partitions::connect, patience);
  }

  /** The offsets of what is left; the values are named by them. */
  private static List<String> lines(PartitionRecords records) throws InputException {
    List<String> offsets = new ArrayList<>();
    while (records.next()) {
      String value =
          new String(records.bytes(), records.from(), records.to(), StandardCharsets.UTF_8);
      assertThat(value).isEqualTo("v" + records.number());
      offsets.add(String.valueOf(records.number()));
    }
    assertThat(records.next()).isFalse();
    return offsets;
  }
}
