package io.sluice.jobs.input;

import io.sluice.domain.json.Decimals;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads decimals of CSV files exactly and straight from bytes. Unlike the wire they may have any
 * number of trailing zeros and an exponent; like on the wire their value has at most 38 digits, 18
 * of them behind the point.
 */
final class ExactDecimal {
  private static final int MAX_SCALE = 18;
  private static final int MAX_LONG_DIGITS = 18;
  private static final int MAX_CHARACTERS = 100;
  private static final Pattern ANY =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?");

  private ExactDecimal() {}

  /**
   * The value without trailing zeros behind its point, or null where the bytes are no such decimal.
   */
  static BigDecimal parse(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int start = negative ? from + 1 : from;
    if (to - start > MAX_LONG_DIGITS + 1) {
      return parseAny(bytes, from, to);
    }
    int point = -1;
    int scale = 0;
    long digits = 0;
    long value = 0;
    for (int i = start; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        if (point < 0) {
          value = digits;
        } else if (digit != 0) {
          value = digits;
          scale = i - point;
        }
      } else if (bytes[i] == '.' && point < 0) {
        point = i;
      } else {
        return parseAny(bytes, from, to);
      }
    }
    int whole = (point < 0 ? to : point) - start;
    boolean needlessZero = whole > 1 && bytes[start] == '0';
    if (whole == 0 || whole > MAX_LONG_DIGITS || needlessZero || point == to - 1) {
      return parseAny(bytes, from, to);
    }
    return BigDecimal.valueOf(negative ? -value : value, scale);
  }

  private static BigDecimal parseAny(byte[] bytes, int from, int to) {
    if (to - from > MAX_CHARACTERS) {
      return null;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    if (!ANY.matcher(text).matches()) {
      return null;
    }
    BigDecimal value = new BigDecimal(text).stripTrailingZeros();
    int whole = value.precision() - value.scale();
    int scale = Math.max(value.scale(), 0);
    if (scale > MAX_SCALE || Math.max(whole, 1) + scale > Decimals.MAX_DIGITS) {
      return null;
    }
    return value.setScale(scale);
  }
}
