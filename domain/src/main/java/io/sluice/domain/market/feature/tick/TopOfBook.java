package io.sluice.domain.market.feature.tick;

import io.sluice.domain.market.state.StateTape;

/**
 * What the best bid and ask say: spread, the same in basis points of the mid, mid, micro-price (the
 * mid weighted by the quantity on the other side) and imbalance of the quantities. None of it where
 * a side is absent or the quote is crossed.
 */
public final class TopOfBook implements TickIndicator {
  private double bid = Double.NaN;
  private double bidQty;
  private double ask = Double.NaN;
  private double askQty;

  @Override
  public void quote(double newBid, double newBidQty, double newAsk, double newAskQty) {
    bid = newBid;
    bidQty = newBidQty;
    ask = newAsk;
    askQty = newAskQty;
  }

  private boolean isSound() {
    return bid > 0 && ask >= bid;
  }

  @Override
  public void into(double[] row, int at) {
    double mid = isSound() ? (bid + ask) / 2 : Double.NaN;
    double depth = bidQty + askQty;
    row[at] = isSound() ? ask - bid : Double.NaN;
    row[at + 1] = 10_000 * (ask - bid) / mid;
    row[at + 2] = mid;
    row[at + 3] = isSound() && depth > 0 ? (bid * askQty + ask * bidQty) / depth : Double.NaN;
    row[at + 4] = isSound() && depth > 0 ? (bidQty - askQty) / depth : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    bid = tape.number(bid);
    bidQty = tape.number(bidQty);
    ask = tape.number(ask);
    askQty = tape.number(askQty);
  }
}
