package io.sluice.jobs.input;

import io.sluice.domain.wire.Message;
import io.sluice.jobs.kafka.Topic;
import java.util.List;

/**
 * What an input turned out to be.
 *
 * @param headerLine the number of the line that names the columns, {@link #NO_HEADER} where there
 *     is none
 * @param reader reads the input's other lines
 */
record Layout(FileFormat format, long headerLine, LineReader reader) {
  static final long NO_HEADER = -1;

  /**
   * @throws InputException where a file cannot be opened or is of no known format
   */
  static Layout of(Input input) throws InputException {
    return input instanceof InputFile file
        ? Recognition.of(file)
        : wire(((InputPartition) input).topic());
  }

  private static Layout wire(Topic topic) {
    List<String> names = topic.kinds().stream().map(Message.Kind::wireName).sorted().toList();
    return new Layout(
        FileFormat.WIRE,
        NO_HEADER,
        new WireLines(topic.kinds(), "on this topic " + String.join(" or ", names)));
  }
}
