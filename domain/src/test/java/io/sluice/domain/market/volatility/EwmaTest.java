package io.sluice.domain.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EwmaTest {
  private static final long MINUTE = 60_000_000L;

  /** Hull, Options, Futures and Other Derivatives. */
  @Test
  void hullsExamples() {
    EwmaVariance variance = new EwmaVariance(0.9, 0.01 * 0.01);
    variance.add(0.02);
    assertThat(Math.sqrt(variance.variance())).isEqualTo(0.0114018, within(5e-8));
    EwmaVariance gold = new EwmaVariance(0.94, 0.013 * 0.013);
    gold.add(298.0 / 300 - 1);
    assertThat(gold.variance()).isEqualTo(1.61527e-4, within(5e-10));
  }

  @Test
  void aVectorSeededWithItsFirstSquare() {
    int[] closes = {101, 103, 102, 104, 107, 106, 105, 108, 110, 109, 112, 113};
    EwmaVariance variance = new EwmaVariance(0.94);
    for (int i = 1; i < closes.length; i++) {
      variance.add(Math.log((double) closes[i] / closes[i - 1]));
    }
    assertThat(variance.variance()).isEqualTo(3.679224443767517e-4, within(1e-18));
  }

  @Test
  void severalPeriodsCountInEqualParts() {
    EwmaVariance atOnce = new EwmaVariance(0.94, 1e-4);
    atOnce.add(0.04, 4);
    EwmaVariance oneByOne = new EwmaVariance(0.94, 1e-4);
    for (int i = 0; i < 4; i++) {
      oneByOne.add(0.02);
    }
    assertThat(atOnce.variance()).isEqualTo(oneByOne.variance(), within(1e-18));
  }

  @Test
  void lambdaIsAWeight() {
    for (double lambda : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> new EwmaVariance(lambda))
          .hasMessageContaining("above 0 and below 1");
    }
  }

  @Test
  void aDaysVolatilityOfTheLastPricesOfMinutes() {
    EwmaVolatility volatility = new EwmaVolatility();
    volatility.add(0, 1);
    volatility.add(30_000_000, 100);
    volatility.add(MINUTE, 500);
    volatility.add(2 * MINUTE - 1, 101);
    assertThat(volatility.sigmaDaily()).as("one minute has closed").isNull();
    volatility.add(2 * MINUTE, 900);
    assertThat(volatility.sigmaDaily()).isEqualTo(Math.log(1.01) * Math.sqrt(1_440), within(1e-15));
  }

  @Test
  void minutesWithoutATradeShareTheReturnOverThem() {
    EwmaVolatility volatility = new EwmaVolatility();
    volatility.add(0, 100);
    volatility.add(4 * MINUTE, 104);
    volatility.add(5 * MINUTE, 104);
    double perMinute = Math.pow(Math.log(1.04), 2) / 4;
    assertThat(volatility.sigmaDaily()).isEqualTo(Math.sqrt(perMinute * 1_440), within(1e-15));
  }

  @Test
  void aTradeOfAnEarlierMinuteChangesNothing() {
    EwmaVolatility with = new EwmaVolatility();
    EwmaVolatility without = new EwmaVolatility();
    for (int minute = 0; minute < 6; minute++) {
      with.add(minute * MINUTE, 100 + minute % 2);
      without.add(minute * MINUTE, 100 + minute % 2);
      with.add(minute * MINUTE - 1, 1);
    }
    assertThat(with.sigmaDaily()).isEqualTo(without.sigmaDaily()).isNotNull();
  }

  @Test
  void itGoesOnFromItsBytes() {
    EwmaVolatility straight = new EwmaVolatility();
    EwmaVolatility restored = new EwmaVolatility();
    for (int i = 0; i < 50; i++) {
      restored = EwmaVolatility.of(restored.toBytes());
      straight.add(i * MINUTE / 3, 100 + i * 37 % 11);
      restored.add(i * MINUTE / 3, 100 + i * 37 % 11);
      assertThat(restored.sigmaDaily()).isEqualTo(straight.sigmaDaily());
    }
  }
}
