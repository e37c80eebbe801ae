package io.sluice.domain.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The quick ways of comparing and rounding come to what the plain ones do. */
class QuickArithmeticTest {
  @Property(tries = 20_000)
  void differences_compare_as_decimals_do(
      @ForAll long of,
      @ForAll @IntRange(max = 18) int scale,
      @ForAll long less,
      @ForAll @IntRange(max = 18) int otherScale,
      @ForAll @IntRange(max = 60) int wide,
      @ForAll @LongRange(min = -2, max = 2) long away) {
    BigDecimal a = new BigDecimal(BigInteger.valueOf(of).shiftLeft(wide), scale);
    BigDecimal b = BigDecimal.valueOf(less, otherScale);
    // Two more whose difference is nearly, or just, the same.
    BigDecimal c = a.add(b);
    BigDecimal d = b.add(b).add(BigDecimal.valueOf(away, 18));

    assertThat(new Difference(a, b).isBelow(new Difference(c, d)))
        .isEqualTo(a.subtract(b).compareTo(c.subtract(d)) < 0);
    assertThat(new Difference(a, b).isBelow(new Difference(b, a)))
        .isEqualTo(a.subtract(b).compareTo(b.subtract(a)) < 0);
  }

  @Test
  void differences_that_no_double_tells_apart_are_told_apart() {
    BigDecimal equity = new BigDecimal("123456789.000000000000000001");
    BigDecimal bound = new BigDecimal("2000000000");

    assertThat(
            new Difference(bound, equity).isBelow(new Difference(bound, new BigDecimal(123456789))))
        .isTrue();
    assertThat(new Difference(bound, equity).isBelow(new Difference(bound, equity))).isFalse();
  }

  @Property(tries = 20_000)
  void a_quantity_is_rounded_down_to_the_same_lots(
      @ForAll long value,
      @ForAll @IntRange(max = 20) int scale,
      @ForAll @LongRange(min = 1, max = 1_000_000) long step,
      @ForAll @IntRange(max = 12) int stepScale) {
    for (long digits : new long[] {value, value / 1_000_000_000, value % 1_000}) {
      BigDecimal quantity = BigDecimal.valueOf(digits, scale);
      BigDecimal lot = BigDecimal.valueOf(step, stepScale);
      // The scale counts too: it shows where a quantity is compared as an object.
      assertThat(Decimals.floorTo(quantity, lot))
          .isEqualTo(quantity.divide(lot, 0, RoundingMode.FLOOR).multiply(lot));
    }
  }
}
