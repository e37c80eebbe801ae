package io.sluice.domain.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.json.Decimals;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The quantity that a value buys has no more decimals than can make a difference. */
class QuantityTest {
  @Property
  void comparesAndRoundsToLotsAsTheWholeQuotientDoes(
      @ForAll @LongRange(min = -1_000, max = Long.MAX_VALUE) long value,
      @ForAll @LongRange(min = 1, max = 1L << 40) long unit,
      @ForAll @IntRange(min = 0, max = 18) int valueScale,
      @ForAll @IntRange(min = 0, max = 9) int decimals,
      @ForAll @LongRange(min = 1, max = 1_000) long lot,
      @ForAll @LongRange(min = 0, max = 1L << 50) long other) {
    BigDecimal worth = BigDecimal.valueOf(value, valueScale);
    BigDecimal unitValue = BigDecimal.valueOf(unit, 4);
    BigDecimal step = BigDecimal.valueOf(lot, decimals);
    BigDecimal filled = BigDecimal.valueOf(other, decimals);

    BigDecimal quantity = Quantity.of(worth, unitValue, decimals);
    BigDecimal whole = Quantity.of(worth, unitValue);

    assertThat(quantity.signum()).isEqualTo(whole.signum());
    assertThat(quantity.compareTo(filled) >= 0).isEqualTo(whole.compareTo(filled) >= 0);
    assertThat(Decimals.floorTo(filled.add(quantity), step))
        .isEqualByComparingTo(Decimals.floorTo(filled.add(whole), step));
  }

  @Test
  void isNoLongerThanAnyNumberThatIsWritten() {
    BigDecimal most = new BigDecimal("99999999999999999999999999999999999999");

    BigDecimal quantity = Quantity.of(most, new BigDecimal("0.000000000000000003"), 18);

    assertThat(quantity.precision()).isEqualTo(Decimals.MAX_DIGITS);
    assertThat(quantity).isEqualTo(Quantity.of(most, new BigDecimal("0.000000000000000003")));
    assertThat(Quantity.of(new BigDecimal("-1"), BigDecimal.ONE, 2)).isZero();
  }
}
