package io.sluice.sinks.files;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One line of an output file and the key that gives its place there. Two lines of one file with the
 * same key are the same line, or a broken promise.
 *
 * <p>Lines are ordered by file, then key, then content, bytes compared as unsigned numbers. The
 * arrays are not copied; nobody may change them once the line is made.
 *
 * @param key made by {@link SortKey}, at most {@value #MAX_KEY_BYTES} bytes
 * @param line UTF-8 without its line end, at most {@value #MAX_LINE_BYTES} bytes
 */
@TypeInfo(OutputLineTypeInfo.Factory.class)
public record OutputLine(OutputFile file, byte[] key, byte[] line)
    implements Comparable<OutputLine> {
  public static final int MAX_KEY_BYTES = 1 << 20;
  public static final int MAX_LINE_BYTES = 64 << 20;

  /**
   * @throws IllegalArgumentException for a line that contains a line feed, or a key or line that is
   *     too long
   */
  public OutputLine {
    Objects.requireNonNull(file, "file");
    if (key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(file + ": a key of " + key.length + " bytes");
    }
    if (line.length > MAX_LINE_BYTES) {
      throw new IllegalArgumentException(
          file + " " + SortKey.describe(key) + ": a line of " + line.length + " bytes");
    }
    for (byte b : line) {
      if (b == '\n') {
        throw new IllegalArgumentException(
            file + " " + SortKey.describe(key) + ": a line feed inside a line");
      }
    }
  }

  /** A decision: by group, then sequence number, then position among those of one entry. */
  public static OutputLine decision(String group, long seq, long sub, byte[] line) {
    byte[] key = new SortKey().text(group).number(seq).number(sub).bytes();
    return new OutputLine(OutputFile.DECISIONS, key, line);
  }

  /** A journal line: by group, then sequence number. */
  public static OutputLine journal(String group, long seq, byte[] line) {
    byte[] key = new SortKey().text(group).number(seq).bytes();
    return new OutputLine(OutputFile.JOURNAL, key, line);
  }

  /**
   * An event: by time, type, scope and id.
   *
   * @param eventTimeUs epoch microseconds
   */
  public static OutputLine event(
      long eventTimeUs, String type, String scope, String eventId, byte[] line) {
    byte[] key = new SortKey().number(eventTimeUs).text(type).text(scope).text(eventId).bytes();
    return new OutputLine(OutputFile.EVENTS, key, line);
  }

  /**
   * A dead letter: by input file, then line.
   *
   * @param partition the input file's position among the arguments, or the Kafka partition, from 0
   * @param offset the line in that file, from 1, or the offset in that partition
   * @param source the file or the topic: topics have partitions and offsets in common
   */
  public static OutputLine deadLetter(long partition, long offset, String source, byte[] line) {
    byte[] key = new SortKey().number(partition).number(offset).text(source).bytes();
    return new OutputLine(OutputFile.DEADLETTER, key, line);
  }

  /**
   * A bar: by instrument, then end, then length.
   *
   * @param endUs epoch microseconds
   */
  public static OutputLine bar(String instrument, long endUs, long seconds, byte[] line) {
    byte[] key = new SortKey().text(instrument).number(endUs).number(seconds).bytes();
    return new OutputLine(OutputFile.BARS, key, line);
  }

  /**
   * A score: by instrument, then time, then place of the model.
   *
   * @param timeUs epoch microseconds
   */
  public static OutputLine score(String instrument, long timeUs, int place, byte[] line) {
    byte[] key = new SortKey().text(instrument).number(timeUs).number(place).bytes();
    return new OutputLine(OutputFile.SCORES, key, line);
  }

  boolean hasKeyOf(OutputLine other) {
    return file == other.file && Arrays.equals(key, other.key);
  }

  @Override
  public int compareTo(OutputLine other) {
    int order = file.compareTo(other.file);
    if (order == 0) {
      order = Arrays.compareUnsigned(key, other.key);
    }
    return order == 0 ? Arrays.compareUnsigned(line, other.line) : order;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof OutputLine other && hasKeyOf(other) && Arrays.equals(line, other.line);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * file.ordinal() + Arrays.hashCode(key)) + Arrays.hashCode(line);
  }

  @Override
  public String toString() {
    return file + " " + SortKey.describe(key) + " (" + line.length + " bytes)";
  }
}
