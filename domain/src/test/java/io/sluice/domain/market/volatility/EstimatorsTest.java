package io.sluice.domain.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each estimator against the same twelve bars, worked out beside it. */
class EstimatorsTest {
  private static final int[] OPENS = {100, 101, 103, 102, 104, 107, 106, 105, 108, 110, 109, 111};
  private static final int[] HIGHS = {102, 104, 105, 105, 108, 109, 108, 109, 111, 112, 113, 114};
  private static final int[] LOWS = {99, 100, 101, 101, 103, 105, 103, 104, 107, 108, 108, 110};
  private static final int[] CLOSES = {101, 103, 102, 104, 107, 106, 105, 108, 110, 109, 112, 113};
  private static final long MINUTE = 60_000_000L;

  @ParameterizedTest
  @CsvSource({
    "PARKINSON, 12, 5.872007988463986e-4",
    "GARMAN_KLASS, 12, 6.784361618043726e-4",
    "ROGERS_SATCHELL, 12, 6.488624664246023e-4",
    "YANG_ZHANG, 11, 6.263935929340939e-4",
    "HISTORICAL, 11, 2.7275348126653954e-4",
    "EWMA, 11, 3.679224443767517e-4"
  })
  void varianceOfOneBar(VolatilityMethod method, int window, double expected) {
    BarVolatility volatility = new BarVolatility(terms(method, window));
    feed(volatility, 0, 11);
    if (method != VolatilityMethod.EWMA) {
      assertThat(volatility.sigmaDaily()).as("one bar before its window is full").isNull();
    }
    feed(volatility, 11, 12);
    assertThat(volatility.variance()).isEqualTo(expected, within(1e-17));
    assertThat(volatility.sigmaDaily()).isEqualTo(Math.sqrt(expected * 1_440), within(1e-13));
    assertThat(volatility.sigmaAnnual())
        .isEqualTo(Math.sqrt(expected * 1_440 * 365), within(1e-12));
  }

  @Test
  void realisedBipowerAndTripowerVariationAndTheirRatio() {
    RealisedVariation variation = new RealisedVariation(11);
    for (int i = 1; i < 12; i++) {
      assertThat(variation.jumpRatio()).isNaN();
      variation.add(Math.log((double) CLOSES[i] / CLOSES[i - 1]));
    }
    assertThat(variation.realised()).isEqualTo(3.873348182611982e-3, within(1e-17));
    assertThat(variation.bipower()).isEqualTo(4.287954634562057e-3, within(1e-15));
    assertThat(variation.tripower()).isEqualTo(1.351929820313794e-5, within(1e-17));
    assertThat(variation.jumpRatio()).isEqualTo(-0.4549246202891814, within(1e-12));
    assertThat(variation.hasJump()).isFalse();
  }

  @Test
  void theRatioFindsAJumpAmongOrdinaryReturns() {
    Random random = new Random(1);
    int falseAlarms = 0;
    int found = 0;
    for (int run = 0; run < 200; run++) {
      RealisedVariation quiet = new RealisedVariation(288);
      RealisedVariation jumped = new RealisedVariation(288);
      for (int i = 0; i < 288; i++) {
        double aReturn = random.nextGaussian() * 0.001;
        quiet.add(aReturn);
        jumped.add(i == 100 ? aReturn - 0.02 : aReturn);
      }
      falseAlarms += quiet.hasJump() ? 1 : 0;
      found += jumped.hasJump() ? 1 : 0;
    }
    assertThat(falseAlarms).isLessThanOrEqualTo(3);
    assertThat(found).isEqualTo(200);
  }

  @Test
  void aJumpHardlyMovesBipowerVariation() {
    BarVolatility realised = new BarVolatility(terms(VolatilityMethod.REALISED, 100));
    BarVolatility bipower = new BarVolatility(terms(VolatilityMethod.BIPOWER, 100));
    Random random = new Random(2);
    double price = 100;
    for (int i = 0; i < 101; i++) {
      price *= Math.exp(random.nextGaussian() * 0.001 + (i == 50 ? 0.05 : 0));
      realised.onBar(i * MINUTE, price, price, price, price);
      bipower.onBar(i * MINUTE, price, price, price, price);
    }
    assertThat(realised.variance()).isGreaterThan(2e-5);
    assertThat(bipower.variance()).isBetween(0.7e-6, 3e-6);
  }

  @ParameterizedTest
  @CsvSource({"10, .132697", "20, .139044", "30, .141139", "60, .143224"})
  void theWeightOfYangAndZhang(int window, double weight) {
    // Bodies alternate, so that their variance is known; there are neither gaps nor ranges beyond.
    BarVolatility volatility = new BarVolatility(terms(VolatilityMethod.YANG_ZHANG, window));
    for (int i = 0; i <= window; i++) {
      double open = i % 2 == 0 ? 100 : 101;
      double close = i % 2 == 0 ? 101 : 100;
      volatility.onBar(i * MINUTE, open, 101, 100, close);
    }
    double body = Math.pow(Math.log(1.01), 2) * window / (window - 1);
    assertThat(volatility.variance() / body).isEqualTo(weight, within(5e-7));
  }

  @ParameterizedTest
  @EnumSource(VolatilityMethod.class)
  void slidingGivesWhatTheLastWindowAloneGives(VolatilityMethod method) {
    if (method == VolatilityMethod.EWMA || method == VolatilityMethod.GARCH) {
      return;
    }
    BarVolatility slid = new BarVolatility(terms(method, 20));
    Random random = new Random(3);
    double[][] bars = new double[500][];
    double price = 1_000;
    for (int i = 0; i < bars.length; i++) {
      double open = price;
      // One bar falls to almost nothing and comes back: later windows must not remember it.
      double close = i == 300 ? price / 1e6 : i == 301 ? price * 1e6 : step(random, price);
      bars[i] = new double[] {open, Math.max(open, close) * 1.001, Math.min(open, close), close};
      price = close;
      slid.onBar(i * MINUTE, bars[i][0], bars[i][1], bars[i][2], bars[i][3]);
    }
    BarVolatility alone = new BarVolatility(terms(method, 20));
    for (int i = 479; i < bars.length; i++) {
      alone.onBar(i * MINUTE, bars[i][0], bars[i][1], bars[i][2], bars[i][3]);
    }
    assertThat(slid.variance())
        .isEqualTo(alone.variance(), within(alone.variance() * 1e-12))
        .isPositive();
  }

  @Test
  void ewmaOfBarsIsThatOfTrades() {
    EwmaVolatility ofTrades = new EwmaVolatility();
    BarVolatility ofBars = new BarVolatility(VolatilityTerms.DEFAULT);
    Random random = new Random(4);
    double price = 100;
    long minute = 0;
    for (int i = 0; i < 300; i++) {
      price = step(random, price);
      ofTrades.add(minute * MINUTE + 59_000_000, price);
      if (i < 299) {
        ofBars.onBar(minute * MINUTE, price, price, price, price);
      }
      minute += 1 + (random.nextInt(5) == 0 ? random.nextInt(200) : 0);
    }
    assertThat(ofBars.sigmaDaily()).isEqualTo(ofTrades.sigmaDaily());
  }

  @ParameterizedTest
  @EnumSource(VolatilityMethod.class)
  void itGoesOnFromItsBytesAtAnyBar(VolatilityMethod method) {
    VolatilityTerms terms =
        new VolatilityTerms(method, MINUTE, 9, 0.94, new GarchTerms(1, 1, 100, 7, 3));
    BarVolatility straight = new BarVolatility(terms);
    BarVolatility restored = new BarVolatility(terms);
    Random random = new Random(5);
    double price = 100;
    boolean hadModel = false;
    for (int i = 0; i < 220; i++) {
      double open = price;
      price = step(random, price);
      double high = Math.max(open, price) * 1.0001;
      long at = (i + i / 50) * MINUTE;
      straight.onBar(at, open, high, Math.min(open, price), price);
      restored.onBar(at, open, high, Math.min(open, price), price);
      restored = BarVolatility.of(terms, restored.toBytes());
      assertThat(restored.sigmaDaily()).isEqualTo(straight.sigmaDaily());
      assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
      hadModel |= straight.garchModel() != null;
    }
    assertThat(straight.sigmaDaily()).isPositive();
    assertThat(hadModel).isEqualTo(method == VolatilityMethod.GARCH);
  }

  @Test
  void whatAnotherMethodWroteIsNotTakenUp() {
    BarVolatility parkinson = new BarVolatility(terms(VolatilityMethod.PARKINSON, 3));
    feed(parkinson, 0, 12);
    assertThat(BarVolatility.of(terms(VolatilityMethod.GARMAN_KLASS, 3), parkinson.toBytes()))
        .extracting(BarVolatility::sigmaDaily)
        .isNull();
  }

  @ParameterizedTest
  @EnumSource(VolatilityMethod.class)
  void barsThatAreOfNoUseChangeNothing(VolatilityMethod method) {
    BarVolatility volatility = new BarVolatility(terms(method, 5));
    feed(volatility, 0, 12);
    byte[] before = volatility.toBytes();
    for (double price :
        new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      volatility.onBar(20 * MINUTE, price, 1, 1, 1);
      volatility.onBar(20 * MINUTE, 1, price, 1, 1);
      volatility.onBar(20 * MINUTE, 1, 1, price, 1);
      volatility.onBar(20 * MINUTE, 1, 1, 1, price);
    }
    volatility.onBar(11 * MINUTE, 1, 1, 1, 1);
    volatility.onBar(0, 1, 1, 1, 1);
    assertThat(volatility.toBytes()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(VolatilityMethod.class)
  void extremePricesGiveFiniteNumbers(VolatilityMethod method) {
    BarVolatility volatility = new BarVolatility(terms(method, 5));
    double[] prices = {Double.MIN_VALUE, Double.MAX_VALUE, 1e-300, 1e300, 1, 1e-12, 1e12, 5};
    for (int i = 0; i < prices.length; i++) {
      volatility.onBar(i * MINUTE, prices[i], prices[i], prices[i], prices[i]);
    }
    assertThat(volatility.sigmaDaily()).isNotNull().isNotNaN().isFinite().isNotNegative();
    for (int i = 0; i < 8; i++) {
      volatility.onBar((100 + i) * MINUTE, 7, 7, 7, 7);
    }
    assertThat(volatility.sigmaDaily()).isNotNaN().isFinite().isNotNegative();
    if (method != VolatilityMethod.EWMA && method != VolatilityMethod.GARCH) {
      assertThat(volatility.sigmaDaily()).as("nothing has moved for a window").isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = VolatilityMethod.class,
      names = {"HISTORICAL", "EWMA", "REALISED", "BIPOWER", "YANG_ZHANG", "GARCH"})
  void barsWithoutATradeShareTheReturnOverThem(VolatilityMethod method) {
    BarVolatility gapped = new BarVolatility(terms(method, 4));
    BarVolatility even = new BarVolatility(terms(method, 4));
    double gappedPrice = 100;
    double evenPrice = 100;
    for (int i = 0; i < 12; i++) {
      double sign = i % 2 == 0 ? 1 : -1;
      gappedPrice *= Math.exp(sign * 0.001 * 3);
      evenPrice *= Math.exp(sign * 0.001);
      gapped.onBar(9L * i * MINUTE, gappedPrice, gappedPrice, gappedPrice, gappedPrice);
      even.onBar(i * MINUTE, evenPrice, evenPrice, evenPrice, evenPrice);
    }
    assertThat(gapped.variance()).isEqualTo(even.variance(), within(1e-16)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(
      value = VolatilityMethod.class,
      names = {"EWMA", "GARCH"},
      mode = EnumSource.Mode.EXCLUDE)
  void aKnownVolatilityIsFound(VolatilityMethod method) {
    BarVolatility volatility = new BarVolatility(terms(method, 2_000));
    Random random = new Random(6);
    double price = 100;
    for (int i = 0; i < 2_001; i++) {
      double open = price;
      double high = price;
      double low = price;
      for (int tick = 0; tick < 400; tick++) {
        price *= Math.exp(random.nextGaussian() * 0.001 / Math.sqrt(400));
        high = Math.max(high, price);
        low = Math.min(low, price);
      }
      volatility.onBar(i * MINUTE, open, high, low, price);
    }
    // Prices at intervals miss a little of the range.
    assertThat(volatility.sigmaDaily() / Math.sqrt(1_440)).isEqualTo(0.001, within(0.00008));
  }

  @Test
  void termsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> terms(VolatilityMethod.HISTORICAL, 2)).hasMessageContaining("window");
    assertThatThrownBy(
            () -> new VolatilityTerms(VolatilityMethod.EWMA, 0, 60, 0.94, GarchTerms.DEFAULT))
        .hasMessageContaining("horizon_us is 0");
    assertThatThrownBy(() -> new GarchTerms(0, 1, 1_000, 240, 2)).hasMessageContaining("alphas");
    assertThatThrownBy(() -> new GarchTerms(1, 1, 1_000, 1, 2)).hasMessageContaining("fit_every");
  }

  private static double step(Random random, double price) {
    return price * Math.exp(random.nextGaussian() * 0.001);
  }

  private static VolatilityTerms terms(VolatilityMethod method, int window) {
    return new VolatilityTerms(method, MINUTE, window, 0.94, GarchTerms.DEFAULT);
  }

  private static void feed(BarVolatility volatility, int from, int to) {
    for (int i = from; i < to; i++) {
      volatility.onBar(i * MINUTE, OPENS[i], HIGHS[i], LOWS[i], CLOSES[i]);
    }
  }
}
