package io.sluice.domain.market.anomaly;

/** Something about the shape of an instrument's newest bars; times are ends of bars. */
public sealed interface Anomaly {
  /** The end of the newest bar, epoch microseconds. */
  long timeUs();

  /**
   * A shape unlike any before it in the history.
   *
   * @param distance to the most similar one before it, z-normalised Euclidean
   * @param score how many standard deviations that is above the mean of the history's shapes
   * @param nearestUs when that most similar one ended, epoch microseconds
   */
  record Discord(long timeUs, double distance, double score, long nearestUs) implements Anomaly {}

  /**
   * A shape that came before, and what followed then.
   *
   * @param matches how many times it came before in the history
   * @param correlation with the most similar of them
   * @param nearestUs when that one ended, epoch microseconds
   * @param forwardUs how long after its end a shape's return is told, microseconds
   * @param meanReturn the mean log return over that time
   * @param rose how many of them rose
   */
  record Motif(
      long timeUs,
      int matches,
      double correlation,
      long nearestUs,
      long forwardUs,
      double meanReturn,
      int rose)
      implements Anomaly {}
}
