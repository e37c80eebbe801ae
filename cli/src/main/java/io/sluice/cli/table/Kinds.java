package io.sluice.cli.table;

import io.sluice.cli.table.Formula.Result;
import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.TransformKind;
import io.sluice.domain.market.feature.indicator.AccumulationDistribution;
import io.sluice.domain.market.feature.indicator.Adx;
import io.sluice.domain.market.feature.indicator.Atr;
import io.sluice.domain.market.feature.indicator.Autocorrelation;
import io.sluice.domain.market.feature.indicator.Bollinger;
import io.sluice.domain.market.feature.indicator.Candles;
import io.sluice.domain.market.feature.indicator.Cci;
import io.sluice.domain.market.feature.indicator.Hurst;
import io.sluice.domain.market.feature.indicator.Imbalance;
import io.sluice.domain.market.feature.indicator.Indicator;
import io.sluice.domain.market.feature.indicator.JumpRatio;
import io.sluice.domain.market.feature.indicator.Macd;
import io.sluice.domain.market.feature.indicator.OnBalanceVolume;
import io.sluice.domain.market.feature.indicator.PriceRange;
import io.sluice.domain.market.feature.indicator.Rsi;
import io.sluice.domain.market.feature.indicator.Stochastic;
import io.sluice.domain.market.feature.indicator.Transform;
import io.sluice.domain.market.feature.indicator.Transforms;
import io.sluice.domain.market.feature.indicator.VolumeSpike;
import io.sluice.domain.market.feature.indicator.Vwap;
import io.sluice.domain.market.feature.window.RollingCorrelation;
import io.sluice.domain.market.volatility.BarVolatility;
import io.sluice.domain.market.volatility.GarchTerms;
import io.sluice.domain.market.volatility.RealisedVariation;
import io.sluice.domain.market.volatility.RunningVariance;
import io.sluice.domain.market.volatility.VolatilityMethod;
import io.sluice.domain.market.volatility.VolatilityTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What can be computed over a table with numbers of one's own. */
public final class Kinds {
  /**
   * One of them.
   *
   * @param numbers what the numbers behind its name are
   * @param input the column that it is of unless another is named; null where it is of whole bars
   * @param definition one line
   */
  public record Kind(
      String name, List<String> numbers, String input, String definition, Rule rule) {
    /** How it is written. */
    public String text() {
      return numbers.isEmpty() ? name : name + ":" + String.join(",", numbers);
    }
  }

  /** How it is computed; the series is that of the input, null where there is none. */
  interface Rule {
    Result over(BarTable table, double[] series, Numbers numbers);
  }

  private static final String CLOSE = "close";
  private static final String RETURN = "return";
  private static final String OF_ONE_BAR = "variance of one bar's log return";
  private static final List<Kind> ALL = new ArrayList<>();

  static {
    of("rsi", "N", numbers -> new Rsi(numbers.whole(0)), "Wilder's relative strength", "rsi");
    of(
        "macd",
        "FAST,SLOW,SIGNAL",
        numbers -> new Macd(numbers.whole(0), numbers.whole(1), numbers.whole(2)),
        "Appel's macd, its signal and histogram",
        "macd",
        "macd_signal",
        "macd_histogram");
    of(
        "stochastic",
        "N,K,D",
        numbers -> new Stochastic(numbers.whole(0), numbers.whole(1), numbers.whole(2)),
        "Lane's oscillator %K, smoothed over K, and its mean %D over D",
        "stochastic_k",
        "stochastic_d");
    of(
        "williams_r",
        "N",
        numbers -> PriceRange.williamsR(numbers.whole(0)),
        "Williams %R",
        "williams_r");
    of("cci", "N", numbers -> new Cci(numbers.whole(0)), "Lambert's commodity channel", "cci");
    of(
        "atr",
        "N",
        numbers -> new Atr(numbers.whole(0)),
        "Wilder's average true range, and in percent of the close; with 1 the true range",
        "atr",
        "atr_percent");
    of(
        "adx",
        "N",
        numbers -> new Adx(numbers.whole(0)),
        "Wilder's +DI, -DI and ADX",
        "plus_di",
        "minus_di",
        "adx");
    of(
        "bollinger",
        "N,DEVIATIONS",
        numbers -> new Bollinger(numbers.whole(0), numbers.any(1)),
        "Bollinger's bands, the close's position in them, their width over the mean",
        "bollinger_upper",
        "bollinger_lower",
        "bollinger_position",
        "bollinger_width");
    of("obv", "", numbers -> new OnBalanceVolume(), "Granville's on-balance volume", "obv");
    of(
        "accumulation_distribution",
        "",
        numbers -> new AccumulationDistribution(),
        "Chaikin's line",
        "accumulation_distribution");
    of(
        "vwap",
        "N",
        numbers -> new Vwap(numbers.whole(0)),
        "turnover over volume; without a column turnover by typical prices",
        "vwap");
    of(
        "volume",
        "N",
        numbers -> new VolumeSpike(numbers.whole(0)),
        "volume over the mean of the N bars before, and in deviations from it",
        "volume_ratio",
        "volume_zscore");
    of(
        "trade_imbalance",
        "N",
        numbers -> new Imbalance(numbers.whole(0)),
        "bought less sold volume over both",
        "trade_imbalance");
    of(
        "autocorrelation",
        "N",
        numbers -> new Autocorrelation(numbers.whole(0)),
        "of log returns with those one bar before, N pairs",
        "autocorrelation");
    of(
        "hurst",
        "N",
        numbers -> new Hurst(numbers.whole(0, 22, 100_000)),
        "exponent by the deviations of changes over 2 to 20 bars",
        "hurst");
    of(
        "jump_ratio",
        "N",
        numbers -> new JumpRatio(numbers.whole(0)),
        "how realised variation of N log returns is above bipower variation, as a test",
        "jump_ratio");
    of(
        "drawdown",
        "N",
        numbers -> PriceRange.drawdown(numbers.whole(0)),
        "close below the highest high, bars since it and since the lowest low",
        "drawdown",
        "bars_since_high",
        "bars_since_low");
    of(
        "candles",
        "",
        numbers -> new Candles(),
        "patterns: 1, 0 or -1",
        "doji",
        "hammer",
        "engulfing",
        "morning_star",
        "evening_star");
    for (TransformKind kind : TransformKind.values()) {
      series(
          kind.key(),
          "N",
          CLOSE,
          kind.definition(),
          (table, series, numbers) ->
              one(kind.key(), transformed(series, kind.make(numbers.whole(0)))));
    }
    series(
        "percent_growth",
        "N",
        CLOSE,
        "rate of change: value over that many bars before, less 1, in percent",
        (table, series, numbers) ->
            one("percent_growth", transformed(series, Transforms.percentGrowth(numbers.whole(0)))));
    series(
        "correlation",
        "N",
        CLOSE,
        "Pearson's, of the newest N values with those of the column other",
        (table, series, numbers) ->
            one("correlation", correlated(series, table.otherFor("correlation"), numbers)));
    series(
        "running",
        "",
        CLOSE,
        "mean and sample deviation (n - 1) of all values so far",
        (table, series, numbers) -> running(series));
    for (VolatilityMethod method : VolatilityMethod.values()) {
      String name = method.name().toLowerCase(Locale.ROOT);
      if (method == VolatilityMethod.EWMA) {
        bars(name, "LAMBDA", OF_ONE_BAR, Kinds::ewma);
      } else if (method != VolatilityMethod.GARCH) {
        bars(name, "N", OF_ONE_BAR, (table, series, numbers) -> estimated(method, table, numbers));
      }
    }
    series(
        "variation",
        "N",
        RETURN,
        "realised, bipower and tripower variation of N returns",
        (table, series, numbers) -> variation(series, numbers));
    series(
        "garch",
        "MU,OMEGA,ALPHA,BETA",
        RETURN,
        "filtered variances of GARCH(1,1), each of the return it stands beside; begun with the mean"
            + " of squared innovations",
        Filters::garch);
    series(
        "garch_fit",
        "ALPHAS,BETAS",
        RETURN,
        "the same of a model that is fitted to all returns, with as many weights; says its"
            + " coefficients",
        Filters::fittedGarch);
    series(
        "hamilton",
        "P00,P10,MEAN0,MEAN1,SIGMA0,SIGMA1",
        RETURN,
        "Hamilton's filter of two normal states: their probabilities and the log likelihood so far",
        Filters::hamilton);
    series(
        "matrix_profile",
        "N",
        CLOSE,
        "distance to the nearest shape of N values and the row it begins at, from 1: of all and of"
            + " those before; a shape stands at its first row, those nearer than N / 4 do not count",
        Filters::matrixProfile);
  }

  private Kinds() {}

  /** All there are, in the order of the documentation. */
  public static List<Kind> all() {
    return List.copyOf(ALL);
  }

  /** The one of a name, or null. */
  static Kind of(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst().orElse(null);
  }

  /** An indicator of whole bars; what it has beyond the named values is left out. */
  private static void of(
      String name,
      String numbers,
      Function<Numbers, Indicator> make,
      String definition,
      String... values) {
    bars(
        name,
        numbers,
        definition,
        (table, series, given) -> {
          // Some have more values than are told here.
          double[][] columns = Formula.columns(make.apply(given), values.length + 1, table.bars());
          return new Result(List.of(values), List.of(columns).subList(0, values.length), List.of());
        });
  }

  private static void bars(String name, String numbers, String definition, Rule rule) {
    ALL.add(new Kind(name, names(numbers), null, definition, rule));
  }

  private static void series(
      String name, String numbers, String input, String definition, Rule rule) {
    ALL.add(new Kind(name, names(numbers), input, definition, rule));
  }

  private static List<String> names(String numbers) {
    return numbers.isEmpty() ? List.of() : List.of(numbers.split(","));
  }

  private static Result one(String name, double[] column) {
    return new Result(List.of(name), List.of(column), List.of());
  }

  private static double[] transformed(double[] series, Transform transform) {
    return Arrays.stream(series)
        .map(value -> Double.isNaN(value) ? value : transform.next(value))
        .toArray();
  }

  private static double[] correlated(double[] series, double[] other, Numbers numbers) {
    RollingCorrelation pairs = new RollingCorrelation(numbers.whole(0));
    double[] column = new double[series.length];
    for (int i = 0; i < column.length; i++) {
      if (!Double.isNaN(series[i])) {
        pairs.add(series[i], other[i]);
      }
      column[i] = pairs.isFull() ? pairs.correlation() : Double.NaN;
    }
    return column;
  }

  private static Result running(double[] series) {
    RunningVariance variance = new RunningVariance();
    double[] mean = new double[series.length];
    double[] deviation = new double[series.length];
    for (int i = 0; i < series.length; i++) {
      if (!Double.isNaN(series[i])) {
        variance.add(series[i]);
      }
      mean[i] = variance.mean();
      deviation[i] = variance.deviation();
    }
    return new Result(
        List.of("running_mean", "running_deviation"), List.of(mean, deviation), List.of());
  }

  private static Result ewma(BarTable table, double[] series, Numbers numbers) {
    return one("ewma", estimated(terms(VolatilityMethod.EWMA, 3, numbers.any(0)), table));
  }

  private static Result estimated(VolatilityMethod method, BarTable table, Numbers numbers) {
    VolatilityTerms terms = terms(method, numbers.whole(0), VolatilityTerms.DEFAULT.lambda());
    return one(method.name().toLowerCase(Locale.ROOT), estimated(terms, table));
  }

  private static VolatilityTerms terms(VolatilityMethod method, int window, double lambda) {
    long barUs = VolatilityTerms.DEFAULT.horizonUs();
    return new VolatilityTerms(method, barUs, window, lambda, GarchTerms.DEFAULT);
  }

  private static double[] estimated(VolatilityTerms terms, BarTable table) {
    BarVolatility volatility = new BarVolatility(terms);
    double before = table.closeBefore();
    volatility.onBar(-terms.horizonUs(), before, before, before, before);
    double[] column = new double[table.bars().size()];
    for (int i = 0; i < column.length; i++) {
      Bar bar = table.bars().get(i);
      volatility.onBar(bar.startUs(), bar.open(), bar.high(), bar.low(), bar.close());
      column[i] = volatility.variance();
    }
    return column;
  }

  private static Result variation(double[] series, Numbers numbers) {
    RealisedVariation variation = new RealisedVariation(numbers.whole(0));
    double[][] columns = new double[3][series.length];
    for (int i = 0; i < series.length; i++) {
      if (!Double.isNaN(series[i])) {
        variation.add(series[i]);
      }
      columns[0][i] = variation.isFull() ? variation.realised() : Double.NaN;
      columns[1][i] = variation.isFull() ? variation.bipower() : Double.NaN;
      columns[2][i] = variation.isFull() ? variation.tripower() : Double.NaN;
    }
    return new Result(
        List.of("realised_variation", "bipower_variation", "tripower_variation"),
        List.of(columns),
        List.of());
  }
}
