package io.sluice.cli.executor;

import static io.sluice.cli.executor.Desk.BTC;
import static io.sluice.cli.executor.Desk.SECOND;
import static io.sluice.cli.executor.Desk.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What the paper venue does with what it is sent; every figure is computed by hand. */
class PaperVenueTest {
  private Desk desk = at(3);

  /** Slippage is 0.1 %, the fee 0.2 %. */
  private static Desk at(int partialFills) {
    Desk desk = new Desk(terms(0, partialFills)).heartbeat().trade("100", "2");
    desk.news();
    return desk;
  }

  private Desk buyFirst(String qty) {
    desk.decide(desk.market("first", Side.BUY, qty)).latency().news();
    return desk;
  }

  @Test
  void nothing_happens_before_the_latency_has_passed() {
    desk.decide(desk.market("a", Side.BUY, "1")).says("a ACKED 0 1");
    desk.advance(99_999).says();
    assertThat(desk.advance(1).news()).hasSize(7);
  }

  @Test
  void a_market_order_is_filled_at_once_in_equal_lots_and_the_rest_in_the_last() {
    desk.decide(desk.market("a", Side.BUY, "1")).latency();

    desk.says(
        "a ACKED 0 1",
        "a ACKED 0 1",
        "a BUY 0.333@100.1",
        "a ACKED 0.333 0.667",
        "a BUY 0.333@100.1",
        "a ACKED 0.666 0.334",
        "a BUY 0.334@100.1",
        "a DONE 1 0");
    assertThat(desk.fills("a"))
        .extracting(Fill::fee)
        .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .as("0.2 % of 33.3333 and of 33.4334")
        .containsExactly(
            new BigDecimal("0.0666666"), new BigDecimal("0.0666666"), new BigDecimal("0.0668668"));
    assertThat(desk.fills("a")).extracting(Fill::feeCurrency).containsOnly("USD");
    assertThat(desk.fills("a")).extracting(Fill::fillId).doesNotHaveDuplicates();
    assertThat(desk.fills("a")).extracting(Fill::eventTimeUs).containsOnly(desk.nowUs());
  }

  @Test
  void a_sale_is_moved_down() {
    desk = at(1);
    desk.decide(desk.market("a", Side.SELL, "1")).latency();
    desk.says("a ACKED 0 1", "a ACKED 0 1", "a SELL 1@99.9", "a DONE 1 0");
  }

  @Test
  void less_than_a_lot_for_each_fill_makes_fewer_fills() {
    desk.decide(desk.market("a", Side.BUY, "0.002")).latency();
    assertThat(desk.fills("a"))
        .extracting(fill -> fill.qty().toPlainString())
        .containsExactly("0.001", "0.001");
  }

  @Test
  void a_market_order_without_a_price_is_rejected() {
    desk = new Desk(terms(0, 1)).heartbeat();
    desk.news();
    desk.decide(desk.market("a", Side.BUY, "1")).latency();
    desk.says("a ACKED 0 1", "a REJECTED 0 0");
  }

  @Test
  void a_limit_order_rests_until_a_trade_crosses_it_and_takes_no_more_than_was_traded() {
    desk = at(2);
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency();
    desk.says("a ACKED 0 1", "a ACKED 0 1");

    desk.trade("99.01", "5").says();
    desk.trade("99", "5").says("a BUY 0.5@99", "a ACKED 0.5 0.5");
    desk.trade("98", "0.2009").says("a BUY 0.2@98.1", "a ACKED 0.7 0.3");
    desk.trade("98", "0").says();
    desk.trade("98", "1").says("a BUY 0.3@98.1", "a DONE 1 0");
    desk.trade("98", "1").says();
  }

  @Test
  void two_orders_share_what_was_traded_in_the_order_they_came() {
    desk = at(1);
    desk.decide(desk.limit("a", Side.SELL, "1", "101"));
    desk.decide(desk.limit("b", Side.SELL, "1", "101")).latency().news();
    desk.trade("102", "1.4")
        .says("a SELL 1@101.9", "a DONE 1 0", "b SELL 0.4@101.9", "b ACKED 0.4 0.6");
  }

  @Test
  void a_fill_is_never_beyond_the_limit() {
    desk = at(1);
    desk.decide(desk.limit("a", Side.BUY, "1", "100.05")).latency();
    desk.says("a ACKED 0 1", "a ACKED 0 1", "a BUY 1@100.05", "a DONE 1 0");
  }

  @Test
  void what_an_ioc_order_does_not_get_at_once_is_cancelled() {
    desk.decide(desk.order("a", Side.BUY, "5", "100", TimeInForce.IOC)).latency();
    desk.says(
        "a ACKED 0 5",
        "a ACKED 0 5",
        "a BUY 1.666@100",
        "a ACKED 1.666 3.334",
        "a BUY 0.334@100",
        "a ACKED 2 3",
        "a CANCELLED 2 0");
  }

  @Test
  void an_ioc_order_that_is_not_crossed_gets_nothing() {
    desk.decide(desk.order("a", Side.BUY, "1", "99.99", TimeInForce.IOC)).latency();
    desk.says("a ACKED 0 1", "a ACKED 0 1", "a CANCELLED 0 0");
  }

  @Test
  void a_fok_order_gets_all_or_nothing() {
    desk = at(1);
    desk.decide(desk.order("a", Side.BUY, "2.001", "100", TimeInForce.FOK)).latency();
    desk.says("a ACKED 0 2.001", "a ACKED 0 2.001", "a CANCELLED 0 0");
    desk.decide(desk.order("b", Side.BUY, "2", "100", TimeInForce.FOK)).latency();
    desk.says("b ACKED 0 2", "b ACKED 0 2", "b BUY 2@100", "b DONE 2 0");
    desk.decide(desk.order("c", Side.BUY, "1", "100", TimeInForce.FOK)).latency();
    desk.says("c ACKED 0 1", "c ACKED 0 1", "c CANCELLED 0 0");
  }

  @Test
  void a_reduce_only_order_never_opens_a_position() {
    desk.decide(desk.reduceOnly(desk.market("a", Side.SELL, "1"))).latency();
    desk.says("a ACKED 0 1", "a REJECTED 0 0");
  }

  @Test
  void a_reduce_only_order_ends_when_there_is_nothing_left_to_reduce() {
    desk = at(1);
    buyFirst("2").decide(desk.reduceOnly(desk.market("a", Side.SELL, "3"))).latency();
    desk.says("a ACKED 0 3", "a ACKED 0 3", "a SELL 2@99.9", "a ACKED 2 1", "a CANCELLED 2 0");
  }

  @Test
  void a_resting_reduce_only_order_ends_at_the_trade_that_finds_the_position_closed() {
    desk = at(1);
    buyFirst("2").decide(desk.reduceOnly(desk.limit("a", Side.SELL, "2", "110"))).latency();
    desk.decide(desk.market("b", Side.SELL, "2")).latency().news();
    desk.trade("111", "5").says("a CANCELLED 0 0");
  }

  @Test
  void a_cancel_ends_the_order_and_says_so() {
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency().news();
    desk.decide(desk.cancel("x", "a")).says("x ACKED 0 0");
    desk.latency().says("a CANCELLED 0 0", "x DONE 0 0");
    desk.trade("90", "5").says();
  }

  @Test
  void a_cancel_that_comes_too_late_is_rejected() {
    desk = at(1);
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency().news();
    desk.decide(desk.cancel("x", "a")).advance(50_000).trade("99", "1").advance(50_000);
    desk.says("x ACKED 0 0", "a BUY 1@99", "a DONE 1 0", "x REJECTED 0 0");
  }

  @Test
  void an_amendment_takes_effect_when_the_venue_acknowledges_it() {
    desk = at(1);
    desk.decide(desk.limit("a", Side.BUY, "2", "99")).latency();
    desk.trade("99", "0.5").news();

    desk.decide(desk.amend("m", "a", Side.BUY, "1", "98"));
    desk.says("a ACKED 0.5 1.5 for m");
    desk.latency().says("m ACKED 0.5 0.5");
    desk.trade("98.5", "5").says();
    desk.trade("98", "5").says("a BUY 0.5@98", "a DONE 1 0");
  }

  @Test
  void an_amendment_below_what_is_filled_by_then_ends_the_order() {
    desk = at(1);
    desk.decide(desk.limit("a", Side.BUY, "2", "99")).latency().trade("99", "0.5").news();
    desk.decide(desk.amend("m", "a", Side.BUY, "1", "99")).trade("99", "0.75").latency();
    desk.says(
        "a ACKED 0.5 1.5 for m",
        "a BUY 0.75@99",
        "a ACKED 1.25 0.75",
        "m ACKED 1.25 0",
        "a DONE 1.25 0");
  }

  @Test
  void an_amendment_of_what_ended_meanwhile_is_rejected() {
    desk = at(1);
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency().news();
    desk.decide(desk.amend("m", "a", Side.BUY, "2", "99")).trade("99", "1").latency();
    desk.says("a ACKED 0 1 for m", "a BUY 1@99", "a DONE 1 0", "m REJECTED 0 0");
  }

  @Test
  void an_amended_order_is_cancelled_under_either_id() {
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency();
    desk.decide(desk.amend("m", "a", Side.BUY, "2", "98")).latency().news();
    desk.decide(desk.cancel("x", "m")).latency();
    desk.says("x ACKED 0 0", "a CANCELLED 0 0", "x DONE 0 0");
  }

  @Test
  void the_share_rejected_is_the_one_asked_for_and_the_same_every_time() {
    int rejected = rejectedOf1000(new Desk(terms(0.2, 1)));
    assertThat(rejected).isBetween(150, 250).isEqualTo(rejectedOf1000(new Desk(terms(0.2, 1))));
    assertThat(rejectedOf1000(new Desk(terms(0, 1)))).isZero();
    assertThat(rejectedOf1000(new Desk(terms(1, 1)))).isEqualTo(1_000);
  }

  private static int rejectedOf1000(Desk desk) {
    desk.heartbeat().trade(BTC, "100", "1");
    for (int i = 0; i < 1_000; i++) {
      desk.decide(desk.market("o" + i, Side.BUY, "1"));
    }
    desk.advance(SECOND);
    return (int) desk.executor().totals().statusCount(Status.REJECTED);
  }
}
