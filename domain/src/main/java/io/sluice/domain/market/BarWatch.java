package io.sluice.domain.market;

import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.anomaly.Anomaly;
import io.sluice.domain.market.anomaly.AnomalyWatch;
import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.bar.BarSeries;
import io.sluice.domain.market.bar.TradedBar;
import io.sluice.domain.market.regime.RegimeChange;
import io.sluice.domain.market.regime.RegimeWatch;
import io.sluice.domain.market.volatility.BarVolatility;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Trade;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the bars of an instrument say of its market: its volatility by the configured method, its
 * regime and its anomalies, the last two by bars of a minute.
 */
final class BarWatch {
  private static final BarInterval INTERVAL = BarInterval.MINUTE;
  private static final String SERIES = "watch:bars";
  private static final String VOLATILITY = "watch:volatility";
  private static final String REGIME = "watch:regime";
  private static final String ANOMALIES = "watch:anomalies";

  private final MarketTerms terms;
  private final String instrument;
  private final BarSeries series;
  private BarVolatility volatility;
  private RegimeWatch regime;
  private AnomalyWatch anomalies;
  private boolean isSeriesStored;
  private boolean isStored;

  /**
   * @param terms of which at least one is given
   */
  BarWatch(String instrument, MarketTerms terms) {
    this.instrument = instrument;
    this.terms = terms;
    Set<BarInterval> intervals = EnumSet.noneOf(BarInterval.class);
    if (terms.volatility() != null) {
      volatility = new BarVolatility(terms.volatility());
      intervals.add(intervalOf(terms.volatility().horizonUs()));
    }
    if (terms.regimes() != null) {
      regime = new RegimeWatch(terms.regimes(), INTERVAL.us());
      intervals.add(INTERVAL);
    }
    if (terms.anomalies() != null) {
      anomalies = new AnomalyWatch(terms.anomalies(), INTERVAL.us());
      intervals.add(INTERVAL);
    }
    series = new BarSeries(intervals);
  }

  private static BarInterval intervalOf(long us) {
    for (BarInterval interval : BarInterval.values()) {
      if (interval.us() == us) {
        return interval;
      }
    }
    throw new IllegalArgumentException("no bars are " + us + " us long");
  }

  /** Time has come so far: hands over the bars that have ended. */
  void advance(long timeUs, Consumer<TradedBar> closed) {
    series.advance(timeUs, closed);
  }

  /** Takes a trade in; the bars that ended before it are handed over already. */
  void trade(long timeUs, Trade trade, Consumer<TradedBar> closed) {
    series.add(timeUs, trade.price(), trade.qty(), trade.aggressor(), closed);
    isSeriesStored = false;
  }

  /**
   * Takes in a bar that was handed over.
   *
   * @param sigmaOfTrades the daily volatility by trades, or null; of account where no method is
   *     configured
   * @param isCrash whether a crash episode is on
   * @return what there is to tell of it
   */
  List<Event> onBar(TradedBar traded, Double sigmaOfTrades, boolean isCrash) {
    isStored = false;
    isSeriesStored = false;
    Bar bar = traded.inDoubles();
    if (volatility != null
        && bar.interval().us() == terms.volatility().horizonUs()
        && !bar.isEmpty()) {
      volatility.onBar(bar.startUs(), bar.open(), bar.high(), bar.low(), bar.close());
    }
    List<Event> events = new ArrayList<>(0);
    if (bar.interval() == INTERVAL) {
      if (regime != null) {
        Double sigma = volatility == null ? sigmaOfTrades : volatility.sigmaDaily();
        RegimeChange change =
            regime.onBar(bar.startUs(), bar.close(), bar.volume(), sigma, isCrash);
        if (change != null) {
          events.add(
              MarketEvents.of(
                  instrument, change, regime.leaveProbability(BarInterval.QUARTER_HOUR.us())));
        }
      }
      if (anomalies != null) {
        for (Anomaly anomaly : anomalies.onBar(bar.startUs(), bar.close())) {
          events.add(MarketEvents.of(instrument, anomaly));
        }
      }
    }
    return events;
  }

  /** Its volatility estimator, or null where none is configured. */
  BarVolatility volatility() {
    return volatility;
  }

  /** What tells its regime, or null where that is not configured. */
  RegimeWatch regime() {
    return regime;
  }

  /** The parts of the state that have changed since the last call, by name. */
  Map<String, byte[]> takeChanged() {
    Map<String, byte[]> changed = new TreeMap<>();
    if (!isSeriesStored) {
      JsonWriter json = new JsonWriter();
      series.write(json);
      changed.put(SERIES, json.toBytes());
      isSeriesStored = true;
    }
    if (!isStored) {
      if (volatility != null) {
        changed.put(VOLATILITY, volatility.toBytes());
      }
      if (regime != null) {
        changed.put(REGIME, regime.toBytes());
      }
      if (anomalies != null) {
        changed.put(ANOMALIES, anomalies.toBytes());
      }
      isStored = true;
    }
    return changed;
  }

  /** Goes on from parts; what they do not hold begins anew. */
  void read(Map<String, byte[]> parts) throws UnreadableException {
    if (parts.containsKey(SERIES)) {
      series.read(new Fields(StrictJson.trusted(parts.get(SERIES))));
    }
    if (volatility != null && parts.containsKey(VOLATILITY)) {
      volatility = BarVolatility.of(terms.volatility(), parts.get(VOLATILITY));
    }
    if (regime != null && parts.containsKey(REGIME)) {
      regime = RegimeWatch.of(terms.regimes(), INTERVAL.us(), parts.get(REGIME));
    }
    if (anomalies != null && parts.containsKey(ANOMALIES)) {
      anomalies = AnomalyWatch.of(terms.anomalies(), INTERVAL.us(), parts.get(ANOMALIES));
    }
  }
}
