package io.sluice.domain.account;

import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/** Sums of holdings that their parts keep up to date; exact, so they never drift from them. */
public final class Total {
  private BigDecimal exposure = BigDecimal.ZERO;
  private BigDecimal net = BigDecimal.ZERO;
  private BigDecimal buys = BigDecimal.ZERO;
  private BigDecimal sells = BigDecimal.ZERO;

  /** The exposures together, not netted. */
  public BigDecimal exposure() {
    return exposure;
  }

  /** The net value towards a side where every order at work on that side is filled. */
  public BigDecimal sideValue(Side side) {
    return side == Side.BUY ? net.add(buys) : sells.subtract(net);
  }

  /** What works on the buying side. */
  BigDecimal buys() {
    return buys;
  }

  void addExposure(BigDecimal change) {
    exposure = exposure.add(change);
  }

  void addNet(BigDecimal change) {
    net = net.add(change);
  }

  void addWork(Side side, BigDecimal change) {
    if (side == Side.BUY) {
      buys = buys.add(change);
    } else {
      sells = sells.add(change);
    }
  }
}
