package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.json;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.config.Section;
import io.sluice.domain.control.Rollout;
import io.sluice.domain.control.RolloutPlan;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate comes into force step by step: shadow, a share of the orders, all. */
class RolloutTest {
  private static final String PLAN =
      "{plan: [{percent: '0', for: '24h'}, {percent: '5', for: '48h'},"
          + " {percent: '25', for: '72h'}, {percent: '100'}], health: {%s}}";

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.limit("firm", "max_qty", "10").storing().start();
    group.trade(BTC, "100");
    return group;
  }

  private static GroupUnderTest under(String body) {
    GroupUnderTest group = priced(setup());
    group.command("ROLLOUT", "firm", body);
    assertThat(last(group)).startsWith("ROLLOUT {");
    return group;
  }

  private static String last(GroupUnderTest group) {
    List<Event> answers =
        group.events().stream().filter(event -> event.type() != Event.Type.TRADING_STATE).toList();
    Event last = answers.get(answers.size() - 1);
    return last.type() + " " + new String(last.detail(), StandardCharsets.UTF_8);
  }

  private static Rollout rollout(String percent) {
    Rollout rollout = new Rollout();
    rollout.start(
        RolloutPlan.parse(Section.root("t", json("{percent: '" + percent + "'}"))), null, 1);
    return rollout;
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 500",
    "5, 5000",
    "25, 25000",
    "50, 50000",
    "99.99, 99990",
    "0, 0",
    "100, 100000"
  })
  void the_share_of_100_000_orders_is_near_what_it_should_be(String percent, int expected) {
    Rollout rollout = rollout(percent);
    int enforced = 0;
    for (int i = 0; i < 100_000; i++) {
      enforced += rollout.enforces("momentum-" + i) ? 1 : 0;
    }
    assertThat(enforced).isCloseTo(expected, within(400));
  }

  /** By sha256("rollout\n" + id): another hash would change who is enforced at an upgrade. */
  @ParameterizedTest
  @CsvSource({"i-1, 93.15, 93.16", "i-2, 14.82, 14.83", "i-3, 43.6, 43.61"})
  void an_order_is_enforced_from_the_same_share_on_for_ever(String id, String not, String from) {
    assertThat(rollout(not).enforces(id)).isFalse();
    assertThat(rollout(from).enforces(id)).isTrue();
  }

  @Test
  void what_a_phase_enforces_the_next_one_does_too() {
    Rollout few = rollout("5");
    Rollout more = rollout("25");
    for (int i = 0; i < 10_000; i++) {
      assertThat(few.enforces("i-" + i)).isEqualTo(few.enforces("i-" + i));
      assertThat(!few.enforces("i-" + i) || more.enforces("i-" + i)).isTrue();
    }
  }

  @Test
  void in_shadow_everything_passes_and_what_would_have_been_is_written_down() {
    GroupUnderTest group = under("{percent: '0'}");
    Decision decision = group.buy("50").id("o").send();

    assertThat(decision.ruling().verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo("50");
    assertThat(decision.judged().verdict()).isEqualTo(Verdict.SHRINK);
    assertThat(new String(decision.toJson(), StandardCharsets.UTF_8))
        .contains(
            "\"verdict\":\"ALLOW\",\"approved_qty\":\"50\",\"reasons\":[\"R03\"]",
            "\"rollout\":{\"phase\":\"shadow\",\"enforced\":false},"
                + "\"shadow_verdict\":\"SHRINK\",\"shadow_approved_qty\":\"10\"");
    assertThat(group.order("o").openQty()).as("reserved").isEqualByComparingTo("50");
  }

  @Test
  void in_force_a_decision_says_so() {
    Decision decision = priced(setup()).buy("50").send();
    assertThat(new String(decision.toJson(), StandardCharsets.UTF_8))
        .contains(
            "\"rollout\":{\"phase\":\"full\",\"enforced\":true},"
                + "\"shadow_verdict\":null,\"shadow_approved_qty\":null");
  }

  @Test
  void what_nobody_could_execute_and_what_people_stop_is_refused_in_shadow_too() {
    GroupUnderTest group = under("{percent: '0'}");
    refusedAllTheSame(group.buy("0.0001").send(), "R01");
    refusedAllTheSame(group.buy("1").account("nobody").send(), "R01");
    assertThat(group.cancel("none").send().ruling().verdict()).isEqualTo(Verdict.ALLOW);
    refusedAllTheSame(group.buy("1").in(GroupUnderTest.ETH).send(), "R07");
    group.command("HALT", "firm", "{}");
    refusedAllTheSame(group.buy("1").send(), "K01");
  }

  private static void refusedAllTheSame(Decision decision, String rule) {
    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo("0");
    assertThat(decision.ruling().reasons()).contains(rule);
    assertThat(decision.rollout().phase()).isEqualTo("shadow");
    assertThat(decision.rollout().judged()).as("enforced").isNull();
  }

  @Test
  void in_part_the_share_is_refused_and_an_amendment_goes_the_way_of_its_order() {
    GroupUnderTest group = under("{percent: '30'}");
    int enforced = 0;
    for (int i = 0; i < 40; i++) {
      String id = "p-" + i;
      boolean isEnforced = group.state().rollout.enforces(id);
      enforced += isEnforced ? 1 : 0;
      Decision decision = group.buy("50").limit("1").id(id).send();
      assertThat(decision.ruling().approvedQty()).isEqualByComparingTo(isEnforced ? "10" : "50");
      assertThat(decision.rollout().judged() == null).isEqualTo(isEnforced);
      group.status(id, io.sluice.domain.wire.OrderStatus.Status.ACKED, "0");
      Decision amended = group.amend(id).qty("60").send();
      assertThat(amended.ruling().approvedQty()).isEqualByComparingTo(isEnforced ? "10" : "60");
    }
    assertThat(enforced).isBetween(5, 20);
  }

  private static void isIn(GroupUnderTest group, String phase, long untilUs) {
    assertThat(group.buy("1").send().rollout().phase()).isEqualTo(phase);
    assertThat(group.state().nextCrossingUs()).isLessThanOrEqualTo(untilUs);
    assertThat(group.state().rollout.nextChangeUs()).isEqualTo(untilUs);
  }

  @Test
  void a_plan_moves_on_by_the_gate_s_time() {
    GroupUnderTest group = under(PLAN.formatted("max_refusal_ratio: '0'"));
    long start = group.nowUs();
    isIn(group, "shadow", start + 24 * HOUR);
    group.clock(24 * HOUR - 1);
    isIn(group, "shadow", start + 24 * HOUR);
    group.clock(1);
    isIn(group, "partial", start + 72 * HOUR);
    assertThat(last(group))
        .startsWith("ROLLOUT {\"group\":\"firm\",\"phase\":\"partial\",\"percent\":\"5\"")
        .contains("\"decisions\":2,\"refusals\":0");
    group.clock(48 * HOUR);
    assertThat(group.state().rollout.current().percent()).isEqualByComparingTo("25");
    isIn(group, "partial", start + 144 * HOUR);
    group.clock(72 * HOUR);
    isIn(group, "full", Long.MAX_VALUE);
    assertThat(group.events(Event.Type.ROLLOUT)).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_refusal_ratio: '0.4' | 1 of 2 orders refused, expected at most 0.4 of them",
        "max_breaches: 0 | 1 breaches, expected at most 0",
        "min_decisions: 3 | 2 decisions, expected at least 3"
      })
  void a_phase_that_was_not_well_begins_again(String health, String why) {
    GroupUnderTest group = priced(setup().limit("firm", "max_daily_loss", "5"));
    group.command("ROLLOUT", "firm", PLAN.formatted(health));
    group.buy("1").send();
    group.command("HALT", "firm", "{}");
    group.buy("1").send();
    group.command("RESUME", "firm", "{}");
    if (health.contains("breaches")) {
      group.fill(null, Side.BUY, "5", "100");
      group.trade(BTC, "98");
    }
    group.clock(24 * HOUR);
    assertThat(last(group)).startsWith("ROLLOUT_HELD").contains("\"phase\":\"shadow\"", why);
    long since = group.nowUs();
    assertThat(group.state().rollout.nextChangeUs()).isEqualTo(since + 24 * HOUR);

    group.buy("1").send();
    group.buy("1").send();
    group.buy("1").send();
    group.clock(24 * HOUR);
    assertThat(last(group)).startsWith("ROLLOUT {").contains("\"phase\":\"partial\"");
  }

  @Test
  void a_gate_that_was_away_does_not_skip_a_phase() {
    GroupUnderTest group = under(PLAN.formatted(""));
    group.clock(1_000 * HOUR);
    isIn(group, "partial", group.nowUs() + 48 * HOUR);
  }

  @Test
  void a_configured_plan_begins_with_the_clock_and_goes_on_under_another_configuration() {
    GroupUnderTest.Setup planned =
        setup().with("control", "{authority: 'tighten', rollout: " + PLAN.formatted("") + "}");
    GroupUnderTest group = priced(planned);
    long start = group.nowUs();
    isIn(group, "shadow", start + 24 * HOUR);
    group.clock(25 * HOUR);
    isIn(group, "partial", start + 73 * HOUR);
    group.configure(planned.limit("firm", "max_qty", "9").configuration());
    isIn(group, "partial", start + 73 * HOUR);

    group.command("ROLLOUT", "firm", "{percent: '50'}");
    assertThat(last(group)).contains("ROLLOUT would enforce less than the plan in force reaches");
    group.command("ROLLOUT", "firm", "{percent: '100'}");
    isIn(group, "full", Long.MAX_VALUE);
    group.command("ROLLOUT", "firm", "{percent: '99.99'}");
    assertThat(last(group)).startsWith("COMMAND_REFUSED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | either percent, for good, or plan",
        "{percent: '101'} | from 0 to 100",
        "{percent: '5.555'} | at most 2 decimals",
        "{plan: []} | at least one phase",
        "{plan: [{percent: '5', for: '1h'}]} | the last phase is for good",
        "{plan: [{percent: '5'}, {percent: '100'}]} | expected a duration",
        "{plan: [{percent: '5', for: '1h'}, {percent: '5'}]} | more than in the phase before",
        "{plan: [{percent: '5', for: '1h'}, {percent: '100'}], health: {luck: 1}} | luck is not a"
            + " key"
      })
  void a_plan_that_cannot_be_is_refused(String body, String why) {
    GroupUnderTest group = priced(setup());
    group.command("ROLLOUT", "firm", body);
    assertThat(last(group)).startsWith("COMMAND_REFUSED").contains(why);
    group.command("r", "ROLLOUT", "firm", "{percent: '0'}", null, group.nowUs() + MINUTE);
    assertThat(last(group)).contains("expires_at_us of a ROLLOUT is set");
    assertThat(group.state().rollout.isFull()).isTrue();
  }

  /** A volatility beyond all numbers makes the rule fail that reckons with it. */
  private static Decision failing(GroupUnderTest group) {
    return group
        .buy("1")
        .seeing(
            s ->
                new Snapshot(
                    s.last(),
                    s.lastEventTimeUs(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    Double.MAX_VALUE,
                    List.of(),
                    false,
                    false,
                    s.frontTimeUs()))
        .send();
  }

  @Test
  void a_phase_in_which_rules_failed_begins_again() {
    GroupUnderTest group = priced(setup().limit("account:demo", "max_var", "100"));
    group.command("ROLLOUT", "firm", PLAN.formatted("max_errors: 1"));
    assertThat(GroupUnderTest.outcome(failing(group), "R32").result()).isEqualTo(Result.ERROR);
    failing(group);
    group.clock(24 * HOUR);
    assertThat(last(group))
        .startsWith("ROLLOUT_HELD")
        .contains("\"errors\":2", "2 orders for which a rule failed, expected at most 1");

    failing(group);
    group.clock(24 * HOUR);
    assertThat(last(group)).startsWith("ROLLOUT {").contains("\"errors\":1");
  }

  private static List<String> said(GroupUnderTest group) {
    return group.events().stream()
        .filter(event -> event.type().name().startsWith("ROLLOUT"))
        .map(event -> event.type() + " " + new String(event.detail(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void a_phase_at_whose_end_marks_are_stale_begins_again() {
    String plan = PLAN.formatted("max_stale: 0");
    GroupUnderTest group =
        priced(
            setup()
                .with("clock", "'wall'")
                .with("control", "{authority: 'tighten', rollout: " + plan + "}")
                .limit("firm", "max_data_age_ms", "15000"));
    group.clock(1);
    group.fill(null, Side.BUY, "1", "100");
    group.clock(MINUTE);
    group.clock(24 * HOUR - MINUTE);
    assertThat(said(group)).hasSize(1).first().asString().startsWith("ROLLOUT_HELD");
    assertThat(said(group).get(0))
        .contains("\"stale\":1", "1 instruments with stale marks, expected at most 0");

    group.advance(24 * HOUR - MINUTE);
    group.trade(BTC, "100");
    group.clock(1);
    group.advance(MINUTE);
    group.trade(BTC, "100");
    group.clock(1);
    assertThat(said(group)).hasSize(2).last().asString().startsWith("ROLLOUT {");
  }
}
