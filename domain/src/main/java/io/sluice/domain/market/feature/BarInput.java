package io.sluice.domain.market.feature;

import io.sluice.domain.market.bar.Bar;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The numbers of a bar that a composition can take in. */
public enum BarInput {
  OPEN(Bar::open),
  HIGH(Bar::high),
  LOW(Bar::low),
  CLOSE(Bar::close),
  TYPICAL(Bar::typical),
  VWAP(Bar::vwap),
  VOLUME(Bar::volume),
  TURNOVER(Bar::turnover),
  BUY_VOLUME(Bar::buyVolume),
  SELL_VOLUME(Bar::sellVolume),
  TRADE_COUNT(Bar::trades);

  private final ToDoubleFunction<Bar> of;

  BarInput(ToDoubleFunction<Bar> of) {
    this.of = of;
  }

  /** Its name in configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public double of(Bar bar) {
    return of.applyAsDouble(bar);
  }

  /** The input of a key, or null. */
  static BarInput of(String key) {
    for (BarInput input : values()) {
      if (input.key().equals(key)) {
        return input;
      }
    }
    return null;
  }
}
