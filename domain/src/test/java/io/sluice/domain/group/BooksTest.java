package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cash, profit, fees and equity, against numbers computed by hand; snapshots and paper fills. */
class BooksTest {
  private static void books(
      GroupUnderTest group, String cash, String realised, String fees, String equity) {
    assertThat(group.book().cash()).isEqualByComparingTo(cash);
    assertThat(group.book().realised()).isEqualByComparingTo(realised);
    assertThat(group.book().fees()).isEqualByComparingTo(fees);
    assertThat(group.book().equity()).isEqualByComparingTo(equity);
  }

  private static void fill(GroupUnderTest group, Side side, String qty, String price, String fee) {
    group.fill("f-" + group.entries().size(), null, BTC, side, qty, price, fee);
  }

  @Test
  void a_cash_account_pays_in_full() {
    GroupUnderTest group = setup().cash("1000").start();
    fill(group, Side.BUY, "4", "100", "0.4");
    books(group, "599.6", "0", "0.4", "999.6");
    group.trade(BTC, "110");
    books(group, "599.6", "0", "0.4", "1039.6");
    assertThat(group.book().unrealised()).isEqualByComparingTo("40");
    fill(group, Side.SELL, "1", "120", "0.12");
    books(group, "719.48", "20", "0.52", "1049.48");
    fill(group, Side.SELL, "3", "90", "0.27");
    books(group, "989.21", "-10", "0.79", "989.21");
  }

  @Test
  void a_margin_account_keeps_its_cash_and_books_profit() {
    GroupUnderTest group = setup().start();
    fill(group, Side.SELL, "4", "100", "1");
    books(group, "9999", "0", "1", "9999");
    group.trade(BTC, "90");
    books(group, "9999", "0", "1", "10039");
    fill(group, Side.BUY, "6", "95", "2");
    books(group, "10017", "20", "3", "10007");
    assertThat(group.position(BTC)).isEqualByComparingTo("2");
    assertThat(group.book().unrealised()).isEqualByComparingTo("-10");
  }

  @Test
  void a_round_trip_counts_its_fees_from_the_opening_on() {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    fill(group, Side.BUY, "1", "100", "0.6");
    fill(group, Side.SELL, "1", "101", "0.5");
    assertThat(group.book().lossesInARow()).isEqualTo(1);
    fill(group, Side.BUY, "2", "100", "0");
    fill(group, Side.SELL, "1", "90", "0");
    assertThat(group.book().lossesInARow()).isEqualTo(1);
    fill(group, Side.SELL, "2", "111", "0");
    assertThat(group.book().lossesInARow()).as("a flip ends the round trip: -10 + 11").isZero();
    fill(group, Side.BUY, "1", "111", "0");
    assertThat(group.book().lossesInARow()).as("no profit, no loss").isZero();
  }

  @Test
  void the_first_snapshot_sets_the_books_and_fills_before_it_are_in_it() {
    GroupUnderTest group = setup().unknownBooks().start();
    long before = group.nowUs();
    group.advance(10 * SECOND);
    group.fill("demo", "late", null, BTC, Side.BUY, "1", "90", "0", group.nowUs() + SECOND);
    group.snapshot("demo", "5000", "{'X:BTC': ['2', '80']}");

    assertThat(group.position(BTC))
        .as("2 and the fill after the snapshot")
        .isEqualByComparingTo("3");
    group.fill("demo", "old", null, BTC, Side.BUY, "1", "90", "0", before);
    assertThat(group.position(BTC)).isEqualByComparingTo("3");
    group.fill("demo", "same", null, BTC, Side.BUY, "1", "90", "0", group.nowUs());
    assertThat(group.position(BTC)).isEqualByComparingTo("3");
    group.fill("demo", "new", null, BTC, Side.BUY, "1", "90", "0", group.nowUs() + 1);
    assertThat(group.position(BTC)).isEqualByComparingTo("4");
    assertThat(group.book().cash()).isEqualByComparingTo("5000");
  }

  @Test
  void fills_before_any_snapshot_survive_a_restart() {
    GroupUnderTest group = setup().unknownBooks().start();
    group.fill("demo", "late", null, BTC, Side.BUY, "1", "90", "0", group.nowUs() + SECOND);
    group.storeAndRestore();
    group.snapshot("demo", "5000", "{}");

    assertThat(group.position(BTC)).isEqualByComparingTo("1");
  }

  @Test
  void later_snapshots_are_compared_and_change_nothing() {
    GroupUnderTest group = setup().start();
    group.fill("f", null, BTC, Side.BUY, "2", "100", "0");
    group.advance(SECOND).snapshot("demo", "10000", "{'X:BTC': ['2', '100']}");
    assertThat(group.events()).isEmpty();

    group.snapshot("demo", "9000", "{'X:BTC': ['3', '100'], 'X:ETH': ['1', '10']}");
    assertThat(group.events(Event.Type.RECON_BREAK))
        .extracting(Event::instrument)
        .containsExactly(null, BTC, ETH);
    assertThat(group.position(BTC)).isEqualByComparingTo("2");
    assertThat(group.book().cash()).isEqualByComparingTo("10000");
  }

  @Test
  void a_status_that_names_another_instrument_than_its_order_is_a_break_and_frees_nothing() {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.buy("2").id("o").send();
    group.fold(
        "orders",
        new OrderStatus(
            "o",
            "demo",
            ETH,
            OrderStatus.Status.CANCELLED,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            group.nowUs()),
        null);

    assertThat(group.book().orders().of("o").terminal()).isFalse();
    assertThat(group.events(Event.Type.RECON_BREAK))
        .singleElement()
        .satisfies(
            event ->
                assertThat(new String(event.detail(), StandardCharsets.UTF_8))
                    .contains("the status is not taken: it names X:ETH, the order is in X:BTC"));
    group.status("o", OrderStatus.Status.CANCELLED, "0");
    assertThat(group.book().orders().of("o").terminal()).isTrue();
  }

  @Test
  void a_bound_of_nothing_on_a_day_s_or_week_s_loss_holds_from_the_start_and_every_day() {
    for (String limit : List.of("max_daily_loss", "max_weekly_loss")) {
      GroupUnderTest group = setup().limit("firm", limit, "{bound: '0', release: '1d'}").start();
      for (int day = 0; day < 3; day++) {
        group.trade(BTC, "100");
        assertThat(group.buy("1").send().ruling().verdict())
            .as("%s on day %d", limit, day)
            .isNotIn(Verdict.ALLOW, Verdict.SHRINK);
        group.advance(GroupUnderTest.DAY);
        group.storeAndRestore();
      }
    }
    GroupUnderTest group = setup().limit("firm", "max_daily_loss", "0").start();
    for (int day = 1; day < 4; day++) {
      group.trade(BTC, "100");
      assertThat(group.buy("1").send().ruling().reasons()).containsExactly("R21");
      group.advance(GroupUnderTest.DAY);
    }
  }

  @Test
  void the_first_price_of_a_position_from_a_snapshot_is_neither_profit_nor_loss() {
    GroupUnderTest group =
        setup()
            .limit("firm", "max_daily_loss", "100")
            .limit("firm", "max_drawdown", "0.01")
            .unknownBooks()
            .start();
    group.snapshot("demo", "10000", "{'X:BTC': ['10', '200']}");
    group.trade(BTC, "100");
    assertThat(group.events()).as("1,000 below what it once cost").isEmpty();
    assertThat(group.state().aggregates().dailyLoss(Scope.FIRM)).isEqualByComparingTo("0");

    GroupUnderTest gained = setup().limit("firm", "max_daily_loss", "100").unknownBooks().start();
    gained.snapshot("demo", "10000", "{'X:BTC': ['10', '50']}");
    gained.storeAndRestore();
    gained.trade(BTC, "100");
    gained.trade(BTC, "89");
    assertThat(gained.events(Event.Type.BREACH)).as("and lends no room to lose").hasSize(1);
  }

  @Test
  void a_new_account_s_money_is_no_profit_of_the_firm() {
    GroupUnderTest group =
        setup()
            .with(
                "accounts",
                """
                [{id: 'demo', profile: 'p', currency: 'USD', cash: '100'},
                 {id: 'other', profile: 'p', currency: 'USD', cash: '900'}]
                """)
            .start();

    assertThat(group.state().aggregates().equity(Scope.FIRM)).isEqualByComparingTo("1000");
    assertThat(group.state().aggregates().peakEquity(Scope.FIRM)).isEqualByComparingTo("1000");
    assertThat(group.state().aggregates().dailyLoss(Scope.FIRM)).isEqualByComparingTo("0");
  }

  private static GroupUnderTest paper(String execution) {
    GroupUnderTest group = setup().with("execution", execution).start();
    group.trade(BTC, "100");
    return group;
  }

  private static final String COSTS =
      "{mode: 'paper', latency_ms: 250, fee: '0.001', slippage: '0.0005'}";

  @Test
  void a_paper_tick_fills_all_that_was_approved_at_the_price_moved_against_the_order() {
    GroupUnderTest group = setup().with("execution", COSTS).limit("firm", "max_qty", "3").start();
    group.trade(BTC, "100");
    assertThat(group.buy("5").id("a").send().ruling().verdict()).isEqualTo(Verdict.SHRINK);

    group.tick("a", PaperTick.Status.FILLED, "200");
    assertThat(group.position(BTC)).isEqualByComparingTo("3");
    // 200 moved by 0.1 against the buyer; a fee of 0.001 on 600.3.
    books(group, "9999.3997", "0", "0.6003", "9699.0997");
    group.tick("a", PaperTick.Status.FILLED, "200");
    assertThat(group.position(BTC)).isEqualByComparingTo("3");
  }

  @Test
  void a_paper_fill_is_never_beyond_the_limit() {
    GroupUnderTest group = paper(COSTS);
    group.buy("1").limit("100.01").id("a").send();
    group.tick("a", PaperTick.Status.FILLED, "100");
    assertThat(group.book().holding(BTC).position().cost()).isEqualByComparingTo("100.01");

    group.sell("1").limit("99.99").id("b").send();
    group.tick("b", PaperTick.Status.FILLED, "100");
    assertThat(group.book().realised()).isEqualByComparingTo("-0.02");
  }

  @Test
  void a_paper_tick_of_a_refused_order_fills_nothing_and_others_end_theirs() {
    GroupUnderTest group = paper(COSTS);
    group.buy("0.0001").id("refused").send();
    group.tick("refused", PaperTick.Status.FILLED, "100");
    assertThat(group.position(BTC)).isEqualByComparingTo("0");

    for (PaperTick.Status status :
        new PaperTick.Status[] {PaperTick.Status.EXPIRED, PaperTick.Status.CANCELLED}) {
      group.buy("1").id("o" + status).send();
      group.tick("o" + status, status, null);
      assertThat(group.order("o" + status).terminal()).isTrue();
      assertThat(group.order("o" + status).openQty()).isZero();
    }
  }

  @Test
  void a_reduce_only_order_fills_only_what_is_left_to_reduce() {
    GroupUnderTest group = paper("{mode: 'paper', fee: '0', slippage: '0'}");
    group.fill("f", null, BTC, Side.BUY, "5", "100", "0");
    group.sell("5").limit("120").id("target").reduceOnly().send();
    group.sell("3").id("market").send();
    group.tick("market", PaperTick.Status.FILLED, "100");
    assertThat(group.position(BTC)).isEqualByComparingTo("2");

    group.tick("target", PaperTick.Status.FILLED, "120");
    assertThat(group.position(BTC)).isEqualByComparingTo("0");
    assertThat(group.order("target").terminal()).isTrue();
    assertThat(group.book().holding(BTC).sellQty()).isZero();
  }

  @Test
  void an_order_that_was_approved_as_reduce_only_stays_one_when_the_crash_is_over() {
    GroupUnderTest group = paper("{mode: 'paper', fee: '0', slippage: '0'}");
    group.fill("f", null, BTC, Side.BUY, "5", "100", "0");
    group.crashed(BTC, true);
    assertThat(group.sell("5").limit("120").id("target").send().ruling().verdict())
        .isEqualTo(Verdict.REDUCE_ONLY);
    group.crashed(BTC, false);
    group.sell("3").id("market").send();
    group.tick("market", PaperTick.Status.FILLED, "100");
    group.tick("target", PaperTick.Status.FILLED, "120");

    assertThat(group.position(BTC)).isEqualByComparingTo("0");
  }

  @Test
  void ended_orders_are_forgotten_after_the_id_window() {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.buy("1").id("a").send();
    group.buy("1").id("open").send();
    group.fill("a", Side.BUY, "1", "100");
    group.status("a", io.sluice.domain.wire.OrderStatus.Status.DONE, "1");
    group.clock(HOUR);

    assertThat(group.order("a")).isNull();
    assertThat(group.order("open").openQty()).isEqualByComparingTo(BigDecimal.ONE);
  }
}
