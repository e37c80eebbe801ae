package io.sluice.domain.market.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.indicator.Indicator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an indicator keeps up bar by bar is what its definition makes of all the bars so far. */
class IndicatorDefinitionsTest {
  private static final List<Bar> BARS = Bars.walk(17, 400);

  /** Bars so far, the newest last. */
  private record Past(List<Bar> bars) {
    Bar back(int steps) {
      return bars.get(bars.size() - 1 - steps);
    }

    double close(int back) {
      return back(back).close();
    }

    double[] last(int count, int skipped, ToDoubleFunction<Bar> of) {
      int end = bars.size() - skipped;
      return bars.subList(end - count, end).stream().mapToDouble(of).toArray();
    }

    double sum(int count, ToDoubleFunction<Bar> of) {
      return IntStream.range(0, count).mapToDouble(i -> of.applyAsDouble(back(i))).sum();
    }
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  private static double correlation(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - mean(x)) * (y[i] - mean(y));
    }
    return sum / x.length / deviation(x) / deviation(y);
  }

  private static double highest(double[] values) {
    double highest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      highest = Math.max(highest, value);
    }
    return highest;
  }

  private static double lowest(double[] values) {
    double lowest = Double.POSITIVE_INFINITY;
    for (double value : values) {
      lowest = Math.min(lowest, value);
    }
    return lowest;
  }

  /** Steps back to the newest of the values that are that. */
  private static double ago(double[] values, double which) {
    int at = values.length - 1;
    while (values[at] != which) {
      at--;
    }
    return values.length - 1 - at;
  }

  private static double[] logReturns(Past past, int count, int skipped) {
    return IntStream.range(0, count)
        .map(i -> skipped + count - 1 - i)
        .mapToDouble(i -> Math.log(past.close(i) / past.close(i + 1)))
        .toArray();
  }

  private static Arguments of(String name, int values, ToDoubleFunction<Past> definition) {
    return Arguments.of(name, values, definition);
  }

  /** Names, how many bars each takes, and what it is. */
  static List<Arguments> definitions() {
    return List.of(
        of("return_1", 2, past -> past.close(0) / past.close(1) - 1),
        of("log_return_1", 2, past -> Math.log(past.close(0)) - Math.log(past.close(1))),
        of("log_return_10", 11, past -> Math.log(past.close(0)) - Math.log(past.close(10))),
        of("momentum_10", 11, past -> past.close(0) - past.close(10)),
        of("rate_of_change_10", 11, past -> 100 * (past.close(0) / past.close(10) - 1)),
        of("sma_50", 50, past -> mean(past.last(50, 0, Bar::close))),
        of(
            "williams_r_14",
            14,
            past -> {
              double high = highest(past.last(14, 0, Bar::high));
              double low = lowest(past.last(14, 0, Bar::low));
              return -100 * (high - past.close(0)) / (high - low);
            }),
        of(
            "cci_20",
            20,
            past -> {
              double[] typical =
                  past.last(20, 0, bar -> (bar.high() + bar.low() + bar.close()) / 3);
              double distances = 0;
              for (double value : typical) {
                distances += Math.abs(value - mean(typical)) / 20;
              }
              return (typical[19] - mean(typical)) / (0.015 * distances);
            }),
        of("obv", 2, IndicatorDefinitionsTest::onBalanceVolume),
        of(
            "accumulation_distribution",
            1,
            past ->
                past.sum(
                    past.bars().size(),
                    bar ->
                        bar.high() == bar.low()
                            ? 0
                            : bar.volume()
                                * (2 * bar.close() - bar.low() - bar.high())
                                / (bar.high() - bar.low()))),
        of("vwap_20", 20, past -> past.sum(20, Bar::turnover) / past.sum(20, Bar::volume)),
        of(
            "volume_ratio_20",
            21,
            past -> past.back(0).volume() / mean(past.last(20, 1, Bar::volume))),
        of(
            "volume_zscore_20",
            21,
            past -> {
              double[] before = past.last(20, 1, Bar::volume);
              return (past.back(0).volume() - mean(before)) / deviation(before);
            }),
        of(
            "trade_imbalance_20",
            20,
            past -> {
              double bought = past.sum(20, Bar::buyVolume);
              double sold = past.sum(20, Bar::sellVolume);
              return (bought - sold) / (bought + sold);
            }),
        of(
            "autocorrelation_60",
            62,
            past -> correlation(logReturns(past, 60, 0), logReturns(past, 60, 1))),
        of("jump_ratio_60", 61, past -> jumpRatio(logReturns(past, 60, 0))),
        of("drawdown_60", 60, past -> 1 - past.close(0) / highest(past.last(60, 0, Bar::high))),
        of(
            "bars_since_high_60",
            60,
            past -> {
              double[] highs = past.last(60, 0, Bar::high);
              return ago(highs, highest(highs));
            }),
        of(
            "bars_since_low_60",
            60,
            past -> {
              double[] lows = past.last(60, 0, Bar::low);
              return ago(lows, lowest(lows));
            }));
  }

  /** Huang and Tauchen (2005), with the numbers of a standard normal worked out beside it. */
  private static double jumpRatio(double[] returns) {
    int n = returns.length;
    double realised = 0;
    double bipower = 0;
    double tripower = 0;
    for (int i = 0; i < n; i++) {
      double now = Math.abs(returns[i]);
      realised += now * now;
      bipower += i < 1 ? 0 : Math.PI / 2 * now * Math.abs(returns[i - 1]);
      tripower += i < 2 ? 0 : Math.pow(now * Math.abs(returns[i - 1] * returns[i - 2]), 4.0 / 3);
    }
    tripower *= 1.7434720745319836 * n * n / (n - 2.0);
    double theta = Math.PI * Math.PI / 4 + Math.PI - 5;
    double quarticity = Math.max(1, tripower / (bipower * bipower));
    return (realised - bipower) / realised / Math.sqrt(theta * quarticity / n);
  }

  private static double onBalanceVolume(Past past) {
    double volume = 0;
    for (int i = 0; i < past.bars().size() - 1; i++) {
      if (past.close(i) > past.close(i + 1)) {
        volume += past.back(i).volume();
      } else if (past.close(i) < past.close(i + 1)) {
        volume -= past.back(i).volume();
      }
    }
    return volume;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("definitions")
  void isWhatItsDefinitionSays(String name, int bars, ToDoubleFunction<Past> definition) {
    Family<Indicator> family =
        Catalogue.OF_BARS.stream().filter(one -> place(one, name) >= 0).findFirst().orElseThrow();
    Indicator indicator = family.make().get();
    double[] row = new double[family.features().size()];
    for (int i = 0; i < BARS.size(); i++) {
      indicator.add(BARS.get(i));
      indicator.into(row, 0);
      double told = row[place(family, name)];
      if (i + 1 < bars) {
        assertThat(told).as("bar %d", i).isNaN();
      } else {
        double expected = definition.applyAsDouble(new Past(BARS.subList(0, i + 1)));
        assertThat(told)
            .as("bar %d", i)
            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  private static int place(Family<Indicator> family, String name) {
    return family.features().stream().map(Feature::name).toList().indexOf(name);
  }
}
