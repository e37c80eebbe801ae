package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Row;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The same lines, in files and in partitions given in the same order, are the same rows. */
class FilesAndPartitionsTest {
  private static final long DAY = 86_400_000_000L;
  private static final long BASE = 20_000 * DAY;

  /** What came out, and where to go on behind each element; the first is before any. */
  private record Run(List<String> elements, List<Position> positions) {}

  /** Lines as files and as partitions. */
  private static final class Both {
    final List<InputFile> files = new ArrayList<>();
    final List<InputPartition> inputs = new ArrayList<>();
    final Partitions partitions = new Partitions();

    Both(Path folder, Random random) throws IOException {
      partitions.recordsAPoll = 1 + random.nextInt(5);
      for (Topic topic :
          List.of(
              Topic.MARKET_TRADES,
              Topic.MARKET_QUOTES,
              Topic.STRATEGY_INTENTS,
              Topic.ACCOUNT_UPDATES)) {
        int count = random.nextInt(4);
        for (int partition = 0; partition < count; partition++) {
          add(folder, random, topic, partition);
        }
      }
    }

    private void add(Path folder, Random random, Topic topic, int partition) throws IOException {
      long start = random.nextInt(3);
      long offset = start;
      StringBuilder text = new StringBuilder();
      long time = BASE + random.nextInt(3);
      for (int i = random.nextInt(12); i > 0; i--) {
        time += random.nextInt(3);
        String line = line(random, topic, time);
        text.append(line).append('\n');
        offset += random.nextInt(4) == 0 ? 2 : 0;
        partitions.add(topic, partition, offset++, line);
      }
      InputPartition input = new InputPartition(Partitions.KAFKA, topic, partition, start, offset);
      // Behind the end fixed at the start there may be more by now.
      partitions.add(topic, partition, offset, line(random, topic, BASE));
      Path path = Files.writeString(folder.resolve("f" + files.size()), text);
      files.add(new InputFile(path, input.kind(), files.size(), FileFormat.WIRE, null));
      inputs.add(input);
    }
  }

  private static String line(Random random, Topic topic, long time) {
    long stamp =
        switch (random.nextInt(10)) {
          case 0 -> time + (random.nextInt(9) - 3) * DAY;
          case 1 -> time - random.nextInt(5);
          default -> time;
        };
    if (random.nextInt(6) == 0) {
      return random.nextBoolean() ? "{\"type\":\"fill\"}" : "bad";
    }
    return switch (topic) {
      case MARKET_TRADES -> Given.trade(stamp, random.nextBoolean() ? null : time - 59_999_999);
      case MARKET_QUOTES -> Given.quote(stamp);
      case STRATEGY_INTENTS -> Given.intent(random.nextInt(5) == 0 ? null : stamp);
      default -> random.nextBoolean() ? Given.account(stamp) : Given.venue(stamp);
    };
  }

  @Property(tries = 150)
  void theSameLinesAreTheSameRowsAndAResumeContinuesThem(@ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("both");
    try {
      Random random = new Random(seed);
      Both both = new Both(folder, random);

      Run partitions = run(both, both.inputs, null);
      assertThat(partitions.elements).isEqualTo(run(both, both.files, null).elements);
      assertThat(both.partitions.consumers).allMatch(consumer -> consumer.closed());
      for (int i = 0; i < 4; i++) {
        int at = random.nextInt(partitions.positions.size());
        Position from = Position.of(partitions.positions.get(at).toBytes());
        Run resumed = run(both, both.inputs, from);
        assertThat(resumed.elements)
            .isEqualTo(partitions.elements.subList(at, partitions.elements.size()));
        assertThat(resumed.positions)
            .isEqualTo(partitions.positions.subList(at, partitions.positions.size()));
      }
    } finally {
      delete(folder);
    }
  }

  @Test
  void otherOffsetsAreRefused() throws IOException {
    Partitions partitions = new Partitions();
    partitions.add(Topic.MARKET_TRADES, 0, 0, Given.trade(1));
    partitions.add(Topic.MARKET_TRADES, 0, 1, Given.trade(2));
    List<InputPartition> one =
        List.of(new InputPartition(Partitions.KAFKA, Topic.MARKET_TRADES, 0, 0, 1));
    List<InputPartition> two =
        List.of(new InputPartition(Partitions.KAFKA, Topic.MARKET_TRADES, 0, 0, 2));
    Position position;
    try (MergedInput input = new MergedInput(one, null, partitions::connect)) {
      position = input.position();
    }

    assertThatThrownBy(() -> new MergedInput(two, position, partitions::connect))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("the inputs are not those of the run to resume");
  }

  private static Run run(Both both, List<? extends Input> inputs, Position from)
      throws IOException {
    List<String> elements = new ArrayList<>();
    List<Position> positions = new ArrayList<>();
    try (MergedInput input = new MergedInput(inputs, from, both.partitions::connect)) {
      positions.add(input.position());
      while (input.advance()) {
        elements.add(element(input));
        positions.add(input.position());
      }
      for (InputCounts counts : input.counts()) {
        elements.add(
            "%s %d lines: %d and %d"
                .formatted(counts.kind(), counts.lines(), counts.readable(), counts.deadLetters()));
      }
    }
    return new Run(elements, positions);
  }

  /** An element without its cause, and without the name of what it was read from. */
  private static String element(MergedInput input) {
    DeadLetter letter = input.deadLetter();
    if (letter != null) {
      String reason = letter.reason().replaceAll(", expected .*", "");
      return "dead " + Given.text(letter) + " " + reason + " " + letter.field();
    }
    Row row = input.row();
    return row.number()
        + " "
        + row.orderTimeUs()
        + " "
        + row.clockUs()
        + " "
        + new String(row.message().toJson(), StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
