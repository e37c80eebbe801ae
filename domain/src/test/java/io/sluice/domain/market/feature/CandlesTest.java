package io.sluice.domain.market.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.indicator.Candles;
import org.junit.jupiter.api.Test;

class CandlesTest {
  private final Candles candles = new Candles();

  /** The pattern of a place in the row after bars of open, high, low and close. */
  private double after(int place, double[]... bars) {
    double[] row = new double[5];
    for (double[] bar : bars) {
      candles.add(Bar.of(BarInterval.MINUTE, 0, bar[0], bar[1], bar[2], bar[3], 1));
    }
    candles.into(row, 0);
    return row[place];
  }

  private static double[] bar(double open, double high, double low, double close) {
    return new double[] {open, high, low, close};
  }

  @Test
  void doji() {
    assertThat(after(0, bar(100, 105, 95, 101))).isEqualTo(1);
    assertThat(after(0, bar(100, 105, 95, 101.1))).isZero();
    assertThat(after(0, bar(100, 100, 100, 100))).isZero();
  }

  @Test
  void hammer() {
    assertThat(after(1, bar(100, 102.5, 95, 102))).isEqualTo(1);
    assertThat(after(1, bar(102, 102.5, 95, 100))).isEqualTo(1);
    assertThat(after(1, bar(100, 104, 95, 102))).isZero();
    assertThat(after(1, bar(100, 102, 97, 102))).isZero();
  }

  @Test
  void engulfing() {
    assertThat(after(2, bar(102, 103, 99, 100), bar(99, 104, 98, 103))).isEqualTo(1);
    assertThat(after(2, bar(100, 103, 99, 102), bar(103, 104, 98, 99))).isEqualTo(-1);
    assertThat(after(2, bar(102, 103, 99, 100), bar(100, 104, 98, 101))).isZero();
    assertThat(after(2, bar(100, 103, 99, 102), bar(99, 104, 98, 103))).isZero();
  }

  @Test
  void stars() {
    double[] fall = bar(110, 111, 99, 100);
    double[] low = bar(99, 100, 97, 98);
    double[] rise = bar(98, 107, 98, 106);
    assertThat(after(3, fall, low, rise)).isEqualTo(1);
    assertThat(after(4, fall, low, rise)).isZero();
    assertThat(after(3, fall, low, bar(98, 105, 98, 104))).isZero();
    double[] up = bar(100, 111, 99, 110);
    double[] high = bar(111, 113, 111, 112);
    assertThat(after(4, up, high, bar(112, 112, 103, 104))).isEqualTo(1);
    assertThat(after(4, up, high, bar(112, 112, 105, 106))).isZero();
  }
}
