package io.sluice.sinks.clickhouse;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes in ClickHouse's order, the lowest first, in memory that is kept from one batch to the next.
 */
final class BinaryOutput {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 16];
  private int size;

  /** What is to be read before anything else is written. */
  InputStream content() {
    return new ByteArrayInputStream(bytes, 0, size);
  }

  int size() {
    return size;
  }

  /** Leaves that much of it. */
  void cutTo(int length) {
    size = length;
  }

  void putByte(int value) {
    makeRoom(1);
    bytes[size++] = (byte) value;
  }

  void putShort(int value) {
    putByte(value);
    putByte(value >> 8);
  }

  void putInt(int value) {
    makeRoom(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void putLong(long value) {
    makeRoom(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** A length: seven bits a byte, the lowest first (LEB128). */
  void putLength(int length) {
    int rest = length;
    while (rest >= 0x80) {
      putByte(rest | 0x80);
      rest >>>= 7;
    }
    putByte(rest);
  }

  void putBytes(byte[] content) {
    makeRoom(content.length);
    System.arraycopy(content, 0, bytes, size, content.length);
    size += content.length;
  }

  private void makeRoom(int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, length)));
    }
  }
}
