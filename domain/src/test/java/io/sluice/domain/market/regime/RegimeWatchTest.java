package io.sluice.domain.market.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.json.Sha256;
import io.sluice.domain.market.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegimeWatchTest {
  private static final long MINUTE = 60_000_000L;

  private final List<RegimeChange> changes = new ArrayList<>();
  private RegimeWatch watch = new RegimeWatch(RegimeTerms.DEFAULT, MINUTE);
  private long time;
  private double price = 100;

  private void bar(double change, double volume, Double sigmaDaily, boolean isCrash) {
    price *= Math.exp(change);
    RegimeChange found = watch.onBar(time, price, volume, sigmaDaily, isCrash);
    if (found != null) {
      changes.add(found);
    }
    time += MINUTE;
  }

  /** Bars that neither trend nor range: of every ten moves six are up. */
  private void plain(int bars, double sigmaDaily) {
    for (int i = 0; i < bars; i++) {
      bar(i % 5 < 3 ? 0.001 : -0.001, 10, sigmaDaily, false);
    }
  }

  private List<Regime> entered() {
    return changes.stream().map(RegimeChange::to).toList();
  }

  @Test
  void thereIsNoneUntilItsWindowIsFull() {
    plain(31, 0.02);
    assertThat(watch.regime()).isNull();
    assertThat(watch.confidence()).isNull();
    assertThat(watch.leaveProbability(MINUTE)).isNull();
    plain(1, 0.02);
    assertThat(watch.regime()).isEqualTo(Regime.NORMAL);
    assertThat(changes)
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.from()).isNull();
              assertThat(change.timeUs()).isEqualTo(32 * MINUTE);
              assertThat(change.sigmaDaily()).isEqualTo(0.02);
            });
  }

  @Test
  void withoutAVolatilityThereIsNone() {
    plain(40, 0.02);
    bar(0.001, 10, null, false);
    assertThat(watch.regime()).isNull();
  }

  @Test
  void aVolatileMarketTakesVolatilityAndASpikeOfVolume() {
    plain(40, 0.02);
    for (int i = 0; i < 10; i++) {
      bar(i % 5 < 3 ? 0.001 : -0.001, 10, 0.06, false);
    }
    assertThat(watch.regime()).as("no spike").isEqualTo(Regime.NORMAL);
    bar(0.001, 30, 0.05, false);
    assertThat(watch.regime()).as("at the threshold").isEqualTo(Regime.NORMAL);
    bar(0.001, 15, 0.06, false);
    assertThat(watch.regime()).as("one and a half times").isEqualTo(Regime.NORMAL);
    bar(-0.001, 30, 0.06, false);
    assertThat(watch.regime()).as("at once").isEqualTo(Regime.VOLATILE);
    plain(20, 0.041);
    assertThat(watch.regime()).as("a fifth below it still holds").isEqualTo(Regime.VOLATILE);
    plain(2, 0.039);
    assertThat(watch.regime()).as("two bars do not end it").isEqualTo(Regime.VOLATILE);
    plain(1, 0.039);
    assertThat(watch.regime()).isEqualTo(Regime.NORMAL);
    assertThat(entered()).containsExactly(Regime.NORMAL, Regime.VOLATILE, Regime.NORMAL);
  }

  @Test
  void aCalmMarketIsLeftOnlyWellAboveItsThreshold() {
    plain(40, 0.009);
    assertThat(watch.regime()).isEqualTo(Regime.LOW_VOLATILITY);
    plain(20, 0.0115);
    assertThat(watch.regime()).isEqualTo(Regime.LOW_VOLATILITY);
    plain(3, 0.0125);
    assertThat(watch.regime()).isEqualTo(Regime.NORMAL);
    plain(20, 0.0115);
    assertThat(watch.regime()).isEqualTo(Regime.NORMAL);
  }

  @Test
  void whetherItTrendsOrRanges() {
    plain(40, 0.02);
    for (int i = 0; i < 30; i++) {
      bar(0.001, 10, 0.02, false);
    }
    assertThat(watch.regime()).isEqualTo(Regime.TRENDING);
    for (int i = 0; i < 40; i++) {
      bar(i % 2 == 0 ? 0.001 : -0.001, 10, 0.02, false);
    }
    assertThat(watch.regime()).isEqualTo(Regime.RANGING);
    for (int i = 0; i < 40; i++) {
      bar(0, 0, 0.02, false);
    }
    assertThat(watch.regime()).as("nothing moves").isEqualTo(Regime.RANGING);
  }

  @Test
  void aCrashHoldsAtOnceAndIsNotOverAtOnce() {
    bar(0, 1, null, false);
    bar(-0.05, 1, null, true);
    assertThat(watch.regime()).as("also before all else is known").isEqualTo(Regime.FLASH_CRASH);
    assertThat(watch.confidence()).isEqualTo(1);
    plain(40, 0.02);
    assertThat(watch.regime()).isEqualTo(Regime.NORMAL);
    bar(-0.05, 10, 0.02, true);
    assertThat(watch.regime()).isEqualTo(Regime.FLASH_CRASH);
    plain(2, 0.02);
    assertThat(watch.regime()).isEqualTo(Regime.FLASH_CRASH);
    plain(3, 0.02);
    assertThat(watch.regime()).isNotEqualTo(Regime.FLASH_CRASH);
  }

  /** What it showed before is what it shows again: those are no bars in a row. */
  @Test
  void aCrashWithoutAMoveIsNotOverAtOnceEither() {
    plain(40, 0.02);
    assertThat(watch.regime()).isEqualTo(Regime.NORMAL);
    bar(0.001, 10, 0.02, true);
    plain(2, 0.02);
    assertThat(watch.regime()).isEqualTo(Regime.FLASH_CRASH);
    plain(1, 0.02);
    assertThat(watch.regime()).isEqualTo(Regime.NORMAL);
  }

  @Test
  void aVolatilityAroundAThresholdDoesNotFlicker() {
    plain(40, 0.02);
    changes.clear();
    for (int i = 0; i < 500; i++) {
      plain(1, i % 2 == 0 ? 0.0099 : 0.0101);
    }
    assertThat(changes).isEmpty();
  }

  @Test
  void confidenceGrowsWithTheDistanceFromThresholds() {
    plain(60, 0.0099);
    double near = watch.confidence();
    watch = new RegimeWatch(RegimeTerms.DEFAULT, MINUTE);
    for (int i = 0; i < 60; i++) {
      bar(i % 5 < 3 ? 0.0001 : -0.0001, 10, 0.002, false);
    }
    assertThat(near).isBetween(0.2, 0.8);
    assertThat(watch.confidence()).isGreaterThan(0.95).isLessThanOrEqualTo(1);
  }

  @Test
  void itGoesOnFromItsBytesAtAnyBar() {
    RegimeWatch restored = new RegimeWatch(RegimeTerms.DEFAULT, MINUTE);
    Random random = new Random(3);
    int seen = 0;
    for (int i = 0; i < 1_500; i++) {
      double level = Math.exp(2.5 * Math.sin(i / 60.0));
      double close = 100 + 10 * Math.sin(i / 40.0) + random.nextGaussian() * 0.2 * level;
      double volume = random.nextInt(i % 200 < 20 ? 100 : 10);
      Double sigma = i < 5 ? null : (Double) (0.015 * level);
      boolean isCrash = i % 400 == 399;
      long at = (i + i / 300 * 50L) * MINUTE;
      RegimeChange change = watch.onBar(at, close, volume, sigma, isCrash);
      assertThat(restored.onBar(at, close, volume, sigma, isCrash)).isEqualTo(change);
      assertThat(restored.toBytes()).isEqualTo(watch.toBytes());
      restored = RegimeWatch.of(RegimeTerms.DEFAULT, MINUTE, restored.toBytes());
      assertThat(restored.regime()).isEqualTo(watch.regime());
      assertThat(restored.confidence()).isEqualTo(watch.confidence());
      assertThat(restored.sinceUs()).isEqualTo(watch.sinceUs());
      seen += change == null ? 0 : 1;
    }
    assertThat(seen).isGreaterThan(10);
    assertThat(watch.leaveProbability(60 * MINUTE))
        .isEqualTo(restored.leaveProbability(60 * MINUTE));
    assertThat(watch.toBytes().length).isLessThan(5_000);
  }

  @Test
  void whatOtherTermsToldIsNotTakenUp() {
    plain(40, 0.02);
    RegimeTerms other = new RegimeTerms(0.01, 0.06, 2, 0.5, 0.1, 30, 0.2, 3);
    assertThat(RegimeWatch.of(other, MINUTE, watch.toBytes()).regime()).isNull();
  }

  @Test
  void barsThatAreOfNoUseChangeNothing() {
    plain(40, 0.02);
    byte[] before = watch.toBytes();
    for (double close : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(watch.onBar(time, close, 1, 0.02, true)).isNull();
    }
    assertThat(watch.onBar(time - MINUTE, 100, 1, 0.02, true)).isNull();
    assertThat(watch.toBytes()).isEqualTo(before);
  }

  @Test
  void termsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new RegimeTerms(0.05, 0.05, 2, 0.5, 0.1, 30, 0.2, 3))
        .hasMessage("volatile_sigma_daily is 0.05, expected above low_sigma_daily");
    assertThatThrownBy(() -> new RegimeTerms(0.01, 0.05, 2, 0.1, 0.1, 30, 0.2, 3))
        .hasMessageContaining("trending");
  }

  /** Bytes that the first build wrote: state of that time reads. */
  @Test
  void itsBytesStayWhatTheyWere() {
    Random random = new Random(3);
    for (int i = 0; i < 1_500; i++) {
      long at = (i + i / 300 * 50L) * MINUTE;
      double close = 100 + random.nextInt(200) / 100.0;
      Double sigma = i < 5 ? null : (Double) (i % 300 / 5_000.0);
      watch.onBar(at, close, random.nextInt(50), sigma, i == 2);
    }
    assertThat(watch.regime()).isEqualTo(Regime.VOLATILE);
    assertThat(Sha256.hex(watch.toBytes()))
        .isEqualTo("1ea8d9028e80d4cdfc919a673a58fab17aed84733491506edaa7a1dfabd990bb");
  }
}
