package io.sluice.domain.market.feature;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.indicator.Indicator;
import java.util.List;
import java.util.Map;

/** The features of the bars of one interval. */
final class IntervalFeatures {
  private final FeatureLayout layout;
  private List<Indicator> indicators;
  private List<Composed> composed;
  private BasketCorrelation basket;
  private boolean isChanged;

  IntervalFeatures(FeatureLayout layout) {
    this.layout = layout;
    begin();
  }

  private void begin() {
    indicators = layout.ofBars().stream().map(family -> family.make().get()).toList();
    basket = layout.hasBasket() ? Catalogue.OF_BASKET.make().get() : null;
    composed = layout.compositions().stream().map(one -> new Composed(one, layout)).toList();
  }

  /**
   * Takes a bar in and fills a row, in which the values of trades and quotes stand already. Behind
   * bars that were left out all begins anew.
   *
   * @param basketLevel at the bar's end, a logarithm; NaN where there is none
   */
  void add(Bar bar, double basketLevel, double[] row) {
    if (bar.skipped() > 0) {
      begin();
    }
    int at = 0;
    for (int i = 0; i < indicators.size(); i++) {
      indicators.get(i).add(bar);
      indicators.get(i).into(row, at);
      at += layout.ofBars().get(i).features().size();
    }
    if (basket != null) {
      row[at++] = basket.next(bar, basketLevel);
    }
    // What a double cannot hold is no value.
    finite(row);
    for (Composed one : composed) {
      row[at++] = one.next(bar, row);
    }
    finite(row);
    isChanged = true;
  }

  private static void finite(double[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = Double.isFinite(row[i]) ? row[i] : Double.NaN;
    }
  }

  /** The state, or null where nothing has changed since the last call. */
  byte[] takeChanged() {
    if (!isChanged) {
      return null;
    }
    isChanged = false;
    return toBytes();
  }

  byte[] toBytes() {
    StoredBlocks blocks = new StoredBlocks();
    for (int i = 0; i < indicators.size(); i++) {
      blocks.add(layout.ofBars().get(i).key(), indicators.get(i)::state);
    }
    if (basket != null) {
      blocks.add(Catalogue.OF_BASKET.key(), basket::state);
    }
    for (int i = 0; i < composed.size(); i++) {
      blocks.add(layout.compositions().get(i).key(), composed.get(i)::state);
    }
    return blocks.toBytes();
  }

  void read(byte[] stored) {
    Map<String, byte[]> blocks = StoredBlocks.of(stored);
    for (int i = 0; i < indicators.size(); i++) {
      StoredBlocks.read(blocks, layout.ofBars().get(i).key(), indicators.get(i)::state);
    }
    if (basket != null) {
      StoredBlocks.read(blocks, Catalogue.OF_BASKET.key(), basket::state);
    }
    for (int i = 0; i < composed.size(); i++) {
      StoredBlocks.read(blocks, layout.compositions().get(i).key(), composed.get(i)::state);
    }
  }
}
