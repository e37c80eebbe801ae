package io.sluice.domain.market;

import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MinuteRangeTest {
  private final MinuteRange range = new MinuteRange();

  @Test
  void aPriceCountsForSixtySeconds() {
    range.add(START, new BigDecimal("110"));
    range.add(START, new BigDecimal("90"));
    assertRange(START + 59 * SECOND, "110", "90");
    assertRange(START + 60 * SECOND, "100", "100");
  }

  @Test
  void aSecondOfTheNextMinuteReplacesTheOneAMinuteAgo() {
    range.add(START, new BigDecimal("200"));
    range.add(START + 30 * SECOND, new BigDecimal("101"));
    range.add(START + 60 * SECOND, new BigDecimal("99"));
    assertRange(START + 60 * SECOND, "101", "99");
    assertRange(START + 95 * SECOND, "100", "99");
  }

  private void assertRange(long timeUs, String high, String low) {
    assertThat(range.high(timeUs, new BigDecimal("100"))).isEqualByComparingTo(high);
    assertThat(range.low(timeUs, new BigDecimal("100"))).isEqualByComparingTo(low);
  }
}
