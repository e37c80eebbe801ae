package io.sluice.domain.risk.portfolio;

/**
 * The loss tail of a normal distribution, in standard deviations.
 *
 * @param confidence the probability that a loss is smaller than the value at risk
 * @param valueAtRisk the quantile z of the confidence
 */
public record NormalTail(double confidence, double valueAtRisk) {
  public static final NormalTail AT_95 = new NormalTail(0.95, 1.6448536269514722);
  public static final NormalTail AT_99 = new NormalTail(0.99, 2.3263478740408408);

  /** The mean of the losses beyond the value at risk: phi(z) / (1 - confidence). */
  public double expectedShortfall() {
    double density = StrictMath.exp(-0.5 * valueAtRisk * valueAtRisk) / Math.sqrt(2 * Math.PI);
    return density / (1 - confidence);
  }
}
