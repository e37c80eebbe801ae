package io.sluice.domain.market.feature;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.bar.BarSeries;
import io.sluice.domain.market.bar.TradedBar;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The bars and features of one instrument. What is in a row was known before the bar's end. */
public final class MarketFeatures {
  private static final String BARS = "bars";
  private static final String TICKS = "features:tick";
  private static final String OF_INTERVAL = "features:";
  private static final String PEERS = "features:peers";

  private final String instrument;
  private final FeatureLayout layout;
  private final Peers peers;
  private final BarSeries bars;
  private final TickFeatures ticks;
  private final VenuePrices venues;
  private final BasketPrices basket;
  private final Map<BarInterval, IntervalFeatures> features = new EnumMap<>(BarInterval.class);

  public MarketFeatures(String instrument, FeatureLayout layout) {
    this(instrument, layout, Peers.NONE);
  }

  public MarketFeatures(String instrument, FeatureLayout layout, Peers peers) {
    this.instrument = instrument;
    this.layout = layout;
    this.peers = peers;
    this.bars = new BarSeries(layout.intervals());
    this.ticks = new TickFeatures(layout);
    this.venues = new VenuePrices(peers.venues());
    this.basket = new BasketPrices(peers.basket());
    for (BarInterval interval : layout.intervals()) {
      features.put(interval, new IntervalFeatures(layout));
    }
  }

  /**
   * Takes a trade in, behind the bars that it closes.
   *
   * @param timeUs its order time, epoch microseconds
   */
  public void trade(long timeUs, Trade trade, Consumer<FeatureRow> closed) {
    bars.add(timeUs, trade.price(), trade.qty(), trade.aggressor(), bar -> closed.accept(row(bar)));
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

  /** Takes a quote in, behind the bars that it closes. */
  public void quote(long timeUs, Quote quote, Consumer<FeatureRow> closed) {
    bars.advance(timeUs, bar -> closed.accept(row(bar)));
    ticks.quote(quote);
  }

  private FeatureRow row(TradedBar bar) {
    double[] values = new double[layout.size()];
    ticks.into(values);
    if (layout.hasVenues()) {
      venues.into(values, layout.venuesAt());
    }
    features.get(bar.interval()).add(bar.inDoubles(), basket.level(), values);
    return new FeatureRow(instrument, bar, layout.schemaOf(bar.interval()), values);
  }

  /** The parts of the state that have changed since the last call, by name. */
  public Map<String, byte[]> takeChanged() {
    Map<String, byte[]> changed = new TreeMap<>();
    byte[] ofTicks = ticks.takeChanged();
    if (ofTicks != null) {
      changed.put(TICKS, ofTicks);
      JsonWriter json = new JsonWriter();
      bars.write(json);
      changed.put(BARS, json.toBytes());
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
  public void read(Map<String, byte[]> parts) throws UnreadableException {
    if (parts.containsKey(BARS)) {
      bars.read(new Fields(StrictJson.trusted(parts.get(BARS))));
    }
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
