package io.sluice.domain.market.feature;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up bars. */
final class Bars {
  static final long START = 1_700_000_100_000_000L;

  private Bars() {}

  /** A walk with bars that trade, and some that do not. */
  static List<Bar> walk(long seed, int count) {
    return walk(seed, count, 100, 0.01);
  }

  static List<Bar> walk(long seed, int count, double from, double step) {
    Random random = new Random(seed);
    List<Bar> bars = new ArrayList<>();
    double close = from;
    for (int i = 0; i < count; i++) {
      double open = close;
      boolean isEmpty = i > 0 && random.nextInt(10) == 0;
      close = isEmpty ? open : open * Math.exp(step * random.nextGaussian());
      double high = Math.max(open, close) * (isEmpty ? 1 : 1 + step * random.nextDouble());
      double low = Math.min(open, close) * (isEmpty ? 1 : 1 - step / 2 * random.nextDouble());
      double buy = isEmpty ? 0 : 1 + random.nextInt(100);
      double sell = isEmpty ? 0 : random.nextInt(100);
      double volume = buy + sell;
      bars.add(
          new Bar(
              BarInterval.MINUTE,
              START + i * BarInterval.MINUTE.us(),
              open,
              high,
              low,
              close,
              volume,
              volume * (open + close) / 2,
              buy,
              sell,
              isEmpty ? 0 : 5,
              0));
    }
    return bars;
  }

  static Bar flat(int i, double price, double volume) {
    return new Bar(
        BarInterval.MINUTE,
        START + i * BarInterval.MINUTE.us(),
        price,
        price,
        price,
        price,
        volume,
        price * volume,
        volume,
        0,
        volume == 0 ? 0 : 1,
        0);
  }
}
