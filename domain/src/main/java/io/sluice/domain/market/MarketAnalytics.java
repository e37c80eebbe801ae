package io.sluice.domain.market;

import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.anomaly.Anomaly;
import io.sluice.domain.market.anomaly.AnomalyWatch;
import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.bar.BarSeries;
import io.sluice.domain.market.bar.TradedBar;
import io.sluice.domain.market.feature.FeatureLayout;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.market.feature.MarketFeatures;
import io.sluice.domain.market.feature.Peers;
import io.sluice.domain.market.regime.RegimeChange;
import io.sluice.domain.market.regime.RegimeWatch;
import io.sluice.domain.market.volatility.BarVolatility;
import io.sluice.domain.market.volatility.EwmaVolatility;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the trades of an instrument and the bars made of them say of its market: its features, its
 * volatility, its regime and its anomalies, the last two by bars of a minute. Bars of a length are
 * built once, whoever looks at them.
 */
public final class MarketAnalytics {
  private static final BarInterval WATCHED = BarInterval.MINUTE;
  private static final String BARS = "bars";

  /** Where an older build kept the bars that were not for features. */
  private static final String BARS_WATCHED = "watch:bars";

  private static final String OF_TRADES = "volatility";
  private static final String VOLATILITY = "watch:volatility";
  private static final String REGIME = "watch:regime";
  private static final String ANOMALIES = "watch:anomalies";

  private static final Consumer<TradedBar> NONE_ENDS =
      bar -> {
        throw new IllegalStateException("a trade counts before the bars that ended before it");
      };

  private final String instrument;
  private final MarketTerms terms;
  private final MarketFeatures features;
  private final BarSeries bars;
  private EwmaVolatility ofTrades = new EwmaVolatility();
  private BarVolatility volatility;
  private RegimeWatch regime;
  private AnomalyWatch anomalies;
  private boolean isTradeStored;
  private boolean isBarStored;
  private boolean isStoredApart;

  /**
   * @param layout of features; null for none
   */
  public MarketAnalytics(String instrument, MarketTerms terms, FeatureLayout layout, Peers peers) {
    this.instrument = instrument;
    this.terms = terms;
    this.features = layout == null ? null : new MarketFeatures(instrument, layout, peers);
    Set<BarInterval> intervals = EnumSet.noneOf(BarInterval.class);
    if (layout != null) {
      intervals.addAll(layout.intervals());
    }
    if (terms.volatility() != null) {
      volatility = new BarVolatility(terms.volatility());
      intervals.add(BarInterval.ofUs(terms.volatility().horizonUs()));
    }
    if (terms.regimes() != null) {
      regime = new RegimeWatch(terms.regimes(), WATCHED.us());
      intervals.add(WATCHED);
    }
    if (terms.anomalies() != null) {
      anomalies = new AnomalyWatch(terms.anomalies(), WATCHED.us());
      intervals.add(WATCHED);
    }
    bars = intervals.isEmpty() ? null : new BarSeries(intervals);
  }

  /**
   * Time has come so far: closes the bars that have ended, before the row of that time counts.
   *
   * @param timeUs the front's time, which does not go back, epoch microseconds
   * @param isCrash whether a crash episode is on
   * @param rows gets the closed bars whose features are wanted
   * @param events gets what there is to tell of them
   */
  public void advance(
      long timeUs, boolean isCrash, Consumer<FeatureRow> rows, Consumer<Event> events) {
    if (bars != null) {
      bars.advance(timeUs, bar -> closed(bar, isCrash, rows, events));
    }
  }

  private void closed(
      TradedBar traded, boolean isCrash, Consumer<FeatureRow> rows, Consumer<Event> events) {
    isBarStored = false;
    Bar bar = traded.inDoubles();
    if (volatility != null
        && bar.interval().us() == terms.volatility().horizonUs()
        && !bar.isEmpty()) {
      volatility.onBar(bar.startUs(), bar.open(), bar.high(), bar.low(), bar.close());
    }
    if (regime != null && bar.interval() == WATCHED) {
      RegimeChange change =
          regime.onBar(bar.startUs(), bar.close(), bar.volume(), sigma(), isCrash);
      if (change != null) {
        Double leaves = regime.leaveProbability(BarInterval.QUARTER_HOUR.us());
        events.accept(MarketEvents.of(instrument, change, leaves));
      }
    }
    if (anomalies != null && bar.interval() == WATCHED) {
      for (Anomaly anomaly : anomalies.onBar(bar.startUs(), bar.close())) {
        events.accept(MarketEvents.of(instrument, anomaly));
      }
    }
    if (features != null && features.areOf(bar.interval())) {
      Regime now = Regime.of(isCrash, regimeByBars(), sigmaDaily());
      Double confidence = now == regimeByBars() ? confidenceByBars() : null;
      rows.accept(features.row(traded, bar, now, confidence));
    }
  }

  /** Takes a trade in, behind {@link #advance} to its time. */
  public void trade(long timeUs, Trade trade) {
    if (bars != null) {
      bars.add(timeUs, trade.price(), trade.qty(), trade.aggressor(), NONE_ENDS);
    }
    if (features != null) {
      features.trade(timeUs, trade);
    }
    ofTrades.add(trade.eventTimeUs(), trade.price().doubleValue());
    isTradeStored = false;
  }

  /** Takes a quote in, behind {@link #advance} to its time. */
  public void quote(Quote quote) {
    if (features != null) {
      features.quote(quote);
    }
  }

  /** Its features; null where there are none. */
  public MarketFeatures features() {
    return features;
  }

  private Double sigma() {
    return volatility == null ? ofTrades.sigmaDaily() : volatility.sigmaDaily();
  }

  /** The daily volatility by the configured method, or null where it is not known yet. */
  public Double sigmaDaily() {
    Double sigma = sigma();
    return sigma == null ? null : (Double) Decimals.canonical(sigma);
  }

  /** The estimator by bars; null where volatility is that of trades. */
  BarVolatility volatility() {
    return volatility;
  }

  /** The regime by bars, or null where that is not known. */
  Regime regimeByBars() {
    return regime == null ? null : regime.regime();
  }

  /** How sure that is, 0 to 1, or null where it is not known. */
  Double confidenceByBars() {
    return regimeByBars() == null ? null : (Double) Decimals.canonical(regime.confidence());
  }

  /** The parts of the state that have changed since the last call; null for one that is gone. */
  public Map<String, byte[]> takeChanged() {
    Map<String, byte[]> changed = features == null ? new TreeMap<>() : features.takeChanged();
    if (bars != null && !(isTradeStored && isBarStored)) {
      JsonWriter json = new JsonWriter();
      bars.write(json);
      changed.put(BARS, json.toBytes());
      if (isStoredApart) {
        changed.put(BARS_WATCHED, null);
        isStoredApart = false;
      }
    }
    if (!isTradeStored) {
      changed.put(OF_TRADES, ofTrades.toBytes());
      isTradeStored = true;
    }
    if (!isBarStored) {
      if (volatility != null) {
        changed.put(VOLATILITY, volatility.toBytes());
      }
      if (regime != null) {
        changed.put(REGIME, regime.toBytes());
      }
      if (anomalies != null) {
        changed.put(ANOMALIES, anomalies.toBytes());
      }
      isBarStored = true;
    }
    return changed;
  }

  /**
   * Goes on from parts; what they do not hold begins anew. Where an older build had two series of
   * bars, that of features counts, and lengths that only the other had begin with the next trades.
   */
  public void read(Map<String, byte[]> parts) throws UnreadableException {
    ofTrades = EwmaVolatility.of(parts.get(OF_TRADES));
    isStoredApart = parts.containsKey(BARS_WATCHED);
    byte[] series = parts.getOrDefault(BARS, parts.get(BARS_WATCHED));
    if (bars != null && series != null) {
      bars.read(new Fields(StrictJson.trusted(series)));
    }
    if (features != null) {
      features.read(parts);
    }
    if (volatility != null && parts.containsKey(VOLATILITY)) {
      volatility = BarVolatility.of(terms.volatility(), parts.get(VOLATILITY));
    }
    if (regime != null && parts.containsKey(REGIME)) {
      regime = RegimeWatch.of(terms.regimes(), WATCHED.us(), parts.get(REGIME));
    }
    if (anomalies != null && parts.containsKey(ANOMALIES)) {
      anomalies = AnomalyWatch.of(terms.anomalies(), WATCHED.us(), parts.get(ANOMALIES));
    }
  }
}
