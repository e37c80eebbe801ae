package io.sluice.domain.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.LongStream;

/** Exact decimals as the contract writes and reads them. */
public final class Decimals {
  /** The scale of every division whose result is money: 18 decimals, HALF_EVEN. */
  public static final int DIVISION_SCALE = 18;

  /**
   * The most significant digits a decimal on the wire may have, and the most of them behind the
   * point.
   */
  public static final int MAX_DIGITS = 38;

  private static final int MAX_SCALE = 18;
  private static final int DOUBLE_DECIMALS = 12;
  private static final long TEN_TO_12 = 1_000_000_000_000L;
  private static final int MIN_SHIFT = 30;

  /** So many digits any double holds. */
  private static final int EXACT_DIGITS = 15;

  /** Of which the highest 52, those above a long number, are a double without a loss. */
  private static final int MOST_SPLIT_BITS = 116;

  private static final double TWO_TO_32 = 0x1p32;
  private static final double TWO_TO_MINUS_100 = 0x1p-100;

  private Decimals() {}

  /**
   * Plain notation without trailing zeros: {@code 0.50 -> 0.5}, {@code 1E+3 -> 1000}, {@code 0.00
   * -> 0}.
   */
  public static String plain(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    String text = value.toPlainString();
    if (value.scale() <= 0) {
      return text;
    }
    // Zeros are cut off the text: to divide them out of a long number takes many times longer.
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static final int LONG_DIGITS = 18;

  private static final long[] POWERS_OF_TEN =
      LongStream.iterate(1, power -> power * 10).limit(LONG_DIGITS + 1).toArray();

  /** Whether it is at most 18 digits long, as nearly all there are, and none of them is cut off. */
  static boolean isShort(BigDecimal value) {
    return value.scale() >= 0 && value.scale() <= LONG_DIGITS && value.precision() <= LONG_DIGITS;
  }

  /**
   * The unscaled value of one that is short; without the big integer that it would pass through.
   */
  static long unscaled(BigDecimal value) {
    return value.scaleByPowerOfTen(value.scale()).longValue();
  }

  /** Whether it is at most 18 digits long with so many of them behind the point. */
  private static boolean isShortAt(int scale, BigDecimal value) {
    return isShort(value) && value.precision() + scale - value.scale() <= LONG_DIGITS;
  }

  private static long unscaledAt(int scale, BigDecimal value) {
    return unscaled(value) * POWERS_OF_TEN[scale - value.scale()];
  }

  /** 10^exponent, for 0 to 18. */
  static long powerOfTen(int exponent) {
    return POWERS_OF_TEN[exponent];
  }

  /** How many digits a number of at least 0 has. */
  static int digits(long number) {
    long positive = number | 1;
    // A binary digit is log10(2) of a decimal one, 1233 / 4096; one too few at most.
    int fewest = (Long.SIZE - Long.numberOfLeadingZeros(positive)) * 1233 >>> 12;
    return fewest < POWERS_OF_TEN.length && positive >= POWERS_OF_TEN[fewest] ? fewest + 1 : fewest;
  }

  /**
   * Reads a plain decimal: an optional minus, digits without a needless leading zero, an optional
   * point with digits; at most 38 digits, 18 of them behind the point. Returns null where the text
   * is anything else.
   */
  public static BigDecimal parse(String text) {
    return isPlain(text) ? new BigDecimal(text) : null;
  }

  private static boolean isPlain(String text) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    int point = -1;
    for (int i = start; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    int whole = (point < 0 ? length : point) - start;
    int fraction = point < 0 ? 0 : length - point - 1;
    boolean needlessZero = whole > 1 && text.charAt(start) == '0';
    return whole > 0
        && !needlessZero
        && (point < 0 || fraction > 0)
        && fraction <= MAX_SCALE
        && whole + fraction <= MAX_DIGITS;
  }

  /**
   * A double as the wire carries it: rounded to 12 decimals HALF_EVEN. A double that feeds a
   * decision is rounded before it is used, so that the recorded value derives the same decision.
   */
  public static double canonical(double value) {
    return Double.isFinite(value) ? onWire(value).doubleValue() : value;
  }

  /**
   * Null in place of what the wire cannot carry, NaN and the infinities: it counts as not known, so
   * that the recorded value derives the same decision.
   */
  public static Double finite(Double value) {
    return value != null && Double.isFinite(value) ? value : null;
  }

  /** The same as an exact decimal; the value has to be finite. */
  public static BigDecimal onWire(double value) {
    int shift = 52 - Math.getExponent(value);
    boolean fitsLong = shift >= MIN_SHIFT && shift < Long.SIZE - 1;
    return fitsLong ? roundedShift(value, shift) : rounded(value);
  }

  /**
   * The same in 128 bits for values from 0.001 to eight million, nearly all there are: the double
   * is a whole number over 2^shift.
   */
  private static BigDecimal roundedShift(double value, int shift) {
    long significand = Double.doubleToLongBits(value) & (1L << 52) - 1 | 1L << 52;
    long high = Math.multiplyHigh(significand, TEN_TO_12);
    long low = significand * TEN_TO_12;
    long quotient = high << Long.SIZE - shift | low >>> shift;
    long rest = low & (1L << shift) - 1;
    long half = 1L << shift - 1;
    if (rest > half || rest == half && (quotient & 1) == 1) {
      quotient++;
    }
    return BigDecimal.valueOf(value < 0 ? -quotient : quotient, DOUBLE_DECIMALS);
  }

  /**
   * The double nearest to a decimal, as {@link BigDecimal#doubleValue} has it, without the text
   * that it makes of one with more than 15 digits.
   *
   * <p>The digits are split into three doubles without a loss and divided with the error of the
   * division (T. J. Dekker, A floating-point technique for extending the available precision,
   * 1971); what is left out is less than 2^-100 of the value. Where that could decide which of two
   * doubles is the nearer one, the text decides.
   */
  public static double toDouble(BigDecimal value) {
    int scale = value.scale();
    if (scale < 0 || scale > LONG_DIGITS || value.precision() <= EXACT_DIGITS) {
      return value.doubleValue();
    }
    BigInteger unscaled = value.unscaledValue();
    if (unscaled.bitLength() > MOST_SPLIT_BITS) {
      return value.doubleValue();
    }
    long low = unscaled.longValue();
    long high = unscaled.shiftRight(Long.SIZE).longValue();
    if (unscaled.signum() < 0) {
      low = -low;
      high = low == 0 ? -high : ~high;
    }
    double middle = (low >>> Integer.SIZE) * TWO_TO_32;
    double last = low & 0xffff_ffffL;
    double rest = middle + last;
    double restError = last - (rest - middle);
    double top = high * TWO_TO_32 * TWO_TO_32;
    double sum = top + rest;
    double error = rest - (sum - top) + restError;
    double divisor = POWERS_OF_TEN[scale];
    double quotient = sum / divisor;
    double correction = (Math.fma(-quotient, divisor, sum) + error) / divisor;
    double doubt = quotient * TWO_TO_MINUS_100;
    double nearest = quotient + (correction + doubt);
    if (nearest != quotient + (correction - doubt)) {
      return value.doubleValue();
    }
    return unscaled.signum() < 0 ? -nearest : nearest;
  }

  static BigDecimal rounded(double value) {
    return new BigDecimal(value).setScale(DOUBLE_DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** {@code a / b} at scale 18, HALF_EVEN. */
  public static BigDecimal divide(BigDecimal a, BigDecimal b) {
    return a.divide(b, DIVISION_SCALE, RoundingMode.HALF_EVEN);
  }

  /** The largest multiple of {@code step} that is at most {@code value}; step above 0. */
  public static BigDecimal floorTo(BigDecimal value, BigDecimal step) {
    int scale = Math.max(value.scale(), step.scale());
    if (isShortAt(scale, value) && isShortAt(scale, step)) {
      long whole = Math.floorDiv(unscaledAt(scale, value), unscaledAt(scale, step));
      return BigDecimal.valueOf(whole * unscaled(step), step.scale());
    }
    BigDecimal steps = value.divide(step, 0, RoundingMode.FLOOR);
    return steps.multiply(step);
  }

  /** The multiple of {@code step} nearest to {@code value}, HALF_EVEN; step above 0. */
  public static BigDecimal roundTo(BigDecimal value, BigDecimal step) {
    return value.divide(step, 0, RoundingMode.HALF_EVEN).multiply(step);
  }

  public static boolean isMultiple(BigDecimal value, BigDecimal step) {
    int scale = Math.max(value.scale(), step.scale());
    if (isShortAt(scale, value) && isShortAt(scale, step)) {
      // Prices and quantities are all short, and a remainder of long numbers is dear.
      return unscaledAt(scale, value) % unscaledAt(scale, step) == 0;
    }
    return value.remainder(step).signum() == 0;
  }
}
