package io.sluice.domain.risk.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Parametric value at risk and expected shortfall against published numbers. */
class PortfolioTest {
  @Test
  void the_tail_of_the_normal_distribution_has_the_published_factors() {
    assertThat(NormalTail.AT_95.expectedShortfall()).isCloseTo(2.062713, within(5e-7));
    assertThat(NormalTail.AT_99.expectedShortfall()).isCloseTo(2.665214, within(5e-7));
    assertThat(NormalTail.AT_95.valueAtRisk()).isCloseTo(1.644854, within(5e-7));
    assertThat(NormalTail.AT_99.valueAtRisk()).isCloseTo(2.326348, within(5e-7));
  }

  /** Hull's two shares: 10 million at 2 % a day and 5 million at 1 %, correlation 0.3. */
  @Test
  void two_shares_have_the_deviation_of_the_textbook() {
    Portfolio portfolio = beside(loads(200_000), 0.3);

    assertThat(portfolio.deviation(50_000)).isCloseTo(220_227, within(0.5));
    assertThat(portfolio.deviation(50_000) * NormalTail.AT_99.valueAtRisk())
        .isCloseTo(512_325, within(1.0));
  }

  @Test
  void what_is_not_known_adds_up_in_the_worst_way() {
    Portfolio portfolio = beside(loads(100), null);

    assertThat(portfolio.deviation(30)).isEqualTo(130);
    assertThat(portfolio.deviation(-30)).isEqualTo(130);
    assertThat(portfolio.largestLoad(130)).isEqualTo(30);
    assertThat(portfolio.mirrored().largestLoad(130)).isEqualTo(30);
    assertThat(portfolio.largestLoad(99)).isNaN();
  }

  @Test
  void a_hedge_may_be_as_large_as_it_helps() {
    Portfolio portfolio = beside(loads(100), -0.8);

    assertThat(portfolio.deviation(80)).isCloseTo(60, within(1e-9));
    assertThat(portfolio.largestLoad(60 + 1e-9)).isCloseTo(80, within(1e-3));
    assertThat(portfolio.largestLoad(100)).isCloseTo(160, within(1e-9));
  }

  @Test
  void two_instruments_of_an_asset_move_together_and_a_pair_by_its_correlation() {
    Loads loads = new Loads(3);
    loads.add("BTC", 100);
    loads.add("BTC", -40);
    loads.add("ETH", 50);
    Portfolio portfolio =
        loads.beside("BTC", asset -> asset.equals("ETH") ? other -> new BigDecimal("0.5") : null);

    // 60 of BTC and 50 of ETH at 0.5, with 10 more of BTC.
    assertThat(portfolio.deviation(10))
        .isCloseTo(Math.sqrt(70 * 70 + 50 * 50 + 70 * 50), within(1e-9));
  }

  @Property
  void the_largest_load_is_at_the_bound_and_grows_with_it(
      @ForAll @DoubleRange(min = -1, max = 1) double correlation,
      @ForAll @DoubleRange(min = 0, max = 50) double unknown,
      @ForAll @DoubleRange(min = 1, max = 400) double bound) {
    Loads loads = loads(100);
    loads.add("unknown", unknown);
    Portfolio portfolio = beside(loads, correlation);

    double largest = portfolio.largestLoad(bound);
    if (!Double.isNaN(largest)) {
      assertThat(portfolio.deviation(largest)).isCloseTo(bound, within(1e-6));
      assertThat(portfolio.deviation(largest + 1)).isGreaterThan(bound - 1e-6);
      assertThat(portfolio.largestLoad(bound + 1)).isGreaterThanOrEqualTo(largest);
    }
  }

  private static Loads loads(double first) {
    Loads loads = new Loads(2);
    loads.add("first", first);
    return loads;
  }

  /** Beside a position of which only the correlation with the first is known, or not even that. */
  private static Portfolio beside(Loads loads, Double correlation) {
    return loads.beside(
        "changing",
        asset ->
            other ->
                correlation != null && asset.equals("first") && other.equals("changing")
                    ? BigDecimal.valueOf(correlation)
                    : null);
  }
}
