package io.sluice.domain.market;

import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.wire.Mark;
import org.junit.jupiter.api.Test;

class MarkSlotsTest {
  private final MarkSlots slots = new MarkSlots();

  @Test
  void theFirstTradeOfASlotIsAMark() {
    assertThat(mark(START, "100")).isNotNull();
    assertThat(mark(START + SECOND - 1, "100")).isNull();
    assertThat(mark(START + SECOND, "100")).isNotNull();
  }

  @Test
  void aTenthOfAPercentFromTheLastMarkIsAMarkAndLessIsNot() {
    mark(START, "100");
    assertThat(mark(START, "100.0999")).isNull();
    assertThat(mark(START, "99.9001")).isNull();
    assertThat(mark(START, "100.1")).isNotNull();
    assertThat(mark(START, "100")).as("0.0999 % from 100.1").isNull();
    assertThat(mark(START, "99.9999")).isNotNull();
  }

  @Test
  void aChangeOfTheCrashStateIsAMarkEitherWay() {
    mark(START, "100");
    assertThat(mark(START, "100", true)).returns(true, Mark::crashed);
    assertThat(mark(START, "100", true)).isNull();
    assertThat(mark(START, "100", false)).returns(false, Mark::crashed);
  }

  @Test
  void aMarkCarriesTheHighAndLowSinceTheOneBefore() {
    mark(START, "100");
    mark(START, "100.05");
    mark(START, "99.95");
    Mark second = mark(START + SECOND, "100");
    assertThat(second.high()).isEqualByComparingTo("100.05");
    assertThat(second.low()).isEqualByComparingTo("99.95");
    Mark third = mark(START + 2 * SECOND, "100.01");
    assertThat(third.high()).isEqualByComparingTo("100.01");
    assertThat(third.low()).isEqualByComparingTo("100.01");
  }

  @Test
  void marksOfASlotAreCountedFromOne() {
    assertThat(mark(START, "100").ordinal()).isEqualTo(1);
    assertThat(mark(START + 1, "101").ordinal()).isEqualTo(2);
    assertThat(mark(START + 2, "102").ordinal()).isEqualTo(3);
    Mark next = mark(START + SECOND + 7, "102");
    assertThat(next.ordinal()).isEqualTo(1);
    assertThat(next.slotUs()).isEqualTo(START + SECOND);
  }

  @Test
  void theRestIsDueOnceTheSlotIsOverAndOnlyIfThereIsOne() {
    mark(START, "100");
    assertThat(slots.isRestDue(START + SECOND)).as("the mark carried all").isFalse();
    mark(START + 1, "100.01");
    assertThat(slots.isRestDue(START + SECOND - 1)).isFalse();
    assertThat(slots.isRestDue(START + SECOND)).isTrue();
    slots.take(trade(START + 1, "100.01"), START + SECOND, false, null);
    assertThat(slots.isRestDue(START + 2 * SECOND)).isFalse();
  }

  private Mark mark(long timeUs, String price) {
    return mark(timeUs, price, false);
  }

  private Mark mark(long timeUs, String price, boolean crashed) {
    var trade = trade(timeUs, price);
    return slots.isDue(trade, timeUs, crashed) ? slots.take(trade, timeUs, crashed, null) : null;
  }
}
