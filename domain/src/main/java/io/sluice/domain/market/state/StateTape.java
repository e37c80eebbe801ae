package io.sluice.domain.market.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes the numbers of a state down, or gives them back. What has a state goes over it in one
 * method, which serves both ways, so that writing and reading cannot differ.
 */
public final class StateTape {
  private static final int FIRST_SIZE = 256;

  private final boolean isReading;
  private ByteBuffer bytes;

  private StateTape(boolean isReading, ByteBuffer bytes) {
    this.isReading = isReading;
    this.bytes = bytes;
  }

  /** A tape that takes down. */
  public static StateTape recording() {
    return new StateTape(false, ByteBuffer.allocate(FIRST_SIZE));
  }

  /** A tape that gives back what one has taken down. */
  public static StateTape of(byte[] bytes) {
    return new StateTape(true, ByteBuffer.wrap(bytes));
  }

  /** The number itself where it is taken down, else the one that was. */
  public double number(double now) {
    return Double.longBitsToDouble(whole(Double.doubleToRawLongBits(now)));
  }

  public long whole(long now) {
    if (isReading) {
      return bytes.getLong();
    }
    reserve(Long.BYTES);
    bytes.putLong(now);
    return now;
  }

  public int count(int now) {
    return (int) whole(now);
  }

  /** A number in four bytes. */
  public int integer(int now) {
    if (isReading) {
      return bytes.getInt();
    }
    reserve(Integer.BYTES);
    bytes.putInt(now);
    return now;
  }

  /**
   * Leads a state by what it was made with, because of other terms it says nothing.
   *
   * @return whether the state that follows is one of these terms; true where it is taken down
   */
  public boolean isOf(String terms) {
    byte[] ofThese = terms.getBytes(StandardCharsets.UTF_8);
    int length = integer(ofThese.length);
    if (isReading) {
      byte[] of = new byte[length];
      bytes.get(of);
      return Arrays.equals(of, ofThese);
    }
    reserve(length);
    bytes.put(ofThese);
    return true;
  }

  public void numbers(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = number(values[i]);
    }
  }

  public void wholes(long[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = whole(values[i]);
    }
  }

  /** Bytes of any length. */
  public byte[] block(byte[] now) {
    int length = count(now.length);
    if (isReading) {
      byte[] block = new byte[length];
      bytes.get(block);
      return block;
    }
    reserve(length);
    bytes.put(now);
    return now;
  }

  private void reserve(int more) {
    if (bytes.remaining() < more) {
      int size = Math.max(2 * bytes.capacity(), bytes.position() + more);
      ByteBuffer larger = ByteBuffer.allocate(size);
      bytes.flip();
      larger.put(bytes);
      bytes = larger;
    }
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Whether all was given back. */
  public boolean isAtEnd() {
    return !bytes.hasRemaining();
  }
}
