package io.sluice.domain.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The quick ways of writing numbers write what the plain ones do. */
class PlainNotationTest {
  @Property(tries = 20_000)
  void decimalIsPlainWithoutTrailingZeros(
      @ForAll BigInteger unscaled, @ForAll @IntRange(min = -8, max = 40) int scale) {
    BigDecimal value = new BigDecimal(unscaled, scale);
    assertThat(Decimals.plain(value))
        .isEqualTo(unscaled.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
  }

  @Property(tries = 20_000)
  void decimalIsWrittenPlain(
      @ForAll long unscaled, @ForAll @IntRange(min = -3, max = 24) int scale) {
    for (long digits : new long[] {unscaled, unscaled / 1_000_000_000 * 1_000, unscaled % 1_000}) {
      BigDecimal value = BigDecimal.valueOf(digits, scale);
      assertThat(new JsonWriter(1).value(value).toString())
          .isEqualTo("\"" + Decimals.plain(value) + "\"");
    }
  }

  @Property(tries = 20_000)
  void decimalOfAnyLengthIsWrittenPlain(
      @ForAll long high,
      @ForAll long low,
      @ForAll @IntRange(min = 0, max = 64) int shift,
      @ForAll @IntRange(min = 0, max = 20) int scale) {
    BigInteger wide = BigInteger.valueOf(high).shiftLeft(64).add(BigInteger.valueOf(low));
    for (BigInteger digits : new BigInteger[] {wide.shiftRight(shift), roundedOff(wide, shift)}) {
      BigDecimal value = new BigDecimal(digits, scale);
      assertThat(new JsonWriter(1).value(value).toString())
          .isEqualTo("\"" + Decimals.plain(value) + "\"");
    }
  }

  private static BigInteger roundedOff(BigInteger value, int digits) {
    BigInteger power = BigInteger.TEN.pow(digits / 2);
    return value.divide(power).multiply(power);
  }

  @Test
  void longestDecimalsThatAreWrittenDigitByDigit() {
    BigInteger longest = BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.TEN.pow(18));
    BigInteger nines = BigInteger.TEN.pow(18).subtract(BigInteger.ONE);
    for (BigInteger digits :
        new BigInteger[] {
          longest.add(nines),
          longest.add(nines).add(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(63),
          BigInteger.ONE.shiftLeft(64),
          BigInteger.ONE.shiftLeft(126),
          BigInteger.ONE.shiftLeft(127),
          BigInteger.ONE.shiftLeft(128),
          BigInteger.TEN.pow(18),
          nines
        }) {
      for (int scale = 0; scale <= 19; scale++) {
        for (BigDecimal value :
            new BigDecimal[] {
              new BigDecimal(digits, scale), new BigDecimal(digits.negate(), scale)
            }) {
          assertThat(new JsonWriter(1).value(value).toString())
              .isEqualTo("\"" + Decimals.plain(value) + "\"");
        }
      }
    }
  }

  @Property(tries = 5_000)
  void wholeNumberIsWrittenPlain(@ForAll long number) {
    for (long value : new long[] {number, number % 1_000, Long.MIN_VALUE, Long.MAX_VALUE, 0}) {
      assertThat(new JsonWriter(1).value(value).toString()).isEqualTo(Long.toString(value));
    }
  }

  @Property(tries = 5_000)
  void zerosBehindThePointAreCut(
      @ForAll @LongRange(min = -5_000, max = 5_000) long whole,
      @ForAll @IntRange(min = 0, max = 30) int zeros) {
    BigDecimal value = BigDecimal.valueOf(whole).setScale(zeros);
    assertThat(Decimals.plain(value)).isEqualTo(Long.toString(whole));
  }

  @Property(tries = 50_000)
  void nearestDoubleOfAnyDecimalIsFound(
      @ForAll long high,
      @ForAll long low,
      @ForAll @IntRange(min = 0, max = 127) int shift,
      @ForAll @IntRange(min = -2, max = 24) int scale) {
    BigInteger wide = BigInteger.valueOf(high).shiftLeft(64).add(BigInteger.valueOf(low));
    isNearest(new BigDecimal(wide.shiftRight(shift), scale));
  }

  @Property(tries = 50_000)
  void nearestDoubleIsFoundNextToWhereTwoAreAsNear(
      @ForAll @LongRange(min = 1L << 52, max = (1L << 53) - 1) long significand,
      @ForAll @IntRange(min = 0, max = 18) int halvings) {
    // Half way between a double and the next; of at most 18 decimals.
    BigDecimal tie =
        BigDecimal.valueOf(2 * significand + 1)
            .divide(BigDecimal.valueOf(1L << halvings))
            .setScale(18);
    for (BigDecimal value :
        new BigDecimal[] {
          tie, tie.add(tie.ulp()), tie.subtract(tie.ulp()), tie.stripTrailingZeros()
        }) {
      isNearest(value);
      isNearest(value.negate());
    }
  }

  @Property(tries = 20_000)
  void nearestDoubleOfOneThatIsADoubleIsThat(
      @ForAll @DoubleRange(min = -1e15, max = 1e15) double value,
      @ForAll @LongRange(min = -2, max = 2) long away) {
    isNearest(Decimals.rounded(value).setScale(18).add(BigDecimal.valueOf(away, 18)));
  }

  @Test
  void nearestDoublesOfPowersOfTwoAndTheirNeighboursAreFound() {
    for (int exponent = 0; exponent <= 120; exponent++) {
      for (int scale = 0; scale <= 18; scale++) {
        for (int away = -2; away <= 2; away++) {
          BigInteger near = BigInteger.ONE.shiftLeft(exponent).add(BigInteger.valueOf(away));
          isNearest(new BigDecimal(near, scale));
          isNearest(new BigDecimal(near.negate(), scale));
        }
      }
    }
  }

  private static void isNearest(BigDecimal value) {
    assertThat(Double.doubleToRawLongBits(Decimals.toDouble(value)))
        .as(value.toString())
        .isEqualTo(Double.doubleToRawLongBits(value.doubleValue()));
  }

  @Property(tries = 50_000)
  void doubleIsRoundedExactly(@ForAll @DoubleRange(min = -2e6, max = 2e6) double value) {
    assertThat(Decimals.onWire(value)).isEqualTo(Decimals.rounded(value));
  }

  @Property(tries = 50_000)
  void smallDoubleIsRoundedExactly(@ForAll @DoubleRange(min = -1, max = 1) double value) {
    assertThat(Decimals.onWire(value)).isEqualTo(Decimals.rounded(value));
  }

  @Property(tries = 50_000)
  void doubleOfAnyBitsIsRoundedExactly(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      assertThat(Decimals.onWire(value)).isEqualTo(Decimals.rounded(value));
    }
  }

  @Property(tries = 20_000)
  void halvesAreRoundedToEven(@ForAll @LongRange(min = 1, max = 1L << 40) long odd) {
    // k / 2^13 has 13 decimals and ends in 5: the thirteenth is a tie.
    double value = (2 * odd + 1) / 8_192.0;
    assertThat(Decimals.onWire(value)).isEqualTo(Decimals.rounded(value));
  }

  @Test
  void edgesOfTheQuickWay() {
    for (int exponent = -60; exponent <= 60; exponent++) {
      for (double value :
          new double[] {
            Math.scalb(1.0, exponent),
            Math.nextDown(Math.scalb(1.0, exponent)),
            -Math.scalb(1.0, exponent),
            Math.nextUp(Math.scalb(1.0, exponent))
          }) {
        assertThat(Decimals.onWire(value)).isEqualTo(Decimals.rounded(value));
      }
    }
    assertThat(Decimals.onWire(0.0)).isEqualTo(Decimals.rounded(0.0));
    assertThat(Decimals.onWire(-0.0)).isEqualTo(Decimals.rounded(-0.0));
    assertThat(Decimals.onWire(Double.MIN_VALUE)).isEqualTo(Decimals.rounded(Double.MIN_VALUE));
    assertThat(Decimals.onWire(Double.MAX_VALUE)).isEqualTo(Decimals.rounded(Double.MAX_VALUE));
  }
}
