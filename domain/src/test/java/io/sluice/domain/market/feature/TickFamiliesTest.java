package io.sluice.domain.market.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.market.feature.tick.LiquidityScore;
import io.sluice.domain.market.feature.tick.TickIndicator;
import io.sluice.domain.market.feature.tick.TopOfBook;
import io.sluice.domain.market.feature.tick.TradeFlow;
import io.sluice.domain.market.feature.tick.Vpin;
import io.sluice.domain.market.state.StateTape;
import io.sluice.domain.wire.Aggressor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TickFamiliesTest {
  private static final double NONE = Double.NaN;

  static List<Family<TickIndicator>> families() {
    return Catalogue.OF_TICKS;
  }

  private static double[] values(TickIndicator indicator, int count) {
    double[] row = new double[count];
    indicator.into(row, 0);
    return row;
  }

  @ParameterizedTest
  @MethodSource("families")
  void hasNoValueUntilItIsWarmAndThenHas(Family<TickIndicator> family) {
    TickIndicator indicator = family.make().get();
    int count = family.features().size();
    assertThat(values(indicator, count)).containsOnly(Double.NaN);
    for (int i = 1; i <= 3_600; i++) {
      indicator.quote(99, 5, 101, 4);
      indicator.trade(100, 2, i % 3 == 0 ? Aggressor.BUY : Aggressor.SELL);
      double[] row = values(indicator, count);
      for (int value = 0; value < count; value++) {
        Feature feature = family.features().get(value);
        assertThat(Double.isFinite(row[value]))
            .as("%s after %d", feature.name(), i)
            .isEqualTo(i >= feature.warmUp());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void goesOnAfterARestartAtAnyTickAsItWas(Family<TickIndicator> family) {
    Random random = new Random(3);
    TickIndicator straight = family.make().get();
    TickIndicator restored = family.make().get();
    int count = family.features().size();
    for (int i = 0; i < 4_000; i++) {
      double price = 100 + random.nextGaussian();
      double qty = random.nextInt(50) == 0 ? 10_000 : random.nextInt(100) / 10.0;
      Aggressor aggressor = Aggressor.values()[random.nextInt(3)];
      boolean isQuote = random.nextInt(4) == 0;
      for (TickIndicator each : List.of(straight, restored)) {
        if (isQuote) {
          each.quote(price - 0.1, qty, price + 0.1, 7);
        } else {
          each.trade(price, qty, aggressor);
        }
      }
      if (i % 7 == 0) {
        StateTape tape = StateTape.recording();
        restored.state(tape);
        restored = family.make().get();
        StateTape back = StateTape.of(tape.toBytes());
        restored.state(back);
        assertThat(back.isAtEnd()).isTrue();
      }
      assertThat(values(restored, count)).isEqualTo(values(straight, count));
    }
  }

  @Test
  void theTopOfTheBook() {
    TopOfBook top = new TopOfBook();
    top.quote(99, 30, 101, 10);
    assertThat(values(top, 5)).containsExactly(2, 200, 100, 100.5, 0.5);
    top.quote(100, 1, 100, 1);
    assertThat(values(top, 5)).containsExactly(0, 0, 100, 100, 0);
    top.quote(102, 1, 101, 1);
    assertThat(values(top, 5)).containsOnly(NONE);
    top.quote(99, 1, NONE, NONE);
    assertThat(values(top, 5)).containsOnly(NONE);
    top.quote(99, 0, 101, 0);
    assertThat(values(top, 5)).containsExactly(2, 200, 100, NONE, NONE);
  }

  @Test
  void theFlowOfTrades() {
    TradeFlow flow = new TradeFlow(2);
    flow.trade(100, 5, Aggressor.SELL);
    flow.trade(110, 1, Aggressor.BUY);
    flow.trade(121, 3, Aggressor.SELL);
    double[] row = values(flow, 5);
    assertThat(row[0]).isEqualTo(StrictMath.log(1.1));
    assertThat(row[1]).isEqualTo(StrictMath.log(1.21));
    assertThat(row[2]).isEqualTo(-0.5);
    assertThat(row[3]).isEqualTo((110 + 3 * 121) / 4.0);
    assertThat(row[4]).isEqualTo(2);
    flow.trade(121, 3, Aggressor.UNKNOWN);
    flow.trade(121, 3, Aggressor.UNKNOWN);
    assertThat(values(flow, 5)[2]).isNaN();
  }

  @Test
  void liquidityIsTightnessTimesDepth() {
    LiquidityScore score = new LiquidityScore(1);
    score.trade(100, 3, Aggressor.BUY);
    score.quote(99.95, 9, 100.05, 20);
    assertThat(values(score, 1)[0]).isCloseTo(0.5 * 0.75, within(1e-12));
    score.quote(100.05, 9, 99.95, 20);
    assertThat(values(score, 1)[0]).isNaN();
  }

  @Test
  void informedTradingIsOneWhereAllTradeOneWayAndHalfOfTheSurplusElse() {
    Vpin oneWay = new Vpin(50, 50);
    Vpin mixed = new Vpin(50, 50);
    for (int i = 0; i < 5_000; i++) {
      oneWay.trade(100, 2, Aggressor.SELL);
      mixed.trade(100, 2, i % 4 == 0 ? Aggressor.SELL : Aggressor.BUY);
    }
    assertThat(values(oneWay, 1)[0]).isEqualTo(1);
    assertThat(values(mixed, 1)[0]).isCloseTo(0.5, within(0.02));
  }

  @Test
  void aTradeLargerThanAllBucketsFillsThem() {
    Vpin vpin = new Vpin(50, 50);
    for (int i = 0; i < 4_000; i++) {
      vpin.trade(100, 1, i % 2 == 0 ? Aggressor.SELL : Aggressor.BUY);
    }
    assertThat(values(vpin, 1)[0]).isLessThan(0.05);
    vpin.trade(100, 1e9, Aggressor.BUY);
    assertThat(values(vpin, 1)[0]).isGreaterThan(0.9);
  }
}
