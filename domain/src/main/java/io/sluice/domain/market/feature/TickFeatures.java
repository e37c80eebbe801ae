package io.sluice.domain.market.feature;

import io.sluice.domain.market.feature.tick.TickIndicator;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The features of single trades and quotes. */
final class TickFeatures {
  private final FeatureLayout layout;
  private final List<TickIndicator> indicators;
  private boolean isChanged;

  TickFeatures(FeatureLayout layout) {
    this.layout = layout;
    this.indicators = layout.ofTicks().stream().map(family -> family.make().get()).toList();
  }

  void trade(Trade trade) {
    double price = trade.price().doubleValue();
    double qty = trade.qty().doubleValue();
    for (int i = 0; i < indicators.size(); i++) {
      indicators.get(i).trade(price, qty, trade.aggressor());
    }
    isChanged = true;
  }

  void quote(Quote quote) {
    double bid = number(quote.bid());
    double bidQty = number(quote.bidQty());
    double ask = number(quote.ask());
    double askQty = number(quote.askQty());
    for (int i = 0; i < indicators.size(); i++) {
      indicators.get(i).quote(bid, bidQty, ask, askQty);
    }
    isChanged = true;
  }

  private static double number(BigDecimal value) {
    return value == null ? Double.NaN : value.doubleValue();
  }

  void into(double[] row) {
    int at = layout.ticksAt();
    for (int i = 0; i < indicators.size(); i++) {
      indicators.get(i).into(row, at);
      at += layout.ofTicks().get(i).features().size();
    }
  }

  /** The state, or null where nothing has changed since the last call. */
  byte[] takeChanged() {
    if (!isChanged) {
      return null;
    }
    isChanged = false;
    StoredBlocks blocks = new StoredBlocks();
    for (int i = 0; i < indicators.size(); i++) {
      blocks.add(layout.ofTicks().get(i).key(), indicators.get(i)::state);
    }
    return blocks.toBytes();
  }

  void read(byte[] stored) {
    Map<String, byte[]> blocks = StoredBlocks.of(stored);
    for (int i = 0; i < indicators.size(); i++) {
      StoredBlocks.read(blocks, layout.ofTicks().get(i).key(), indicators.get(i)::state);
    }
  }
}
