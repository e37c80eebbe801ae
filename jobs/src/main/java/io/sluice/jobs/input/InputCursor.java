package io.sluice.jobs.input;

import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * One input of the merge: its next line, the order time of that line, and the look behind it that
 * tells a wild stamp from a true one. That look is taken only where it decides something.
 */
final class InputCursor implements Closeable {
  static final long DAY_US = 86_400_000_000L;

  private static final long NO_TIME = Position.NO_TIME;
  private static final long RECEIVE_SLACK_US = 60_000_000;

  /**
   * How many unreadable lines are kept at most while the next readable one is looked for; behind
   * that many there is none. It bounds the memory that an input of garbage takes.
   */
  private static final int MAX_PASSED = 100;

  private final Input input;
  private final int place;
  private final String source;
  private final Layout layout;
  private final Lines lines;
  private final ArrayDeque<Line> behind = new ArrayDeque<>();
  private Line head;
  private long headOrderUs;
  private Position.InInput passed;

  /**
   * A line that was looked at.
   *
   * @param number what its cause names it by
   * @param taken how many lines of the input it and those before it are
   * @param end where to go on behind it
   * @param message what it says, or null where it is unreadable
   * @param stampUs its event time, capped by its receive time; NO_TIME where it has none
   * @param deadLetter what it becomes where it is unreadable, or null
   */
  private record Line(
      long number, long taken, long end, Message message, long stampUs, DeadLetter deadLetter) {}

  /**
   * @param place decides between inputs whose heads have the same order time and rank
   * @param lines the input's lines behind {@code from}
   * @param from how far an earlier run has come, or {@link Position.InInput#START}
   */
  InputCursor(Input input, int place, Layout layout, Lines lines, Position.InInput from) {
    this.input = input;
    this.place = place;
    this.source = input.source();
    this.layout = layout;
    this.lines = lines;
    this.passed = from;
  }

  /** Takes the next line as head; false at the end of the input. */
  boolean fetch() throws InputException {
    head = behind.isEmpty() ? read() : behind.poll();
    if (head == null) {
      passed =
          new Position.InInput(
              lines.taken(),
              lines.offset(),
              passed.orderTimeUs(),
              passed.readable(),
              passed.deadLetters());
      return false;
    }
    // A dead letter waits for nobody: it goes before every row.
    headOrderUs = head.message == null ? NO_TIME : orderTime();
    return true;
  }

  /** Whether this input's head goes before the other's. */
  boolean isBefore(InputCursor other) {
    if (headOrderUs != other.headOrderUs) {
      return headOrderUs < other.headOrderUs;
    }
    int rank = rank();
    int otherRank = other.rank();
    return rank != otherRank ? rank < otherRank : place < other.place;
  }

  /** The head's message, or null where it is a dead letter. */
  Message message() {
    return head.message;
  }

  DeadLetter deadLetter() {
    return head.deadLetter;
  }

  /** What the head's cause names it by: the line from 1, or the offset. */
  long number() {
    return head.number;
  }

  /** The order time of the head, which is a row, in epoch microseconds. */
  long orderTimeUs() {
    return headOrderUs;
  }

  /** Whether the next row of this input, too, is stamped more than a day beyond that time. */
  boolean confirmsJumpFrom(long timeUs) throws InputException {
    Line next = nextReadable();
    return next != null && next.stampUs - timeUs > DAY_US;
  }

  /** Counts the head as given. */
  void pass() {
    boolean isRow = head.message != null;
    boolean hasTime = isRow && (head.stampUs != NO_TIME || passed.orderTimeUs() != NO_TIME);
    passed =
        new Position.InInput(
            head.taken,
            head.end,
            hasTime ? headOrderUs : passed.orderTimeUs(),
            passed.readable() + (isRow ? 1 : 0),
            passed.deadLetters() + (isRow ? 0 : 1));
  }

  Position.InInput position() {
    return passed;
  }

  InputCounts counts() {
    return new InputCounts(
        source,
        input.partition(),
        input.kind(),
        layout.format(),
        passed.lines(),
        passed.readable(),
        passed.deadLetters());
  }

  int partition() {
    return input.partition();
  }

  String source() {
    return source;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private int rank() {
    return head.message == null ? -1 : head.message.kind().ordinal();
  }

  private long orderTime() throws InputException {
    long stamp = head.stampUs;
    long previous = passed.orderTimeUs();
    if (stamp == NO_TIME) {
      return Math.max(previous, 0);
    }
    if (previous == NO_TIME) {
      Line next = nextReadable();
      boolean isWild = next != null && next.stampUs != NO_TIME && stamp - next.stampUs > DAY_US;
      return isWild ? next.stampUs : stamp;
    }
    if (stamp - previous > DAY_US) {
      Line next = nextReadable();
      boolean isWild = next != null && next.stampUs - previous <= DAY_US;
      return isWild ? previous : stamp;
    }
    return Math.max(previous, stamp);
  }

  /** The first readable line behind the head, or null where the input has no more. */
  private Line nextReadable() throws InputException {
    Line last = behind.peekLast();
    if (last != null && last.message != null) {
      return last;
    }
    while (behind.size() < MAX_PASSED) {
      Line line = read();
      if (line == null) {
        return null;
      }
      behind.add(line);
      if (line.message != null) {
        return line;
      }
    }
    return null;
  }

  private Line read() throws InputException {
    boolean found = lines.next();
    if (found && lines.number() == layout.headerLine()) {
      found = lines.next();
    }
    if (!found) {
      return null;
    }
    String defect = lines.defect();
    if (defect != null) {
      return unreadable(defect, null);
    }
    try {
      Message message = layout.reader().read(lines.bytes(), lines.from(), lines.to());
      long stampUs = stampUs(message);
      checkClock(message, stampUs);
      return new Line(lines.number(), lines.taken(), lines.offset(), message, stampUs, null);
    } catch (UnreadableException e) {
      return unreadable(e.getMessage(), e.field());
    }
  }

  /** What moves the clock is not believed where every line of an input has the same wild stamps. */
  private static void checkClock(Message message, long stampUs) throws UnreadableException {
    if (message.kind().movesClock() && stampUs >= Times.YEAR_2100_US) {
      throw new UnreadableException(
          "event_time_us is "
              + message.eventTimeUs()
              + ", expected epoch microseconds before the year 2100",
          "event_time_us");
    }
  }

  private Line unreadable(String reason, String field) {
    byte[] bytes = Arrays.copyOfRange(lines.bytes(), lines.from(), lines.to());
    DeadLetter letter =
        new DeadLetter(
            source, input.partition(), lines.number(), reason, field, bytes, lines.isTooLong());
    return new Line(lines.number(), lines.taken(), lines.offset(), null, NO_TIME, letter);
  }

  private static long stampUs(Message message) {
    Long eventTimeUs = message.eventTimeUs();
    if (eventTimeUs == null) {
      return NO_TIME;
    }
    Long receiveTimeUs = null;
    if (message instanceof Trade trade) {
      receiveTimeUs = trade.receiveTimeUs();
    } else if (message instanceof Quote quote) {
      receiveTimeUs = quote.receiveTimeUs();
    }
    // Compared the way round that does not overflow: both times are at least 0.
    return receiveTimeUs != null && eventTimeUs - RECEIVE_SLACK_US > receiveTimeUs
        ? receiveTimeUs + RECEIVE_SLACK_US
        : eventTimeUs;
  }
}
