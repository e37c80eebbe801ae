package io.sluice.domain.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Writes the project's canonical JSON: no white space, raw UTF-8 with the mandatory escapes only,
 * decimals as plain strings without trailing zeros, doubles as plain numbers rounded to 12 decimals
 * HALF_EVEN, nulls written. The caller decides the order of keys; the same calls give the same
 * bytes on every machine.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /** The texts that a writer remembers, at most; a power of two. */
  private static final int REMEMBERED = 2_048;

  private static final int LONGEST_REMEMBERED = 200;

  private byte[] bytes;
  private int size;
  private boolean needsComma;

  // The texts of a reusable writer that it has written, and their JSON; else null.
  private String[] written;
  private byte[][] encoded;

  public JsonWriter() {
    this(512);
  }

  /**
   * @param expectedSize of the whole, so that the buffer need not grow; no limit
   */
  public JsonWriter(int expectedSize) {
    bytes = new byte[expectedSize];
  }

  /**
   * A writer that is cleared and used again, by one thread. Keys, and texts that are the same
   * objects each time ({@link #constant}), it encodes once.
   */
  public static JsonWriter reusable(int expectedSize) {
    JsonWriter json = new JsonWriter(expectedSize);
    json.written = new String[REMEMBERED];
    json.encoded = new byte[REMEMBERED][];
    return json;
  }

  /** Forgets what is written. */
  public JsonWriter clear() {
    size = 0;
    needsComma = false;
    return this;
  }

  public JsonWriter beginObject() {
    separate();
    put('{');
    needsComma = false;
    return this;
  }

  public JsonWriter endObject() {
    put('}');
    needsComma = true;
    return this;
  }

  public JsonWriter beginArray() {
    separate();
    put('[');
    needsComma = false;
    return this;
  }

  public JsonWriter endArray() {
    put(']');
    needsComma = true;
    return this;
  }

  public JsonWriter name(String name) {
    separate();
    known(name);
    put(':');
    needsComma = false;
    return this;
  }

  public JsonWriter nullValue() {
    return literal(NULL);
  }

  public JsonWriter value(String text) {
    if (text == null) {
      return nullValue();
    }
    separate();
    string(text);
    needsComma = true;
    return this;
  }

  /** A text that is nearly always one of a few objects; or null. */
  public JsonWriter constant(String text) {
    if (text == null) {
      return nullValue();
    }
    separate();
    known(text);
    needsComma = true;
    return this;
  }

  /** An enum constant by its name, or null. */
  public JsonWriter value(Enum<?> constant) {
    return constant(constant == null ? null : constant.name());
  }

  public JsonWriter value(boolean flag) {
    return literal(flag ? TRUE : FALSE);
  }

  public JsonWriter value(long number) {
    separate();
    if (number == Long.MIN_VALUE) {
      ascii(Long.toString(number));
    } else {
      ensure(PlainDigits.MOST_BYTES);
      size = PlainDigits.write(number, 0, bytes, size);
    }
    needsComma = true;
    return this;
  }

  public JsonWriter value(Long number) {
    return number == null ? nullValue() : value(number.longValue());
  }

  /** A decimal string, plain, without trailing zeros. */
  public JsonWriter value(BigDecimal decimal) {
    if (decimal == null) {
      return nullValue();
    }
    separate();
    put('"');
    plain(decimal);
    put('"');
    needsComma = true;
    return this;
  }

  /**
   * A number at 12 decimals HALF_EVEN, plain; a value that is not finite is null, JSON has no name
   * for it.
   */
  public JsonWriter value(Double number) {
    if (number == null || !Double.isFinite(number)) {
      return nullValue();
    }
    separate();
    plain(Decimals.onWire(number));
    needsComma = true;
    return this;
  }

  /**
   * Any tree, keys in ascending order of their UTF-16 units, so that equal content has equal bytes.
   */
  public JsonWriter tree(JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return nullValue();
    }
    if (node.isTextual()) {
      return value(node.textValue());
    }
    if (node.isBoolean()) {
      return value(node.booleanValue());
    }
    if (node.isNumber()) {
      separate();
      plain(node.decimalValue());
      needsComma = true;
      return this;
    }
    if (node.isArray()) {
      beginArray();
      node.forEach(this::tree);
      return endArray();
    }
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    Collections.sort(keys);
    beginObject();
    for (String key : keys) {
      separate();
      string(key);
      put(':');
      needsComma = false;
      tree(node.get(key));
    }
    return endObject();
  }

  /** How many bytes there are so far. */
  public int size() {
    return size;
  }

  /**
   * A part of canonical JSON that is written often and was encoded once, up to where a value
   * follows. It has the commas that it needs.
   */
  public JsonWriter part(byte[] json) {
    put(json, json.length);
    needsComma = false;
    return this;
  }

  /** The part that an element of an array or a value begins with, up to where one follows in it. */
  public JsonWriter first(byte[] json) {
    separate();
    return part(json);
  }

  /** The part that ends a value. */
  public JsonWriter last(byte[] json) {
    put(json, json.length);
    needsComma = true;
    return this;
  }

  /** Takes back the end of the object that was ended last: it has more fields. */
  public JsonWriter reopenObject() {
    if (size == 0 || bytes[size - 1] != '}') {
      throw new IllegalStateException("no object has just been ended");
    }
    size--;
    needsComma = true;
    return this;
  }

  /** Feeds what is written so far to a digest. */
  public void digestInto(MessageDigest digest) {
    digest.update(bytes, 0, size);
  }

  /** Canonical JSON that was written before, as it is. */
  public JsonWriter raw(byte[] json) {
    separate();
    put(json, json.length);
    needsComma = true;
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** What part of JSON is in UTF-8, for {@link #part}. */
  public static byte[] encoded(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private JsonWriter literal(byte[] word) {
    separate();
    put(word, word.length);
    needsComma = true;
    return this;
  }

  private void separate() {
    if (needsComma) {
      put(',');
    }
  }

  /** Whatever is remembered of a text is of that very object, so that it is never out of date. */
  private void known(String text) {
    if (written == null) {
      string(text);
      return;
    }
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & REMEMBERED - 1;
    if (written[place] == text) {
      put(encoded[place], encoded[place].length);
      return;
    }
    int start = size;
    string(text);
    if (written[place] == null && text.length() <= LONGEST_REMEMBERED) {
      written[place] = text;
      encoded[place] = Arrays.copyOfRange(bytes, start, size);
    }
  }

  private void string(String text) {
    ensure(text.length() + 3);
    bytes[size++] = '"';
    for (int i = plainPrefix(text); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (c < 0x20) {
        control(c);
      } else if (c < 0x80) {
        put(c);
      } else {
        i += multiByte(text, i) - 1;
      }
    }
    put('"');
  }

  /**
   * Writes what comes before the first character that is more than one byte; returns its length.
   */
  private int plainPrefix(String text) {
    int length = text.length();
    byte[] target = bytes;
    int at = size;
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      target[at++] = (byte) c;
    }
    size = at;
    return i;
  }

  private void control(char c) {
    put('\\');
    switch (c) {
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        ascii("u00");
        put(HEX[c >> 4]);
        put(HEX[c & 0xf]);
      }
    }
  }

  /** Writes the code point at i and returns how many UTF-16 units it took. */
  private int multiByte(String text, int i) {
    int point = text.codePointAt(i);
    if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      throw new IllegalArgumentException("unpaired surrogate at position " + i + " of a string");
    }
    if (point < 0x800) {
      put(0xc0 | point >> 6);
    } else if (point < 0x10000) {
      put(0xe0 | point >> 12);
      put(0x80 | point >> 6 & 0x3f);
    } else {
      put(0xf0 | point >> 18);
      put(0x80 | point >> 12 & 0x3f);
      put(0x80 | point >> 6 & 0x3f);
    }
    put(0x80 | point & 0x3f);
    return Character.charCount(point);
  }

  private void plain(BigDecimal decimal) {
    ensure(PlainDigits.MOST_BYTES);
    int end = PlainDigits.write(decimal, bytes, size);
    if (end < 0) {
      ascii(Decimals.plain(decimal));
    } else {
      size = end;
    }
  }

  private void ascii(String text) {
    int length = text.length();
    ensure(length);
    byte[] target = bytes;
    int at = size;
    for (int i = 0; i < length; i++) {
      target[at++] = (byte) text.charAt(i);
    }
    size = at;
  }

  private void put(int b) {
    ensure(1);
    bytes[size++] = (byte) b;
  }

  private void put(byte[] source, int length) {
    ensure(length);
    System.arraycopy(source, 0, bytes, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
