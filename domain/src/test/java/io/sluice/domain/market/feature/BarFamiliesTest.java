package io.sluice.domain.market.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.indicator.Indicator;
import io.sluice.domain.market.state.StateTape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true of every feature of bars. */
class BarFamiliesTest {
  /** Those that remember more than the bars they take to warm up. */
  private static final Set<String> LONG_MEMORY =
      Set.of(
          "ema_20",
          "ema_50",
          "rsi_14",
          "macd_12_26",
          "atr_14",
          "plus_di_14",
          "obv",
          "accumulation_distribution",
          "vwap_20");

  static List<Family<Indicator>> families() {
    return Catalogue.OF_BARS;
  }

  private static double[] row(Family<?> family) {
    return new double[family.features().size()];
  }

  private static byte[] state(Indicator indicator) {
    StateTape tape = StateTape.recording();
    indicator.state(tape);
    return tape.toBytes();
  }

  @Test
  void everyNameIsGivenOnce() {
    Set<String> names = new HashSet<>();
    List<Feature> all = new ArrayList<>();
    Catalogue.OF_BARS.forEach(family -> all.addAll(family.features()));
    Catalogue.OF_TICKS.forEach(family -> all.addAll(family.features()));
    for (Feature feature : all) {
      assertThat(names.add(feature.name())).as(feature.name()).isTrue();
      assertThat(feature.name()).matches("[a-z][a-z0-9_]*");
      assertThat(feature.definition()).hasSizeLessThan(110);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void hasNoValueUntilItIsWarmAndThenHas(Family<Indicator> family) {
    Indicator indicator = family.make().get();
    double[] row = row(family);
    indicator.into(row, 0);
    assertThat(row).containsOnly(Double.NaN);
    List<Bar> bars = Bars.walk(5, 140);
    for (int i = 0; i < bars.size(); i++) {
      indicator.add(bars.get(i));
      indicator.into(row, 0);
      for (int value = 0; value < row.length; value++) {
        Feature feature = family.features().get(value);
        assertThat(Double.isFinite(row[value]))
            .as("%s after %d bars", feature.name(), i + 1)
            .isEqualTo(i + 1 >= feature.warmUp());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void goesOnAfterARestartAtAnyBarAsItWas(Family<Indicator> family) {
    Indicator straight = family.make().get();
    Indicator restored = family.make().get();
    double[] row = row(family);
    double[] again = row(family);
    int size = state(straight).length;
    for (Bar bar : Bars.walk(7, 400)) {
      straight.add(bar);
      restored.add(bar);
      byte[] stored = state(restored);
      assertThat(stored).isEqualTo(state(straight)).hasSize(size);
      restored = family.make().get();
      StateTape tape = StateTape.of(stored);
      restored.state(tape);
      assertThat(tape.isAtEnd()).isTrue();
      straight.into(row, 0);
      restored.into(again, 0);
      assertThat(again).isEqualTo(row);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void isTheSameWhenComputedOverItsWindowAlone(Family<Indicator> family) {
    if (LONG_MEMORY.contains(family.key())) {
      return;
    }
    Indicator indicator = family.make().get();
    double[] row = row(family);
    double[] alone = row(family);
    int warmUp = family.features().stream().mapToInt(Feature::warmUp).max().getAsInt();
    List<Bar> bars = new ArrayList<>(Bars.walk(11, 300));
    // From a price of a hundred up to a million million and down again: what went must leave
    // nothing.
    bars.addAll(Bars.walk(12, 150, 1e12, 0.01));
    bars.addAll(Bars.walk(13, 300, 1e-4, 0.01));
    for (int i = 0; i < bars.size(); i++) {
      indicator.add(bars.get(i));
      boolean isOneWalk = i < 300 || i >= 450 + 2 * warmUp;
      if (i < warmUp || !isOneWalk) {
        continue;
      }
      indicator.into(row, 0);
      Indicator fresh = family.make().get();
      bars.subList(i + 1 - warmUp, i + 1).forEach(fresh::add);
      fresh.into(alone, 0);
      for (int value = 0; value < row.length; value++) {
        double scale = Math.max(Math.abs(alone[value]), 1e-6);
        assertThat(row[value])
            .as("%s at %d", family.features().get(value).name(), i)
            .isCloseTo(alone[value], within(1e-7 * scale));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void isNeverInfinite(Family<Indicator> family) {
    double[] prices = {0, 1e-18, 5, 1e38, 5, 5, 0, 1e38, 1e-18};
    for (double volume : new double[] {0, 1e38}) {
      Indicator indicator = family.make().get();
      double[] row = row(family);
      for (int i = 0; i < 500; i++) {
        indicator.add(Bars.flat(i, prices[i / 50 % prices.length], volume));
        indicator.into(row, 0);
        assertThat(row).doesNotContain(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void ofAMarketThatStandsStillIsToldExactly(Family<Indicator> family) {
    Indicator indicator = family.make().get();
    double[] row = row(family);
    List<Bar> bars = new ArrayList<>(Bars.walk(3, 77));
    for (int i = 0; i < 400; i++) {
      bars.add(Bars.flat(77 + i, 73.21, 0));
    }
    bars.forEach(indicator::add);
    indicator.into(row, 0);
    for (int value = 0; value < row.length; value++) {
      Feature feature = family.features().get(value);
      switch (feature.name()) {
        case "return_1",
            "log_return_1",
            "momentum_10",
            "bollinger_width_20_2",
            "cci_20",
            "doji",
            "drawdown_60",
            "bars_since_high_60",
            "bars_since_low_60",
            "hammer",
            "engulfing",
            "morning_star",
            "evening_star" ->
            assertThat(row[value]).as(feature.name()).isZero();
        case "sma_20", "sma_50", "bollinger_upper_20_2", "bollinger_lower_20_2" ->
            assertThat(row[value]).as(feature.name()).isCloseTo(73.21, within(1e-12));
        case "stochastic_k_14_3" -> assertThat(row[value]).isEqualTo(50);
        case "williams_r_14" -> assertThat(row[value]).isEqualTo(-50);
        case "bollinger_position_20_2" -> assertThat(row[value]).isEqualTo(0.5);
        case "autocorrelation_60",
            "hurst_128",
            "jump_ratio_60",
            "volume_ratio_20",
            "volume_zscore_20",
            "trade_imbalance_20",
            "vwap_20" ->
            assertThat(row[value]).as(feature.name()).isNaN();
        default -> assertThat(Double.isInfinite(row[value])).isFalse();
      }
    }
  }
}
