package io.sluice.domain.market.bar;

import io.sluice.domain.json.Decimals;
import java.math.BigDecimal;

/**
 * A closed bar in exact decimals, as the wire shows it; its components are those of {@link Bar}.
 */
public record TradedBar(
    BarInterval interval,
    long startUs,
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    BigDecimal turnover,
    BigDecimal buyVolume,
    BigDecimal sellVolume,
    long trades,
    long skipped) {

  /** Each number is the double nearest to the exact one. */
  public Bar inDoubles() {
    return new Bar(
        interval,
        startUs,
        open.doubleValue(),
        high.doubleValue(),
        low.doubleValue(),
        close.doubleValue(),
        volume.doubleValue(),
        turnover.doubleValue(),
        buyVolume.doubleValue(),
        sellVolume.doubleValue(),
        trades,
        skipped);
  }

  /** The average price by volume, at 18 decimals; null where nothing was traded. */
  public BigDecimal vwap() {
    return volume.signum() == 0 ? null : Decimals.divide(turnover, volume);
  }
}
