package io.sluice.jobs.input;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Row;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * All inputs of a bounded run as one sequence, the same on every run: rows by order time, then the
 * contract's rank of kinds, then input as they were given, then line. Lines of an input keep their
 * order. A line that cannot be read comes out as a dead letter when the line before it has been
 * given. Whether the lines lie in files or in partitions of Kafka makes no difference but in their
 * causes.
 *
 * <p>The order time of a row is the largest stamp of its input so far, where a stamp counts at most
 * one minute beyond its receive time, and one more than a day ahead that the input's next row
 * contradicts does not count at all. A next row without a stamp contradicts. A row without a stamp
 * has the order time of the row before it in its input, 0 at the input's start.
 *
 * <p>The event clock is the largest order time of the trades and quotes so far, without jumps of
 * more than a day that the input's next row does not confirm.
 */
public final class MergedInput implements Closeable {
  private final List<InputCursor> inputs = new ArrayList<>();
  private final PriorityQueue<InputCursor> waiting =
      new PriorityQueue<>(16, (a, b) -> a.isBefore(b) ? -1 : 1);
  private final String fingerprint;

  /** The input whose line is the current element; null before the first and behind the last. */
  private InputCursor leader;

  private Row row;
  private DeadLetter deadLetter;
  private long number;
  private long orderTimeUs;
  private long clockUs;

  /**
   * Opens the inputs at their start.
   *
   * @param inputs in the order that decides where order times and kinds are equal; no two have both
   *     source and partition in common
   * @throws InputException where an input cannot be opened or a file is of no known format
   */
  public MergedInput(List<? extends Input> inputs) throws InputException {
    this(inputs, null);
  }

  /**
   * Opens the inputs where an earlier run over the same inputs stood.
   *
   * @param position from {@link #position()} of that run; null to start at the beginning
   * @throws InputException where an input cannot be opened or a file is of no known format, or the
   *     position belongs to other inputs
   */
  public MergedInput(List<? extends Input> inputs, Position position) throws InputException {
    this(inputs, position, partition -> KafkaInputs.consumer(partition.kafka()));
  }

  MergedInput(
      List<? extends Input> given,
      Position position,
      Function<InputPartition, Consumer<byte[], byte[]>> connect)
      throws InputException {
    if (given.stream().map(MergedInput::nameOf).distinct().count() != given.size()) {
      throw new IllegalArgumentException("two inputs have the same source and partition");
    }
    try {
      List<Layout> layouts = new ArrayList<>();
      for (Input input : given) {
        layouts.add(Layout.of(input));
      }
      fingerprint = fingerprintOf(given, layouts);
      if (position != null) {
        resume(position);
      }
      for (int i = 0; i < given.size(); i++) {
        Position.InInput from =
            position == null ? Position.InInput.START : position.inputs().get(i);
        Lines lines = open(given.get(i), from, connect);
        inputs.add(new InputCursor(given.get(i), i, layouts.get(i), lines, from));
      }
      for (InputCursor input : inputs) {
        enqueue(input);
      }
    } catch (IOException | RuntimeException e) {
      closeAfter(e);
      if (e instanceof RuntimeException unexpected) {
        throw unexpected;
      }
      throw e instanceof InputException clear ? clear : new InputException(e.getMessage());
    }
  }

  /**
   * Goes to the next row or dead letter; false when there is none.
   *
   * @throws InputException where an input turns out to be truncated, corrupt or out of reach; what
   *     is left to do then is to close
   */
  public boolean advance() throws InputException {
    row = null;
    deadLetter = null;
    leader = leader == null ? waiting.poll() : successor(leader);
    if (leader == null) {
      return false;
    }
    Message message = leader.message();
    if (message == null) {
      deadLetter = leader.deadLetter();
    } else {
      row = counted(message);
    }
    leader.pass();
    return true;
  }

  /** The current element if it is a row, else null. */
  public Row row() {
    return row;
  }

  /** The current element if it is a dead letter, else null. */
  public DeadLetter deadLetter() {
    return deadLetter;
  }

  /** Where to resume to get what comes behind the current element. */
  public Position position() {
    return new Position(
        fingerprint, number, clockUs, inputs.stream().map(InputCursor::position).toList());
  }

  /**
   * Hex of a hash over what the inputs are: of files names, sizes, kinds, positions, formats and
   * instruments, of partitions topics, numbers and offsets.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** What was given of each input so far, in the order in which the inputs were given. */
  public List<InputCounts> counts() {
    return inputs.stream().map(InputCursor::counts).toList();
  }

  @Override
  public void close() throws IOException {
    for (InputCursor input : inputs) {
      input.close();
    }
  }

  private InputCursor successor(InputCursor last) throws InputException {
    if (!last.fetch()) {
      return waiting.poll();
    }
    InputCursor next = waiting.peek();
    if (next == null || last.isBefore(next)) {
      return last;
    }
    waiting.poll();
    waiting.add(last);
    return next;
  }

  private void enqueue(InputCursor input) throws InputException {
    if (input.fetch()) {
      waiting.add(input);
    }
  }

  private Row counted(Message message) throws InputException {
    long time = leader.orderTimeUs();
    if (time < orderTimeUs) {
      throw new IllegalStateException("order time " + time + " behind " + orderTimeUs);
    }
    orderTimeUs = time;
    if (message.kind().movesClock() && time > clockUs && isTrusted(time)) {
      clockUs = time;
    }
    Cause cause = new Cause(leader.source(), leader.partition(), leader.number(), 0);
    return new Row(message, cause, ++number, time, clockUs);
  }

  private boolean isTrusted(long time) throws InputException {
    return clockUs == 0 || time - clockUs <= InputCursor.DAY_US || leader.confirmsJumpFrom(clockUs);
  }

  private void resume(Position position) throws InputException {
    if (!position.fingerprint().equals(fingerprint)) {
      throw new InputException(
          "the inputs are not those of the run to resume: a name, size, order, format, instrument or"
              + " offset differs; give the same inputs in the same order, or start anew");
    }
    number = position.number();
    clockUs = position.clockUs();
  }

  private static String nameOf(Input input) {
    return input.partition() + " of " + input.source();
  }

  private static Lines open(
      Input input,
      Position.InInput from,
      Function<InputPartition, Consumer<byte[], byte[]>> connect)
      throws InputException {
    return input instanceof InputFile file
        ? FileLines.open(file.path(), from.lines(), from.offset())
        : new PartitionRecords(
            (InputPartition) input,
            from.lines(),
            from.offset(),
            connect,
            PartitionRecords.PATIENCE);
  }

  private static String fingerprintOf(List<? extends Input> inputs, List<Layout> layouts)
      throws InputException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      text.append(input.partition()).append('\t').append(input.kind()).append('\t');
      text.append(layouts.get(i).format()).append('\t').append(contentOf(input)).append('\t');
      text.append(input.source()).append('\n');
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String contentOf(Input input) throws InputException {
    return input instanceof InputFile file
        ? file.instrumentOrNull() + "\t" + FileBytes.size(file.path())
        : ((InputPartition) input).start() + " to " + ((InputPartition) input).end();
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
