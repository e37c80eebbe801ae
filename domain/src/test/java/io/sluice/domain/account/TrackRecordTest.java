package io.sluice.domain.account;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Round trips, days and risk of an account, against numbers worked out by hand. */
class TrackRecordTest {
  private static final double ROOT_OF_365 = 19.1049731745428;

  private static void roundTrip(GroupUnderTest group, String bought, String sold) {
    group.fill(null, Side.BUY, "1", bought);
    group.fill(null, Side.SELL, "1", sold);
  }

  @Test
  void the_win_rate_is_of_round_trips_that_ended() {
    GroupUnderTest group = setup().start();
    assertThat(group.book().trackRecord().winRate()).isNaN();
    group.fill(null, Side.BUY, "2", "100");
    group.fill(null, Side.SELL, "1", "110");
    assertThat(group.book().trackRecord().roundTrips()).as("not flat yet").isZero();
    // Through flat: one round trip ends, another begins.
    group.fill(null, Side.SELL, "2", "110");
    assertThat(group.book().trackRecord().winRate()).isEqualTo(1);
    group.fill(null, Side.BUY, "1", "120");
    roundTrip(group, "100", "100");
    roundTrip(group, "100", "101");
    assertThat(group.book().trackRecord().roundTrips()).isEqualTo(4);
    assertThat(group.book().trackRecord().winRate()).as("a loss, a draw, two won").isEqualTo(0.5);
  }

  @Test
  void the_sharpe_ratio_is_of_the_returns_of_utc_days() {
    GroupUnderTest group = setup().start();
    roundTrip(group, "100", "200");
    assertThat(group.book().trackRecord().days()).isZero();
    group.clock(DAY);
    assertThat(group.book().trackRecord().returns()).isEqualByComparingTo("0.01");
    assertThat(group.book().trackRecord().sharpeRatio()).as("of one day").isNaN();
    // 202 of 10,100 is 2 %; then a day on which nothing comes.
    roundTrip(group, "100", "302");
    group.clock(2 * DAY);
    TrackRecord record = group.book().trackRecord();
    assertThat(record.days()).isEqualTo(3);
    assertThat(record.returns()).isEqualByComparingTo("0.03");
    assertThat(record.squares()).isEqualByComparingTo("0.0005");
    // Returns of 1, 2 and 0 %: mean and sample deviation are both 1 %.
    assertThat(record.sharpeRatio()).isCloseTo(ROOT_OF_365, within(1e-9));
  }

  @Test
  void returns_that_do_not_differ_have_no_sharpe_ratio() {
    GroupUnderTest group = setup().start();
    group.clock(DAY);
    group.clock(DAY);
    assertThat(group.book().trackRecord().days()).isEqualTo(2);
    assertThat(group.book().trackRecord().sharpeRatio()).isNaN();
    TrackRecord third = TrackRecord.NONE;
    for (int day = 0; day < 3; day++) {
      third = third.withDays(BigDecimal.ONE, BigDecimal.valueOf(3), 1);
    }
    assertThat(third.sharpeRatio()).as("thirds, which do not end").isNaN();
  }

  @Test
  void a_record_is_as_it_was_after_a_restore_and_empty_in_older_state() {
    GroupUnderTest group = setup().start();
    roundTrip(group, "100", "200.123456789");
    group.clock(DAY);
    TrackRecord before = group.book().trackRecord();
    group.storeAndRestore();
    assertThat(group.book().trackRecord())
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(before);

    String stored = new String(group.parts().get("book:demo"), StandardCharsets.UTF_8);
    String older = stored.replaceFirst("\"track_record\":\\{[^}]*\\},", "");
    assertThat(older).isNotEqualTo(stored);
    group.parts().put("book:demo", older.getBytes(StandardCharsets.UTF_8));
    group.restore();
    assertThat(group.book().trackRecord()).isEqualTo(TrackRecord.NONE);
    assertThat(group.book().equity()).isEqualByComparingTo("10100.123456789");
  }

  private static double risk(GroupUnderTest group) {
    return PortfolioRisk.of(group.book(), group.state().aggregates()::sigmaDaily);
  }

  @Test
  void portfolio_risk_is_the_expected_shortfall_of_positions_and_orders_by_equity() {
    GroupUnderTest group = setup().start();
    assertThat(risk(group)).isZero();
    group.trade(BTC, "100");
    group.fill(null, Side.SELL, "10", "100");
    assertThat(risk(group)).as("no volatility is known: all of it").isEqualTo(0.1);
    // Sigma is 2 % a day; the order brings the position closer to flat and adds nothing.
    group.buy("1").limit("100").send();
    assertThat(risk(group)).isCloseTo(0.1 * 2.337802792 * 0.02, within(1e-12));
    group.storeAndRestore();
    assertThat(risk(group)).isCloseTo(0.1 * 2.337802792 * 0.02, within(1e-12));
    // 5 more are reserved on the other side.
    group.sell("5").limit("100").send();
    assertThat(risk(group)).isCloseTo(0.15 * 2.337802792 * 0.02, within(1e-12));
    assertThat(PortfolioRisk.of(group.book(), instrument -> 0.9)).isEqualTo(0.15);
  }

  @Test
  void where_a_stop_is_known_the_risk_is_the_loss_at_it() {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    AccountBook book = group.book();
    book.holding(BTC).setStopDistance(new BigDecimal("0.05"));
    assertThat(PortfolioRisk.of(book, instrument -> 0.02))
        .as("1,000 of 10,000, given up 5 % below")
        .isCloseTo(0.005, within(1e-12));
    book.holding(BTC).setStopDistance(new BigDecimal("3"));
    assertThat(PortfolioRisk.of(book, instrument -> 0.02)).as("no more than all").isEqualTo(0.1);
  }

  @Test
  void where_there_is_no_equity_the_risk_is_without_bound() {
    GroupUnderTest group = setup().start();
    group.fill(null, Side.BUY, "200", "100");
    group.trade(BTC, "40");
    assertThat(group.book().equity()).isNegative();
    assertThat(risk(group)).isInfinite();
  }
}
