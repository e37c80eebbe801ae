package io.sluice.domain.market.feature;

import io.sluice.domain.market.Regime;
import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.bar.TradedBar;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The features of one instrument. What is in a row was known before the bar's end. */
public final class MarketFeatures {
  private static final String TICKS = "features:tick";
  private static final String OF_INTERVAL = "features:";
  private static final String PEERS = "features:peers";

  private final String instrument;
  private final FeatureLayout layout;
  private final Peers peers;
  private final TickFeatures ticks;
  private final VenuePrices venues;
  private final BasketPrices basket;
  private final Map<BarInterval, IntervalFeatures> features = new EnumMap<>(BarInterval.class);

  public MarketFeatures(String instrument, FeatureLayout layout, Peers peers) {
    this.instrument = instrument;
    this.layout = layout;
    this.peers = peers;
    this.ticks = new TickFeatures(layout);
    this.venues = new VenuePrices(peers.venues());
    this.basket = new BasketPrices(peers.basket());
    for (BarInterval interval : layout.intervals()) {
      features.put(interval, new IntervalFeatures(layout));
    }
  }

  /**
   * Takes a trade in, behind the rows of bars that ended before it.
   *
   * @param timeUs its order time, epoch microseconds
   */
  public void trade(long timeUs, Trade trade) {
    ticks.trade(trade);
    venues.own(timeUs, trade.price().doubleValue());
  }

  /** Takes a trade of another instrument in; it closes no bar. */
  public void elsewhere(long timeUs, Trade trade) {
    double price = trade.price().doubleValue();
    venues.elsewhere(timeUs, trade.instrument(), price);
    basket.trade(trade.instrument(), price);
  }

  /** Where the asset is to be had here for less than elsewhere, by a bound or more; or null. */
  public Arbitrage arbitrage(double bound) {
    double spread = venues.spread();
    return spread >= bound && venues.isLowest() ? new Arbitrage(spread, venues.dearest()) : null;
  }

  /** Takes a quote in, behind the rows of bars that ended before it. */
  public void quote(Quote quote) {
    ticks.quote(quote);
  }

  /** Whether there are features of the bars of an interval. */
  public boolean areOf(BarInterval interval) {
    return features.containsKey(interval);
  }

  /**
   * Takes in a bar that has closed, one of an interval that there are features of.
   *
   * @param bar the same in doubles
   * @param regime the market's at the end of the bar
   * @return its row
   */
  public FeatureRow row(TradedBar traded, Bar bar, Regime regime, Double regimeConfidence) {
    double[] values = new double[layout.size()];
    ticks.into(values);
    if (layout.hasVenues()) {
      venues.into(values, layout.venuesAt());
    }
    features.get(bar.interval()).add(bar, basket.level(), values);
    FeatureSchema schema = layout.schemaOf(bar.interval());
    return new FeatureRow(instrument, traded, schema, values, regime, regimeConfidence);
  }

  /** The parts of the state that have changed since the last call, by name. */
  public Map<String, byte[]> takeChanged() {
    Map<String, byte[]> changed = new TreeMap<>();
    byte[] ofTicks = ticks.takeChanged();
    if (ofTicks != null) {
      changed.put(TICKS, ofTicks);
    }
    if (!peers.equals(Peers.NONE)) {
      StoredBlocks blocks = new StoredBlocks();
      blocks.add(venues.key(), venues::state);
      blocks.add(basket.key(), basket::state);
      changed.put(PEERS, blocks.toBytes());
    }
    features.forEach(
        (interval, of) -> {
          byte[] stored = of.takeChanged();
          if (stored != null) {
            changed.put(OF_INTERVAL + interval.code(), stored);
          }
        });
    return changed;
  }

  /** Goes on from parts; what they do not hold begins anew. */
  public void read(Map<String, byte[]> parts) {
    if (parts.containsKey(TICKS)) {
      ticks.read(parts.get(TICKS));
    }
    if (parts.containsKey(PEERS)) {
      Map<String, byte[]> blocks = StoredBlocks.of(parts.get(PEERS));
      StoredBlocks.read(blocks, venues.key(), venues::state);
      StoredBlocks.read(blocks, basket.key(), basket::state);
    }
    for (Map.Entry<BarInterval, IntervalFeatures> of : features.entrySet()) {
      byte[] stored = parts.get(OF_INTERVAL + of.getKey().code());
      if (stored != null) {
        of.getValue().read(stored);
      }
    }
  }
}
