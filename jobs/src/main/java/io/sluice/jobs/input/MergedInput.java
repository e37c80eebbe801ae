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

/**
 * All files of a replay as one sequence, the same on every run: rows by order time, then the
 * contract's rank of kinds, then file, then line. Lines of a file keep their order. A line that
 * cannot be read comes out as a dead letter when the line before it has been given.
 *
 * <p>The order time of a row is the largest stamp of its file so far, where a stamp counts at most
 * one minute beyond its receive time, and one more than a day ahead that the file's next row
 * contradicts does not count at all. A next row without a stamp contradicts. A row without a stamp
 * has the order time of the row before it in its file, 0 at the file's start.
 *
 * <p>The event clock is the largest order time of the trades and quotes so far, without jumps of
 * more than a day that the file's next row does not confirm.
 */
public final class MergedInput implements Closeable {
  private final List<FileCursor> files = new ArrayList<>();
  private final PriorityQueue<FileCursor> waiting =
      new PriorityQueue<>(16, (a, b) -> a.isBefore(b) ? -1 : 1);
  private final String fingerprint;

  /** The file whose line is the current element; null before the first and behind the last. */
  private FileCursor leader;

  private Row row;
  private DeadLetter deadLetter;
  private long number;
  private long orderTimeUs;
  private long clockUs;

  /**
   * Opens the files at their start.
   *
   * @param inputs the files, with partitions that differ
   * @throws InputException where a file cannot be opened or is of no known format
   */
  public MergedInput(List<InputFile> inputs) throws InputException {
    this(inputs, null);
  }

  /**
   * Opens the files where an earlier run over the same files stood.
   *
   * @param position from {@link #position()} of that run; null to start at the beginning
   * @throws InputException where a file cannot be opened or is of no known format, or the position
   *     belongs to other files
   */
  public MergedInput(List<InputFile> inputs, Position position) throws InputException {
    if (inputs.stream().mapToInt(InputFile::partition).distinct().count() != inputs.size()) {
      throw new IllegalArgumentException("two files have the same partition");
    }
    try {
      for (InputFile input : inputs) {
        files.add(new FileCursor(input));
      }
      fingerprint = fingerprintOf(files);
      if (position != null) {
        resume(position);
      }
      for (FileCursor file : files) {
        enqueue(file);
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
   * @throws InputException where a file turns out to be truncated or corrupt; what is left to do
   *     then is to close
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
        fingerprint, number, clockUs, files.stream().map(FileCursor::position).toList());
  }

  /** Hex of a hash over names, sizes, kinds, partitions, formats and instruments of the files. */
  public String fingerprint() {
    return fingerprint;
  }

  /** What was given of each file so far, in the order in which the files were given. */
  public List<FileCounts> counts() {
    return files.stream().map(FileCursor::counts).toList();
  }

  /** How many bytes of the files as they lie on disk were taken so far. */
  public long bytesRead() {
    return files.stream().mapToLong(FileCursor::bytesRead).sum();
  }

  /** How many bytes the files have on disk. */
  public long bytesTotal() {
    return files.stream().mapToLong(FileCursor::size).sum();
  }

  @Override
  public void close() throws IOException {
    for (FileCursor file : files) {
      file.close();
    }
  }

  private FileCursor successor(FileCursor last) throws InputException {
    if (!last.fetch()) {
      return waiting.poll();
    }
    FileCursor next = waiting.peek();
    if (next == null || last.isBefore(next)) {
      return last;
    }
    waiting.poll();
    waiting.add(last);
    return next;
  }

  private void enqueue(FileCursor file) throws InputException {
    if (file.fetch()) {
      waiting.add(file);
    }
  }

  private Row counted(Message message) throws InputException {
    long time = leader.orderTimeUs();
    if (time < orderTimeUs) {
      throw new IllegalStateException("order time " + time + " behind " + orderTimeUs);
    }
    orderTimeUs = time;
    boolean movesClock =
        message.kind() == Message.Kind.TRADE || message.kind() == Message.Kind.QUOTE;
    if (movesClock && time > clockUs && isTrusted(time)) {
      clockUs = time;
    }
    Cause cause = new Cause(leader.source(), leader.file().partition(), leader.lineNumber(), 0);
    return new Row(message, cause, ++number, time, clockUs);
  }

  private boolean isTrusted(long time) throws InputException {
    return clockUs == 0 || time - clockUs <= FileCursor.DAY_US || leader.confirmsJumpFrom(clockUs);
  }

  private void resume(Position position) throws IOException {
    if (!position.fingerprint().equals(fingerprint)) {
      throw new InputException(
          "the files are not those of the run to resume: a name, size, order, format or instrument"
              + " differs; give the same files in the same order, or start anew");
    }
    for (int i = 0; i < files.size(); i++) {
      files.set(i, files.get(i).resumedFrom(position.files().get(i)));
    }
    number = position.number();
    clockUs = position.clockUs();
  }

  private static String fingerprintOf(List<FileCursor> files) {
    StringBuilder text = new StringBuilder();
    for (FileCursor file : files) {
      InputFile input = file.file();
      text.append(input.partition()).append('\t').append(input.kind()).append('\t');
      text.append(file.format()).append('\t').append(input.instrumentOrNull()).append('\t');
      text.append(file.size()).append('\t').append(file.source()).append('\n');
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
