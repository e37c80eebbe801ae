package io.sluice.domain.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes decimals in ASCII as {@link Decimals#plain} has them, digit by digit, without making texts
 * or long numbers of them: a decision has a hundred.
 */
final class PlainDigits {
  /** A sign, nineteen digits, a point, eighteen digits. */
  static final int MOST_BYTES = 39;

  private static final int MOST_DECIMALS = 18;
  private static final int DECIMALS_AT_ONCE = 9;
  private static final long LOW_HALF = 0xffff_ffffL;

  /** The digits of 0 to 99, two of each. */
  private static final byte[] PAIRS = pairs();

  private PlainDigits() {}

  /**
   * @param target has room for {@link #MOST_BYTES} more
   * @return where it ends; -1 and nothing written where it has more than 18 decimals, or more in
   *     front of the point than a long number holds
   */
  static int write(BigDecimal value, byte[] target, int start) {
    int scale = value.scale();
    if (scale < 0 || scale > MOST_DECIMALS) {
      return -1;
    }
    return Decimals.isShort(value)
        ? write(Decimals.unscaled(value), scale, target, start)
        : write(value.unscaledValue(), scale, target, start);
  }

  /**
   * Writes {@code unscaled / 10^scale}.
   *
   * @param unscaled above Long.MIN_VALUE
   * @param scale 0 to 18
   * @return where it ends
   */
  static int write(long unscaled, int scale, byte[] target, int start) {
    long magnitude = Math.abs(unscaled);
    if (scale == 0) {
      return write(unscaled < 0, magnitude, 0, 0, target, start);
    }
    long power = Decimals.powerOfTen(scale);
    long whole = magnitude / power;
    return write(unscaled < 0, whole, magnitude - whole * power, scale, target, start);
  }

  /** In four parts of 32 bits, from the highest. */
  private static int write(BigInteger unscaled, int scale, byte[] target, int start) {
    if (unscaled.bitLength() >= 2 * Long.SIZE) {
      return -1;
    }
    long low = unscaled.longValue();
    long high = unscaled.shiftRight(Long.SIZE).longValue();
    if (unscaled.signum() < 0) {
      low = -low;
      high = low == 0 ? -high : ~high;
    }
    long[] parts = {high >>> Integer.SIZE, high & LOW_HALF, low >>> Integer.SIZE, low & LOW_HALF};
    int first = Math.min(scale, DECIMALS_AT_ONCE);
    long power = Decimals.powerOfTen(first);
    long fraction = divide(parts, power);
    fraction += power * divide(parts, Decimals.powerOfTen(scale - first));
    long whole = parts[2] << Integer.SIZE | parts[3];
    return parts[0] != 0 || parts[1] != 0 || whole < 0
        ? -1
        : write(unscaled.signum() < 0, whole, fraction, scale, target, start);
  }

  /**
   * Puts the quotient in the place of a number and returns the rest.
   *
   * @param divisor at most 10^9, so that nothing overflows
   */
  private static long divide(long[] parts, long divisor) {
    long rest = 0;
    for (int i = 0; i < parts.length; i++) {
      long part = rest << Integer.SIZE | parts[i];
      parts[i] = part / divisor;
      rest = part - parts[i] * divisor;
    }
    return rest;
  }

  private static int write(
      boolean isNegative, long whole, long fraction, int decimals, byte[] target, int start) {
    int at = start;
    if (isNegative) {
      target[at++] = '-';
    }
    int point = at + Decimals.digits(whole);
    digits(whole, target, at, point);
    if (fraction == 0) {
      return point;
    }
    long rest = fraction;
    int left = decimals;
    while (rest % 10 == 0) {
      rest /= 10;
      left--;
    }
    target[point] = '.';
    int end = point + 1 + left;
    digits(rest, target, point + 1, end);
    return end;
  }

  /** Fills a place with the digits of a number, with zeros in front where it has fewer. */
  private static void digits(long number, byte[] target, int start, int end) {
    long rest = number;
    int at = end;
    while (at - start >= 2) {
      long next = rest / 100;
      int pair = 2 * (int) (rest - next * 100);
      target[--at] = PAIRS[pair + 1];
      target[--at] = PAIRS[pair];
      rest = next;
    }
    if (at > start) {
      target[start] = (byte) ('0' + rest);
    }
  }

  private static byte[] pairs() {
    StringBuilder pairs = new StringBuilder();
    for (int number = 0; number < 100; number++) {
      pairs.append(number / 10).append(number % 10);
    }
    return pairs.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
