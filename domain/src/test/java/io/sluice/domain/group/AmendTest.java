package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** An amendment is judged as the order it would become: it is never a way around. */
class AmendTest {
  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    group.trade(ETH, "10");
    return group;
  }

  private static void answer(Decision decision, Verdict verdict, String approved) {
    assertThat(decision.ruling().verdict())
        .as("%s", decision.ruling().outcomes())
        .isEqualTo(verdict);
    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo(approved);
  }

  private static void refused(Decision decision, String why) {
    answer(decision, Verdict.DENY, "0");
    assertThat(GroupUnderTest.outcome(decision, "R01").why()).contains(why);
  }

  private static void open(GroupUnderTest group, String order, String qty) {
    assertThat(group.order(order).openQty()).isEqualByComparingTo(qty);
  }

  @Test
  void submitting_small_and_amending_big_meets_every_limit() {
    for (String limit : new String[] {"max_qty", "max_notional", "max_position_notional"}) {
      GroupUnderTest group =
          priced(setup().limit("firm", limit, limit.equals("max_qty") ? "5" : "500"));
      group.buy("1").limit("100").id("a").send();

      answer(group.amend("a").qty("50").send(), Verdict.SHRINK, "5");
      open(group, "a", "5");
    }
  }

  @Test
  void amending_the_price_up_meets_the_collar_and_the_notional() {
    GroupUnderTest group =
        priced(setup().limit("firm", "collar", "0.05").limit("firm", "max_notional", "1020"));
    group.buy("10").limit("100").id("a").send();

    refusedBy(group.amend("a").limit("106").send(), "R05");
    answer(group.amend("a").limit("104").send(), Verdict.SHRINK, "9.807");
  }

  private static void refusedBy(Decision decision, String rule) {
    answer(decision, Verdict.DENY, "0");
    assertThat(decision.ruling().reasons()).contains(rule);
  }

  @Test
  void until_it_is_acknowledged_the_larger_of_old_and_new_is_reserved() {
    GroupUnderTest group = priced(setup());
    group.buy("5").limit("100").id("a").send();
    group.amend("a").id("up").qty("8").limit("90").send();
    open(group, "a", "8");
    assertThat(group.order("a").openValue())
        .as("8 at 90, not 5 at 100")
        .isEqualByComparingTo("720");

    group.status("up", Status.ACKED, "0");
    open(group, "a", "8");
    assertThat(group.order("a").openValue()).isEqualByComparingTo("720");

    group.amend("a").id("down").qty("2").send();
    open(group, "a", "8");
    group.status("down", Status.ACKED, "0");
    open(group, "a", "2");
  }

  @Test
  void until_it_is_acknowledged_the_worse_price_is_reserved() {
    GroupUnderTest group = priced(setup());
    group.buy("5").limit("90").id("a").send();
    group.amend("a").id("up").limit("100").send();

    assertThat(group.book().holding(BTC).buyValue()).isEqualByComparingTo("500");
    group.status("up", Status.REJECTED, "0");
    assertThat(group.book().holding(BTC).buyValue()).isEqualByComparingTo("450");
  }

  @Test
  void a_higher_price_for_less_is_no_more_than_either() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    group.buy("10").limit("100").id("a").send();
    answer(group.amend("a").limit("110").send(), Verdict.SHRINK, "9.09");

    assertThat(group.book().holding(BTC).buyValue()).isEqualByComparingTo("1000");
    open(group, "a", "10");
  }

  @Test
  void one_that_is_rejected_or_never_sent_leaves_the_order_as_it_was() {
    for (Status status : new Status[] {Status.REJECTED, Status.EXPIRED}) {
      GroupUnderTest group = priced(setup());
      group.buy("5").limit("100").id("a").send();
      group.amend("a").id("up").qty("8").send();
      group.status("up", status, "0");

      open(group, "a", "5");
      assertThat(group.order("a").terminal()).isFalse();
      answer(group.amend("a").qty("6").send(), Verdict.ALLOW, "6");
    }
  }

  @Test
  void the_refusal_of_an_amendment_that_is_reported_again_does_not_end_the_order() {
    for (Status status : new Status[] {Status.REJECTED, Status.EXPIRED}) {
      GroupUnderTest group = priced(setup());
      group.buy("5").limit("100").id("a").send();
      group.amend("a").id("up").qty("8").send();
      group.status("up", status, "0");
      group.status("up", status, "1");

      assertThat(group.order("a").terminal()).isFalse();
      open(group, "a", "5");
      answer(group.amend("a").id("more").qty("6").send(), Verdict.ALLOW, "6");
      group.status("up", status, "0");
      open(group, "a", "6");
      group.status("more", Status.ACKED, "0");
      group.status("up", status, "0");
      open(group, "a", "6");

      group.status("more", Status.CANCELLED, "1");
      open(group, "a", "1");
    }
  }

  @Test
  void fills_before_the_amendment_count_into_its_total() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    group.buy("5").limit("100").id("a").send();
    group.fill("a", Side.BUY, "2", "100");
    refused(group.amend("a").qty("2").send(), "is filled already");

    answer(group.amend("a").qty("20").send(), Verdict.SHRINK, "10");
    open(group, "a", "8");
  }

  @Test
  void fills_between_amendment_and_acknowledgement_leave_no_negative_reservation() {
    GroupUnderTest group = priced(setup());
    group.buy("10").limit("100").id("a").send();
    answer(group.amend("a").id("down").qty("4").send(), Verdict.ALLOW, "4");
    group.fill("a", Side.BUY, "6", "100");
    open(group, "a", "4");
    group.status("down", Status.ACKED, "6");
    open(group, "a", "0");
    assertThat(group.book().holding(BTC).buyQty()).isEqualByComparingTo("0");
  }

  @Test
  void what_the_venue_filled_and_no_fill_has_booked_stays_reserved() {
    GroupUnderTest group = priced(setup());
    group.buy("10").limit("100").id("a").send();
    group.amend("a").id("down").qty("4").send();
    group.status("down", Status.ACKED, "6");
    open(group, "a", "6");
    refused(group.amend("a").qty("5").send(), "is filled already");
  }

  @Test
  void terms_other_than_quantity_and_price_cannot_be_amended() {
    GroupUnderTest group = priced(setup());
    group.buy("5").limit("100").id("a").send();
    group.buy("5").id("market").send();

    refused(group.amend("a").qty("1").side(Side.SELL).send(), "side cannot be amended");
    refused(group.amend("a").qty("1").tif(TimeInForce.IOC).send(), "time_in_force");
    refused(group.amend("a").qty("1").in(ETH).send(), "instrument");
    refused(group.amend("market").limit("90").send(), "market order");
    refused(group.amend("nothing").qty("1").send(), "no order of this account");
    group.status("a", Status.CANCELLED, "0");
    refused(group.amend("a").qty("1").send(), "has ended");
  }

  @Test
  void another_strategy_s_name_does_not_get_around_the_order_s_own_limits() {
    GroupUnderTest group = priced(setup().limit("strategy:demo/s", "max_qty", "5"));
    group.buy("1").limit("100").id("a").send();

    refused(group.amend("a").qty("50").strategy("free").send(), "strategy is not the one");
  }

  @Test
  void only_one_at_a_time() {
    GroupUnderTest group = priced(setup());
    group.buy("5").limit("100").id("a").send();
    group.amend("a").qty("6").send();

    refused(group.amend("a").qty("7").send(), "waits for an amendment");
  }

  @Test
  void its_id_cannot_be_that_of_an_order() {
    GroupUnderTest group = priced(setup());
    group.buy("5").limit("100").id("a").send();
    group.buy("5").limit("100").id("b").send();
    group.advance(GroupUnderTest.HOUR);
    group.trade(BTC, "100");

    refused(group.amend("a").id("b").qty("6").send(), "is an order of this account already");
  }

  @Test
  void an_amended_reduce_only_order_stays_one() {
    GroupUnderTest group = priced(setup());
    group.fill(null, Side.BUY, "5", "100");
    group.sell("2").limit("100").id("a").reduceOnly().send();

    answer(group.amend("a").qty("9").send(), Verdict.SHRINK, "5");
  }

  @Test
  void on_paper_it_works_at_once_and_only_its_own_watch_fills_it() {
    GroupUnderTest group = priced(setup().paper());
    group.buy("5").limit("100").id("a").send();
    group.amend("a").id("up").qty("8").send();
    open(group, "a", "8");

    group.tick("a", PaperTick.Status.FILLED, "99");
    assertThat(group.position(BTC)).isEqualByComparingTo("0");
    group.tick("up", PaperTick.Status.FILLED, "99");
    assertThat(group.position(BTC)).isEqualByComparingTo("8");
    open(group, "a", "0");
    assertThat(group.order("a").terminal()).isTrue();
  }

  @Test
  void ids_of_earlier_amendments_are_known_after_a_restart() {
    GroupUnderTest group = priced(setup());
    group.buy("5").limit("100").id("a").send();
    group.amend("a").id("one").qty("6").send();
    group.status("one", Status.ACKED, "0");
    group.amend("a").id("two").qty("7").send();
    group.status("two", Status.ACKED, "0");

    group.storeAndRestore();
    assertThat(group.book().orders().of("one")).isNotNull();
    group.status("one", Status.CANCELLED, "3");
    open(group, "a", "3");
  }

  @Test
  void an_amendment_approved_as_reduce_only_makes_the_order_one() {
    GroupUnderTest group = priced(setup().paper());
    group.fill(null, Side.BUY, "2", "100");
    group.sell("1").limit("100").id("a").send();
    assertThat(group.order("a").reduceOnly()).isFalse();

    group.crashed(BTC, true);
    answer(group.amend("a").qty("2").send(), Verdict.REDUCE_ONLY, "2");
    assertThat(group.order("a").reduceOnly()).isTrue();
  }

  @Test
  void its_decision_says_everything_the_venue_has_to_be_told() {
    GroupUnderTest group = priced(setup());
    group.buy("5").send();
    group.fill("i-1", Side.BUY, "5", "100");
    Decision order = group.sell("3").limit("101").reduceOnly().id("a").send();
    Decision amendment = group.amend("a").limit("102").send();
    Decision cancel = group.cancel("a").send();

    assertThat(order.targetIntentId()).isNull();
    assertThat(order.reduceOnly()).isTrue();
    assertThat(amendment.reduceOnly()).as("the order's own").isTrue();
    assertThat(new String(amendment.toJson(), StandardCharsets.UTF_8))
        .contains("\"action\":\"AMEND\",\"target_intent_id\":\"a\",\"side\":\"SELL\"")
        .contains("\"time_in_force\":\"GTC\",\"reduce_only\":true,\"requested_qty\":\"3\"");
    assertThat(cancel.targetIntentId()).isEqualTo("a");
    assertThat(cancel.reduceOnly()).isFalse();
  }
}
