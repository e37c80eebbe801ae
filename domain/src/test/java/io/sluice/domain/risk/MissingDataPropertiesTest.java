package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.market.Liquidity;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * With every control of the market set, data that is taken away never lets more of an order
 * through.
 */
class MissingDataPropertiesTest {
  private static final String INSTRUMENTS =
      """
      [{id: 'X:BTC', base: 'BTC', quote: 'USD', kind: 'perpetual', tick: '0.01', lot: '0.001',
        min_qty: '0.001', max_qty: '1000000', min_notional: '1'},
       {id: 'Y:BTC', base: 'BTC', quote: 'USD', kind: 'perpetual', tick: '0.01', lot: '0.001',
        min_qty: '0.001', max_qty: '1000000', min_notional: '1'},
       {id: 'Z:BTC', base: 'BTC', quote: 'USD', kind: 'perpetual', tick: '0.01', lot: '0.001',
        min_qty: '0.001', max_qty: '1000000', min_notional: '1'},
       {id: 'X:GOLD', base: 'GOLD', quote: 'EUR', tick: '0.01', lot: '0.001',
        min_qty: '0.001', max_qty: '1000000', min_notional: '1'},
       {id: 'X:EURUSD', base: 'EUR', quote: 'USD', tick: '0.0001', lot: '1',
        min_qty: '1', max_qty: '1000000', min_notional: '1'}]
      """;

  /** What can be taken away. */
  enum Missing {
    QUOTE,
    LIQUIDITY,
    VOLATILITY,
    FUNDING,
    ANOTHER_VENUE,
    CONFIDENCE,
    SCORE_STAMP,
    DRIFT,
    RATE,
    CORRELATION,
    TAKE_PROFIT,
    CONFIRMATIONS
  }

  /** A market around 100. */
  record Market(int halfSpread, int elsewhere, double sigma, int volume, int funding) {}

  /** An order of a model, and the position before it. */
  record Wish(boolean buys, int qty, int position, double confidence, int scoreAgeMs) {}

  /** What else the model says, and what the account has in gold, which is priced in euros. */
  record Beside(double drift, int target, int frames, int gold, String correlation) {}

  @Provide
  Arbitrary<Beside> besides() {
    return Combinators.combine(
            Arbitraries.of(0.1, 0.3),
            Arbitraries.of(104, 120),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(-10, 10),
            Arbitraries.of("-0.9", "0.3", "0.9"))
        .as(Beside::new);
  }

  @Provide
  Arbitrary<Market> markets() {
    return Combinators.combine(
            Arbitraries.integers().between(-1, 6),
            Arbitraries.integers().between(97, 103),
            Arbitraries.of(0.01, 0.02, 0.05, 0.3),
            Arbitraries.integers().between(0, 200),
            Arbitraries.integers().between(-3, 3))
        .as(Market::new);
  }

  @Provide
  Arbitrary<Wish> wishes() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 60),
            Arbitraries.integers().between(-20, 20),
            Arbitraries.of(0.4, 0.6, 0.9),
            Arbitraries.of(0, 1_999, 2_001))
        .as(Wish::new);
  }

  private static GroupUnderTest.Setup everyControl() {
    return setup()
        .with("instruments", INSTRUMENTS)
        .with(
            "accounts",
            "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',"
                + " leverage: '10', maintenance_margin: '0.05'}]")
        .with(
            "model_health",
            "{min_confidence: '0.6', below: '0.5', max_drift: '0.2', drifted: '0.5'}")
        .with("rates", "[{currency: 'EUR', in: 'USD', instrument: 'X:EURUSD'}]")
        .with(
            "user_rules",
            "[{name: 'r', when: 'market.spread > 0.09 || market.sigma_daily > 0.2', then: 'deny'}]")
        .limit("firm", "max_reference_deviation", "0.02")
        .limit("firm", "max_spread", "0.08")
        .limit("firm", "crossed_book", "0")
        .limit("firm", "target_sigma_daily", "0.02")
        .limit("firm", "max_hour_share", "0.5")
        .limit("firm", "max_day_share", "0.4")
        .limit("firm", "max_quote_share", "2")
        .limit("firm", "max_funding", "0.001")
        .limit("firm", "max_score_age_ms", "2000")
        .limit("firm", "max_impact", "0.008")
        .limit("firm", "max_correlation", "0.8")
        .limit("firm", "min_risk_reward", "1")
        .limit("firm", "min_confirmations", "1")
        .profile("max_var", "300")
        .profile("max_es", "300")
        .profile("max_margin_ratio", "0.02");
  }

  @Property(tries = 500)
  void what_is_taken_away_never_lets_more_through(
      @ForAll("markets") Market market,
      @ForAll("wishes") Wish wish,
      @ForAll("besides") Beside beside,
      @ForAll Missing missing) {
    BigDecimal with = approved(market, wish, beside, null);
    BigDecimal without = approved(market, wish, beside, missing);

    Statistics.label("approved")
        .collect(with.signum() > 0)
        .coverage(coverage -> coverage.check(true).percentage(share -> share >= 3));
    assertThat(without).isLessThanOrEqualTo(with);
  }

  private static BigDecimal approved(Market market, Wish wish, Beside beside, Missing missing) {
    GroupUnderTest group = everyControl().start();
    group.trade(BTC, "100");
    group.trade("Y:BTC", String.valueOf(market.elsewhere()));
    if (missing != Missing.ANOTHER_VENUE) {
      group.trade("Z:BTC", "100");
    }
    if (missing != Missing.RATE) {
      group.mark("X:EURUSD", "1.2");
    }
    group.mark("X:GOLD", "50", 0.02);
    if (missing != Missing.CORRELATION) {
      group.correlated("BTC", "GOLD", beside.correlation());
    }
    if (beside.gold() != 0) {
      Side side = beside.gold() > 0 ? Side.BUY : Side.SELL;
      String qty = String.valueOf(Math.abs(beside.gold()));
      group.fill("demo", "gold", null, "X:GOLD", side, qty, "50", "0", group.nowUs());
    }
    if (wish.position() != 0) {
      Side side = wish.position() > 0 ? Side.BUY : Side.SELL;
      group.fill(null, side, String.valueOf(Math.abs(wish.position())), "100");
    }
    GroupUnderTest.Wish order =
        wish.buys() ? group.buy("" + wish.qty()) : group.sell("" + wish.qty());
    int towards = wish.buys() ? 1 : -1;
    String target = String.valueOf(100 + towards * (beside.target() - 100));
    order.stop(String.valueOf(100 - towards * 5), missing == Missing.TAKE_PROFIT ? null : target);
    if (missing != Missing.CONFIRMATIONS) {
      order.confirmed(frames(wish.buys() ? Side.BUY : Side.SELL, beside.frames()));
    }
    if (missing != Missing.DRIFT) {
      order.drifted(beside.drift());
    }
    Decision decision =
        order
            .model(
                "m",
                missing == Missing.CONFIDENCE ? null : (Double) wish.confidence(),
                missing == Missing.SCORE_STAMP
                    ? null
                    : (Long) (group.nowUs() - wish.scoreAgeMs() * 1_000L))
            .seeing(known -> seen(known, market, missing))
            .send();
    return decision.ruling().approvedQty();
  }

  private static Map<String, Side> frames(Side side, int agreeing) {
    return Map.of("1m", agreeing > 0 ? side : side.opposite(), "5m", side.opposite());
  }

  private static Snapshot seen(Snapshot known, Market market, Missing missing) {
    boolean quoted = missing != Missing.QUOTE;
    BigDecimal volume = BigDecimal.valueOf(market.volume());
    return new Snapshot(
            known.last(),
            known.lastEventTimeUs(),
            null,
            quoted ? BigDecimal.valueOf(100 - market.halfSpread()) : null,
            quoted ? BigDecimal.valueOf(100 + market.halfSpread()) : null,
            quoted ? known.lastEventTimeUs() : null,
            null,
            missing == Missing.VOLATILITY ? null : (Double) market.sigma(),
            List.of(),
            false,
            false,
            known.frontTimeUs())
        .with(
            missing == Missing.LIQUIDITY
                ? null
                : new Liquidity(BigDecimal.TEN, BigDecimal.TEN, volume, volume),
            missing == Missing.FUNDING ? null : BigDecimal.valueOf(market.funding(), 3));
  }
}
