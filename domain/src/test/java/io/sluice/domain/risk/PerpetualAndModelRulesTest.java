package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** R37, R38 and R39: margin, funding and the model behind an order. */
class PerpetualAndModelRulesTest {
  private static final String PERPETUAL =
      """
      [{id: 'X:BTC', base: 'BTC', quote: 'USD', kind: 'perpetual', tick: '0.01', lot: '0.001',
        min_qty: '0.001', max_qty: '1000000', min_notional: '1'}]
      """;

  private static GroupUnderTest traded(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.with("market_worst_case", "'0.000001'").start();
    group.trade(BTC, "100");
    return group;
  }

  private static GroupUnderTest.Setup margin(String more) {
    return setup()
        .with(
            "accounts",
            "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '1000',"
                + " leverage: '50'"
                + more
                + "}]");
  }

  @Test
  void r37_the_maintenance_margin_stays_a_part_of_equity() {
    GroupUnderTest group =
        traded(margin(", maintenance_margin: '0.05'").profile("max_margin_ratio", "0.5"));
    // 0.05 x exposure is at most half of 1,000: 10,000, which is 100 units.
    answer(group.sell("100").limit("100").send(), Verdict.ALLOW, "100");
    answer(group.buy("150").limit("100").send(), Verdict.SHRINK, "100", "R37");
    rule("R37", group.buy("150").limit("100").send())
        .saw("1.25", "0.5")
        .because("max_margin_ratio at account:demo", "liquidates");
  }

  @Test
  void r37_what_reduces_passes_and_lost_equity_opens_nothing() {
    GroupUnderTest group =
        traded(margin(", maintenance_margin: '0.05'").profile("max_margin_ratio", "0.5"));
    group.fill(null, Side.BUY, "100", "100");
    group.trade(BTC, "89");
    answer(group.buy("1").limit("89").send(), Verdict.DENY, "0", "R20", "R37");
    answer(group.sell("60").send(), Verdict.ALLOW, "60");
  }

  @Test
  void r37_a_margin_account_without_maintenance_margin_is_not_fed_and_a_cash_account_passes() {
    GroupUnderTest group = traded(margin("").profile("max_margin_ratio", "0.5"));
    rule("R37", group.buy("1").send())
        .is(Result.NOT_FED)
        .permits("0")
        .because("maintenance_margin");
    GroupUnderTest cash = traded(setup().cash("1000").profile("max_margin_ratio", "0.5"));
    answer(cash.buy("1").send(), Verdict.ALLOW, "1");
  }

  private static GroupUnderTest.Wish funded(GroupUnderTest.Wish wish, String rate) {
    return wish.seeing(s -> s.with(s.liquidity(), rate == null ? null : new BigDecimal(rate)));
  }

  @Test
  void r38_the_side_that_pays_pays_at_most_so_much() {
    GroupUnderTest group =
        traded(setup().with("instruments", PERPETUAL).limit("firm", "max_funding", "0.001"));
    answer(funded(group.buy("1"), "0.001").send(), Verdict.ALLOW, "1");
    answer(funded(group.buy("1"), "0.0011").send(), Verdict.DENY, "0", "R38");
    answer(funded(group.sell("1"), "0.0011").send(), Verdict.ALLOW, "1");
    answer(funded(group.sell("1"), "-0.0011").send(), Verdict.DENY, "0", "R38");
    rule("R38", funded(group.buy("1"), null).send())
        .is(Result.NOT_FED)
        .permits("0")
        .because("funding_rate");
    group.fill(null, Side.BUY, "2", "100");
    answer(funded(group.sell("1"), "-0.0011").send(), Verdict.ALLOW, "1");

    GroupUnderTest spot = traded(setup().limit("firm", "max_funding", "0.001"));
    answer(spot.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r38_a_quote_carries_the_rate() throws UnreadableException {
    String line =
        "{\"type\":\"quote\",\"instrument\":\"X:BTC\",\"bid\":\"1\",\"bid_qty\":\"2\",\"ask\":\"3\","
            + "\"ask_qty\":\"4\",\"event_time_us\":5,\"receive_time_us\":6,"
            + "\"funding_rate\":\"-0.0001\"}";
    Quote quote = (Quote) WireReader.read(line.getBytes(StandardCharsets.UTF_8));
    assertThat(quote.fundingRate()).isEqualByComparingTo("-0.0001");
    assertThat(new String(quote.toJson(), StandardCharsets.UTF_8)).isEqualTo(line);
    assertThat(quote.arrivedAt(1).fundingRate()).isEqualByComparingTo("-0.0001");
  }

  private static GroupUnderTest.Setup model() {
    return setup()
        .limit("firm", "max_score_age_ms", "2000")
        .with("model_health", "{min_confidence: '0.6', below: '0.25'}");
  }

  @Test
  void a_decision_on_a_models_order_names_its_version() {
    GroupUnderTest group = traded(model());
    Decision decision = group.buy("1").model("m", 0.9, group.nowUs()).send();
    assertThat(decision.origin()).isEqualTo(Decision.Origin.MODEL);
    assertThat(new String(decision.toJson(), StandardCharsets.UTF_8))
        .contains("\"origin\":\"MODEL\"", "\"model_version\":\"m-7\"");
    assertThat(group.buy("1").send().origin()).isEqualTo(Decision.Origin.STRATEGY);
  }

  @Test
  void r39_an_order_without_a_model_is_not_asked_unless_the_account_requires_one() {
    rule("R39", traded(model()).buy("1").send()).is(Result.NOT_FED).permits("1");
    GroupUnderTest group = traded(margin(", requires_model: true"));
    answer(group.buy("1").send(), Verdict.DENY, "0", "R39");
    answer(group.buy("1").model("m", 0.9, group.nowUs()).send(), Verdict.ALLOW, "1");
  }

  @Test
  void r39_a_score_is_there_and_fresh() {
    GroupUnderTest group = traded(model());
    long now = group.nowUs();
    answer(group.buy("1").model("m", 0.9, now - 2 * SECOND).send(), Verdict.ALLOW, "1");
    answer(
        group.buy("1").model("m", 0.9, now - 2 * SECOND - 1000).send(), Verdict.DENY, "0", "R39");
    answer(group.buy("1").model("m", 0.9, null).send(), Verdict.DENY, "0", "R39");
    answer(group.buy("1").model("m", null, now).send(), Verdict.DENY, "0", "R39");
    rule("R39", group.buy("1").model("m", 0.9, now - 3 * SECOND).send())
        .saw("3000", "2000")
        .because("max_score_age_ms at firm");
  }

  /** Else a stamp of tomorrow, or one in nanoseconds, would be fresh for ever. */
  @Test
  void r39_a_score_stamped_ahead_is_not_fresh() {
    GroupUnderTest group = traded(model());
    long now = group.nowUs();
    answer(group.buy("1").model("m", 0.9, now + 2 * SECOND).send(), Verdict.ALLOW, "1");
    Decision ahead = group.buy("1").model("m", 0.9, now + 3 * SECOND).send();
    answer(ahead, Verdict.DENY, "0", "R39");
    rule("R39", ahead).saw("-3000", "2000").because("score_time_us is ahead of the gate's time");
    long latest = 9_007_199_254_740_991L;
    answer(group.buy("1").model("m", 0.9, latest).send(), Verdict.DENY, "0", "R39");
  }

  @Test
  void r39_below_the_least_confidence_a_part_passes() {
    GroupUnderTest group = traded(model());
    answer(group.buy("8").model("m", 0.6, group.nowUs()).send(), Verdict.ALLOW, "8");
    answer(group.buy("8").model("m", 0.59, group.nowUs()).send(), Verdict.SHRINK, "2", "R39");
    GroupUnderTest strict = traded(setup().with("model_health", "{min_confidence: '0.6'}"));
    answer(strict.buy("8").model("m", 0.59, null).send(), Verdict.DENY, "0", "R39");
  }

  @Test
  void r39_of_an_old_score_a_part_passes_where_people_say_so() {
    GroupUnderTest group =
        traded(
            setup()
                .limit("firm", "max_score_age_ms", "2000")
                .with("model_health", "{min_confidence: '0.6', below: '0.25', stale: '0.5'}"));
    long old = group.nowUs() - 3 * SECOND;
    answer(group.buy("8").model("m", 0.9, old).send(), Verdict.SHRINK, "4", "R39");
    answer(group.buy("8").model("m", 0.5, old).send(), Verdict.SHRINK, "2", "R39");
    answer(group.buy("8").model("m", 0.9, null).send(), Verdict.DENY, "0", "R39");
  }

  @Test
  void r39_of_a_drifted_model_nothing_passes_or_a_part() {
    GroupUnderTest group = traded(setup().with("model_health", "{max_drift: '0.2'}"));
    answer(group.buy("8").model("m", 0.9, null).drifted(0.2).send(), Verdict.ALLOW, "8");
    Decision drifted = group.buy("8").model("m", 0.9, null).drifted(0.25).send();
    answer(drifted, Verdict.DENY, "0", "R39");
    rule("R39", drifted).saw("0.25", "0.2").because("drifted further than", "max_drift");
    rule("R39", group.buy("8").model("m", 0.9, null).send())
        .is(Result.NOT_FED)
        .permits("0")
        .because("send drift with the intent");
    answer(group.buy("8").send(), Verdict.ALLOW, "8");

    GroupUnderTest halves =
        traded(
            setup()
                .with("model_health", "{max_drift: '0.2', drifted: '0.5'}")
                .with("not_fed", "{R39: 'allow'}"));
    answer(halves.buy("8").model("m", 0.9, null).drifted(3).send(), Verdict.SHRINK, "4", "R39");
    answer(halves.buy("8").model("m", 0.9, null).send(), Verdict.ALLOW, "8");
  }

  @Test
  void r39_a_drift_is_read_and_written_and_one_that_is_no_number_is_a_defect()
      throws UnreadableException {
    String line = "{\"type\":\"intent\",\"intent_id\":\"i\",\"account\":\"demo\",\"drift\":%s}";
    Intent intent =
        (Intent) WireReader.read(line.formatted("0.25").getBytes(StandardCharsets.UTF_8));
    assertThat(intent.signal().drift()).isEqualTo(0.25);
    assertThat(new String(intent.toJson(), StandardCharsets.UTF_8)).contains("\"drift\":0.25");
    assertThat(WireReader.recorded(io.sluice.domain.json.StrictJson.object(intent.toJson())))
        .isEqualTo(intent);
    for (String wrong : new String[] {"\"NaN\"", "-0.1", "true"}) {
      Intent read =
          (Intent) WireReader.read(line.formatted(wrong).getBytes(StandardCharsets.UTF_8));
      assertThat(read.signal().drift()).isNull();
      assertThat(read.defect()).isNotNull();
    }
    Intent first =
        (Intent)
            WireReader.read(
                ("{\"type\":\"intent\",\"intent_id\":\"i\",\"account\":\"demo\","
                        + "\"action\":\"NEW\",\"strategy\":\"s\",\"instrument\":\"X:BTC\","
                        + "\"side\":\"BUY\",\"order_type\":\"MARKET\",\"qty\":\"1\","
                        + "\"time_in_force\":\"IOC\",\"event_time_us\":1,\"drift\":-1}")
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(first.defect().field()).isEqualTo("drift");
  }

  @Test
  void r39_what_is_configured_reads_back() {
    String health = "{min_confidence: '0.6', below: '0.25', stale: '0.5', max_drift: '2'}";
    var configuration = setup().with("model_health", health).configuration();
    var json = new io.sluice.domain.json.JsonWriter();
    configuration.write(json);
    assertThat(
            io.sluice.domain.config.Configuration.parse(
                    "again",
                    GroupUnderTest.json(new String(json.toBytes(), StandardCharsets.UTF_8)))
                .rules()
                .modelHealth())
        .isEqualTo(configuration.rules().modelHealth());
  }

  @Test
  void r39_a_confidence_that_is_no_number_is_a_defect() throws UnreadableException {
    String line =
        "{\"type\":\"intent\",\"intent_id\":\"i\",\"account\":\"demo\",\"model\":\"m\","
            + "\"model_version\":\"v7\",\"score_time_us\":7,\"confidence\":\"NaN\"}";
    Intent intent = (Intent) WireReader.read(line.getBytes(StandardCharsets.UTF_8));
    assertThat(intent.model()).isEqualTo("m");
    assertThat(intent.modelVersion()).isEqualTo("v7");
    assertThat(intent.scoreTimeUs()).isEqualTo(7);
    assertThat(intent.confidence()).isNull();
    assertThat(intent.defect()).isNotNull();
    Intent again =
        (Intent) WireReader.recorded(io.sluice.domain.json.StrictJson.object(intent.toJson()));
    assertThat(again).isEqualTo(intent);
  }
}
