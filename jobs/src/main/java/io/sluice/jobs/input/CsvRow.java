package io.sluice.jobs.input;

import io.sluice.domain.json.UnreadableException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The columns of one CSV row, each read strictly: a wrong one names itself, its value and what was
 * expected. None of the formats quotes, so a comma always separates. Used again for every row.
 */
final class CsvRow {
  private static final int MAX_SHOWN = 64;
  private static final int MAX_LONG_DIGITS = 18;

  private final int columns;
  private final int[] ends;
  private byte[] bytes;
  private int start;

  CsvRow(int columns) {
    this.columns = columns;
    this.ends = new int[columns];
  }

  /** Takes a row, which is not copied. */
  void set(byte[] line, int from, int to) throws UnreadableException {
    bytes = line;
    start = from;
    int column = 0;
    for (int i = from; i < to; i++) {
      if (line[i] == ',') {
        if (column < columns) {
          ends[column] = i;
        }
        column++;
      }
    }
    if (column + 1 != columns) {
      throw new UnreadableException((column + 1) + " columns, expected " + columns, null);
    }
    ends[column] = to;
  }

  boolean isEmpty(int column) {
    return length(column) == 0;
  }

  int length(int column) {
    return ends[column] - from(column);
  }

  BigDecimal positive(int column, String field) throws UnreadableException {
    BigDecimal value = ExactDecimal.parse(bytes, from(column), ends[column]);
    if (value == null || value.signum() <= 0) {
      throw wrong(column, field, "a decimal above 0");
    }
    return value;
  }

  BigDecimal notNegative(int column, String field) throws UnreadableException {
    BigDecimal value = ExactDecimal.parse(bytes, from(column), ends[column]);
    if (value == null || value.signum() < 0) {
      throw wrong(column, field, "a decimal of at least 0");
    }
    return value;
  }

  /** A whole number of 1 to 18 digits, without a sign. */
  long whole(int column, String field, String expected) throws UnreadableException {
    int length = length(column);
    if (length == 0 || length > MAX_LONG_DIGITS) {
      throw wrong(column, field, expected);
    }
    long value = 0;
    for (int i = from(column); i < ends[column]; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw wrong(column, field, expected);
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** True, true or TRUE, and the same of false. */
  boolean flag(int column, String field) throws UnreadableException {
    int from = from(column);
    int length = ends[column] - from;
    if (length == 4 && isWord(from, "true", "TRUE")) {
      return true;
    }
    if (length == 5 && isWord(from, "false", "FALSE")) {
      return false;
    }
    throw wrong(column, field, "true or false");
  }

  /** The column's text, which may be empty. */
  String text(int column, String field) throws UnreadableException {
    int from = from(column);
    for (int i = from; i < ends[column]; i++) {
      if (bytes[i] < 0) {
        return decoded(column, field);
      }
    }
    return new String(bytes, from, ends[column] - from, StandardCharsets.ISO_8859_1);
  }

  /** A copy of the column's bytes. */
  byte[] bytes(int column) {
    return Arrays.copyOfRange(bytes, from(column), ends[column]);
  }

  /** Whether the column holds exactly these bytes. */
  boolean is(int column, byte[] expected) {
    return Arrays.equals(bytes, from(column), ends[column], expected, 0, expected.length);
  }

  UnreadableException wrong(int column, String field, String expected) {
    int from = from(column);
    int shown = Math.min(ends[column] - from, MAX_SHOWN);
    String text = new String(bytes, from, shown, StandardCharsets.UTF_8);
    return new UnreadableException(field + " is \"" + text + "\", expected " + expected, field);
  }

  private int from(int column) {
    return column == 0 ? start : ends[column - 1] + 1;
  }

  /** The first letter may be of either case, the rest are all of one. */
  private boolean isWord(int from, String lower, String upper) {
    byte first = bytes[from];
    if (first != lower.charAt(0) && first != upper.charAt(0)) {
      return false;
    }
    boolean isLower = true;
    boolean isUpper = first == upper.charAt(0);
    for (int i = 1; i < lower.length(); i++) {
      isLower &= bytes[from + i] == lower.charAt(i);
      isUpper &= bytes[from + i] == upper.charAt(i);
    }
    return isLower || isUpper;
  }

  private String decoded(int column, String field) throws UnreadableException {
    int from = from(column);
    try {
      ByteBuffer part = ByteBuffer.wrap(bytes, from, ends[column] - from);
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw wrong(column, field, "valid UTF-8");
    }
  }
}
