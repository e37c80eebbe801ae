package io.sluice.cli.training;

import io.sluice.domain.config.AssetVenues;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.FeatureTerms;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.market.MarketAnalytics;
import io.sluice.domain.market.Regime;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.crash.CrashGuard;
import io.sluice.domain.market.feature.FeatureLayout;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.market.feature.FeatureSchema;
import io.sluice.domain.market.feature.FeatureSet;
import io.sluice.domain.market.feature.Peers;
import io.sluice.domain.scoring.training.TradePath;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import io.sluice.jobs.input.Input;
import io.sluice.jobs.input.InputException;
import io.sluice.jobs.input.MergedInput;
import io.sluice.scoring.training.Dataset;
import io.sluice.scoring.training.TrainingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Plays recorded trades and quotes of one instrument through the bars and features that the live
 * front has, and keeps the rows of one interval. A row belongs to the trade that closes its bar: a
 * model sees it then, and can have no earlier price. Of bars that one trade closes the last counts.
 * Features are those of a configuration that has some; what others trade is looked at there as the
 * front does.
 */
public final class FeatureReplay {
  private static final int ROWS_BETWEEN_REPORTS = 10_000;

  /** All there are without a configuration: what looks at other instruments has no value then. */
  public static final Set<FeatureSet> OF_ONE_INSTRUMENT =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(FeatureSet.VENUES, FeatureSet.BASKET)));

  private final String instrument;
  private final BarInterval interval;
  private final FeatureLayout layout;
  private final MarketAnalytics analytics;
  private final CrashGuard guard;
  private final List<double[]> rows = new ArrayList<>();
  private final List<Regime> regimes = new ArrayList<>();
  private int[] at = new int[1_024];
  private long[] timesUs = new long[1 << 16];
  private double[] prices = new double[1 << 16];
  private int trades;
  private FeatureRow closed;

  private FeatureReplay(String instrument, BarInterval interval, Configuration configuration) {
    this.instrument = instrument;
    this.interval = interval;
    boolean isOfGate = configuration != null && !configuration.features().intervals().isEmpty();
    this.layout =
        isOfGate
            ? layout(interval, configuration.features())
            : new FeatureLayout(List.of(interval), OF_ONE_INSTRUMENT, List.of());
    this.analytics =
        new MarketAnalytics(
            instrument,
            terms(configuration),
            layout,
            isOfGate ? peers(instrument, configuration) : Peers.NONE);
    this.guard = new CrashGuard(configuration == null ? List.of() : configuration.crashRules());
  }

  private static FeatureLayout layout(BarInterval interval, FeatureTerms features) {
    if (!features.intervals().contains(interval)) {
      throw new TrainingException(
          "the interval is "
              + interval.code()
              + ", expected one of features.intervals of the configuration, "
              + features.intervals().stream()
                  .map(BarInterval::code)
                  .collect(Collectors.joining(", "))
              + ": the gate has no other features");
    }
    return new FeatureLayout(List.of(interval), features.sets(), features.compositions());
  }

  private static Peers peers(String instrument, Configuration configuration) {
    Map<String, Instrument> listed = configuration.instruments();
    return listed.containsKey(instrument)
        ? configuration.features().peersOf(listed.get(instrument), new AssetVenues(listed.values()))
        : Peers.NONE;
  }

  private static MarketTerms terms(Configuration configuration) {
    return configuration == null ? MarketTerms.DEFAULT : configuration.market();
  }

  /**
   * @param instrument whose rows are wanted; null where the inputs hold one only
   * @param configuration of the front that the model is for, which tells the regimes of rows and
   *     their features where it has some; null for the steps of the volatility of trades
   * @param progress told how many lines were read
   * @throws InputException where an input cannot be read
   * @throws TrainingException where there is no trade of the instrument, or no saying which, and
   *     where the configuration has features of other intervals only
   */
  public static Dataset of(
      List<? extends Input> inputs,
      String instrument,
      BarInterval interval,
      Configuration configuration,
      LongConsumer progress)
      throws IOException {
    FeatureReplay replay =
        instrument == null ? null : new FeatureReplay(instrument, interval, configuration);
    long read = 0;
    try (MergedInput input = new MergedInput(inputs)) {
      while (input.advance()) {
        Row row = input.row();
        String its = row == null ? null : instrumentOf(row);
        if (its != null && replay == null) {
          replay = new FeatureReplay(its, interval, configuration);
        }
        if (its != null && its.equals(replay.instrument)) {
          replay.take(row);
        } else if (its != null && instrument == null) {
          throw new TrainingException(
              "the files hold " + replay.instrument + " and " + its + ": choose with --market");
        } else if (row != null && row.message() instanceof Trade trade) {
          replay.analytics.features().elsewhere(row.orderTimeUs(), trade);
        }
        if (++read % ROWS_BETWEEN_REPORTS == 0) {
          progress.accept(read);
        }
      }
    }
    if (replay == null || replay.trades == 0) {
      throw new TrainingException(
          "the files hold no trade"
              + (instrument == null ? "" : " of " + instrument)
              + ": give --trades with some");
    }
    return replay.dataset();
  }

  private static String instrumentOf(Row row) {
    if (row.message() instanceof Trade trade) {
      return trade.instrument();
    }
    return row.message() instanceof Quote quote ? quote.instrument() : null;
  }

  private void take(Row row) {
    closed = null;
    analytics.advance(row.orderTimeUs(), guard.isActive(), this::keep, event -> {});
    if (row.message() instanceof Trade trade) {
      trade(row.orderTimeUs(), trade);
    } else {
      analytics.quote((Quote) row.message());
    }
    if (closed != null && trades > 0) {
      add(closed);
    }
  }

  private void keep(FeatureRow row) {
    if (row.bar().interval() == interval) {
      closed = row;
    }
  }

  private void trade(long timeUs, Trade trade) {
    if (trades == prices.length) {
      timesUs = Arrays.copyOf(timesUs, 2 * trades);
      prices = Arrays.copyOf(prices, 2 * trades);
    }
    timesUs[trades] = timeUs;
    prices[trades++] = trade.price().doubleValue();
    analytics.trade(timeUs, trade);
    guard.add(trade.eventTimeUs(), trade.price());
  }

  private void add(FeatureRow row) {
    if (rows.size() == at.length) {
      at = Arrays.copyOf(at, 2 * at.length);
    }
    at[rows.size()] = trades - 1;
    rows.add(row.values());
    regimes.add(row.regime());
  }

  private Dataset dataset() {
    FeatureSchema schema = layout.schemaOf(interval);
    return new Dataset(
        schema.names(),
        schema.meanings(schema.names()),
        rows.toArray(double[][]::new),
        regimes.toArray(Regime[]::new),
        Arrays.copyOf(at, rows.size()),
        new TradePath(Arrays.copyOf(timesUs, trades), Arrays.copyOf(prices, trades)));
  }
}
