package io.sluice.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Positions as quantity and cost, against numbers computed by hand. */
class PositionTest {
  private static BigDecimal d(String text) {
    return new BigDecimal(text);
  }

  private static void is(Position.Filled filled, String qty, String cost, String realised) {
    assertThat(filled.position().qty()).isEqualByComparingTo(qty);
    assertThat(filled.position().cost()).isEqualByComparingTo(cost);
    assertThat(filled.realised()).isEqualByComparingTo(realised);
  }

  @Test
  void a_long_position_is_built_closed_in_parts_and_flipped() {
    Position.Filled first = Position.FLAT.fill(Side.BUY, d("2"), d("100"));
    is(first, "2", "200", "0");
    Position.Filled second = first.position().fill(Side.BUY, d("1"), d("130"));
    is(second, "3", "330", "0");
    assertThat(second.position().averagePrice()).isEqualByComparingTo("110");

    Position.Filled part = second.position().fill(Side.SELL, d("1"), d("120"));
    is(part, "2", "220", "10");
    assertThat(part.closed()).isFalse();
    assertThat(part.position().averagePrice()).isEqualByComparingTo("110");

    Position.Filled flipped = part.position().fill(Side.SELL, d("5"), d("100"));
    is(flipped, "-3", "-300", "-20");
    assertThat(flipped.closed()).isTrue();
    assertThat(flipped.position().averagePrice()).isEqualByComparingTo("100");
  }

  @Test
  void a_short_position_profits_from_a_fall() {
    Position shorted = Position.FLAT.fill(Side.SELL, d("4"), d("50")).position();
    is(shorted.fill(Side.BUY, d("1"), d("45")), "-3", "-150", "5");
    is(shorted.fill(Side.BUY, d("4"), d("60")), "0", "0", "-40");
    is(shorted.fill(Side.BUY, d("6"), d("40")), "2", "80", "40");
  }

  @Test
  void thirds_leave_nothing_behind_when_the_position_is_closed() {
    Position held = Position.FLAT.fill(Side.BUY, d("3"), d("33.33")).position();
    Position.Filled first = held.fill(Side.SELL, d("1"), d("33.33"));
    Position.Filled second = first.position().fill(Side.SELL, d("1"), d("33.33"));
    Position.Filled last = second.position().fill(Side.SELL, d("1"), d("33.33"));

    is(last, "0", "0", last.realised().toPlainString());
    assertThat(first.realised().add(second.realised()).add(last.realised()))
        .isEqualByComparingTo("0");
    assertThat(Position.FLAT.averagePrice()).isNull();
  }

  @Property(tries = 300)
  void profit_is_what_came_in_less_what_went_out(
      @ForAll @Size(min = 1, max = 20)
          java.util.List<@IntRange(min = -50, max = 50) Integer> fills) {
    Position position = Position.FLAT;
    BigDecimal realised = BigDecimal.ZERO;
    BigDecimal flow = BigDecimal.ZERO;
    BigDecimal qty = BigDecimal.ZERO;
    int i = 0;
    for (int fill : fills) {
      if (fill == 0) {
        continue;
      }
      BigDecimal price = BigDecimal.valueOf(100 + 7 * i++ % 13);
      BigDecimal signed = BigDecimal.valueOf(fill);
      Position.Filled filled = position.fill(fill > 0 ? Side.BUY : Side.SELL, signed.abs(), price);
      position = filled.position();
      realised = realised.add(filled.realised());
      flow = flow.subtract(signed.multiply(price));
      qty = qty.add(signed);
      assertThat(position.qty()).isEqualByComparingTo(qty);
      assertThat(position.cost().signum()).isEqualTo(qty.signum());
      // What was paid is realised or still in the cost, to the last digit.
      assertThat(realised).isEqualByComparingTo(flow.add(position.cost()));
    }
  }
}
