package io.sluice.jobs.input;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a {@link MergedInput} has come: all it needs to go on behind the last row or dead letter
 * that it gave. Lines that it has looked at but not given count as not read.
 *
 * @param fingerprint of the inputs it was taken over
 * @param number how many rows were given
 * @param clockUs the event clock, epoch microseconds, 0 before the first trade or quote
 * @param inputs one for each input, in the order in which they were given
 */
public record Position(String fingerprint, long number, long clockUs, List<InInput> inputs) {
  private static final int VERSION = 1;

  /** Stands for the order time of an input that has had no row with a stamp. */
  static final long NO_TIME = -1;

  public Position {
    inputs = List.copyOf(inputs);
  }

  /**
   * How far one input was read.
   *
   * @param lines how many of its lines, a header counted
   * @param offset how many unpacked bytes of a file these lines are; of a partition the offset
   *     behind the last one, 0 before the first
   * @param orderTimeUs the order time of its last row, epoch microseconds; -1 before the first
   * @param readable how many of the lines were rows
   * @param deadLetters how many of the lines were dead letters
   */
  public record InInput(
      long lines, long offset, long orderTimeUs, long readable, long deadLetters) {
    static final InInput START = new InInput(0, 0, NO_TIME, 0, 0);
  }

  /** Writes a form that {@link #read} of this and every later version reads. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeUTF(fingerprint);
    out.writeLong(number);
    out.writeLong(clockUs);
    out.writeInt(inputs.size());
    for (InInput input : inputs) {
      out.writeLong(input.lines);
      out.writeLong(input.offset);
      out.writeLong(input.orderTimeUs);
      out.writeLong(input.readable);
      out.writeLong(input.deadLetters);
    }
  }

  /**
   * @throws IOException where the bytes end early or are of an unknown version
   */
  public static Position read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("input position of version " + version + ", expected " + VERSION);
    }
    String fingerprint = in.readUTF();
    long number = in.readLong();
    long clockUs = in.readLong();
    int size = in.readInt();
    List<InInput> inputs = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      inputs.add(
          new InInput(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }
    return new Position(fingerprint, number, clockUs, inputs);
  }

  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException where the bytes end early or are of an unknown version
   */
  public static Position of(byte[] bytes) throws IOException {
    return read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
