package io.sluice.sinks.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * Builds a byte string that sorts, compared byte by byte as unsigned numbers, as its fields do one
 * after the other. Numbers sort as signed numbers, texts by the bytes of their UTF-8 (which is the
 * order of code points; {@link String#compareTo} differs beyond U+FFFF).
 *
 * <p>Every field begins with a tag, so that a key can be read back for an error message. A number
 * is eight bytes, big-endian, sign bit flipped. A text ends with {@code 00 00}, and a NUL inside it
 * is written {@code 00 FF}: no key is a prefix of another with the same fields, and "a" sorts
 * before "a\0".
 */
public final class SortKey {
  private static final byte NUMBER = 1;
  private static final byte TEXT = 2;
  private static final byte ESCAPED_NUL = (byte) 0xFF;

  private byte[] bytes = new byte[48];
  private int size;

  /**
   * Adds a text field.
   *
   * @throws IllegalArgumentException for a text with an unpaired surrogate: UTF-8 has no bytes for
   *     it, and a replacement would give two texts one key
   */
  public SortKey text(String text) {
    byte[] utf8 = utf8(text);
    reserve(3 + 2 * utf8.length);
    bytes[size++] = TEXT;
    for (byte b : utf8) {
      bytes[size++] = b;
      if (b == 0) {
        bytes[size++] = ESCAPED_NUL;
      }
    }
    bytes[size++] = 0;
    bytes[size++] = 0;
    return this;
  }

  /** Adds a number field; any {@code long}. */
  public SortKey number(long number) {
    reserve(9);
    bytes[size++] = NUMBER;
    ByteBuffer.wrap(bytes).putLong(size, number ^ Long.MIN_VALUE);
    size += Long.BYTES;
    return this;
  }

  /** The key so far. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** The fields of a key as a person would write them, {@code ("firm", 12, 0)}. */
  static String describe(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    StringJoiner fields = new StringJoiner(", ", "(", ")");
    try {
      while (in.hasRemaining()) {
        switch (in.get()) {
          case NUMBER -> fields.add(Long.toString(in.getLong() ^ Long.MIN_VALUE));
          case TEXT -> fields.add('"' + readText(in) + '"');
          default -> throw new IllegalArgumentException("no such tag");
        }
      }
    } catch (RuntimeException notAKeyOfOurs) {
      // Whoever asks is about to report an error; that one matters more than this.
      return HexFormat.of().formatHex(key);
    }
    return fields.toString();
  }

  private static String readText(ByteBuffer in) {
    byte[] text = new byte[in.remaining()];
    int length = 0;
    for (byte b = in.get(); b != 0 || in.get() == ESCAPED_NUL; b = in.get()) {
      text[length++] = b;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(encoded.array(), encoded.limit());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("unpaired surrogate in a sort key: " + text, e);
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
