package io.sluice.domain.market.feature;

import java.util.Locale;

/** What kind of features there are; configuration names those that are wanted. */
public enum FeatureSet {
  RETURNS,
  AVERAGES,
  OSCILLATORS,
  TREND,
  BANDS,
  VOLUME,
  STATISTICS,
  CANDLES,
  EXTREMES,
  /** Of the newest quote, at no interval. */
  QUOTES,
  /** Of the last trades, at no interval. */
  TRADES,
  /** Of the asset's prices on all venues, at no interval. */
  VENUES,
  /** Of the basket that configuration names. */
  BASKET;

  /** Its name in configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The set of a key, or null. */
  public static FeatureSet of(String key) {
    for (FeatureSet set : values()) {
      if (set.key().equals(key)) {
        return set;
      }
    }
    return null;
  }
}
