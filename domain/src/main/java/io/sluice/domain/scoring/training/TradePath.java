package io.sluice.domain.scoring.training;

import io.sluice.domain.scoring.Label;

/**
 * Prices in the order they were traded, and what became of each later.
 *
 * @param timesUs never falling, epoch microseconds
 * @param prices above 0
 */
public record TradePath(long[] timesUs, double[] prices) {
  public TradePath {
    if (timesUs.length != prices.length) {
      throw new IllegalArgumentException(
          timesUs.length + " times and " + prices.length + " prices");
    }
    for (int i = 1; i < timesUs.length; i++) {
      if (timesUs[i] < timesUs[i - 1]) {
        throw new IllegalArgumentException("trade " + i + " is before the one before it");
      }
    }
  }

  /**
   * What became of a price.
   *
   * @param isUp what the label says
   * @param forwardReturn from the price to where the label was settled
   * @param endUs time of the trade that settled it: nothing later was looked at
   */
  public record Outcome(boolean isUp, double forwardReturn, long endUs) {}

  /**
   * The outcome by a label, of a position opened at a trade's price. A barrier counts from the
   * first trade at or beyond it up to the horizon, at that trade's price. Where none is touched,
   * the last trade at or before the horizon counts: up is above the price, and the same price is
   * not up.
   *
   * @return null where the path ends before the label is settled
   */
  public Outcome outcome(int at, Label label) {
    long endUs = timesUs[at] + label.horizonUs();
    boolean hasBarriers = label.kind() == Label.Kind.TRIPLE_BARRIER;
    double upper = prices[at] * (1 + label.barrier());
    double lower = prices[at] * (1 - label.barrier());
    int next = at + 1;
    while (next < prices.length && timesUs[next] <= endUs) {
      if (hasBarriers && (prices[next] >= upper || prices[next] <= lower)) {
        return settled(at, next, timesUs[next]);
      }
      next++;
    }
    return next == prices.length ? null : settled(at, next - 1, endUs);
  }

  private Outcome settled(int at, int end, long endUs) {
    return new Outcome(prices[end] > prices[at], prices[end] / prices[at] - 1, endUs);
  }
}
