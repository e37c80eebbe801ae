package io.sluice.domain.market.feature.window;

/** The value that sums of squares are taken about: far from the mean it costs their digits. */
public final class Centre {
  /** At this square of the distance over the variance three of sixteen digits are lost. */
  private static final double FAR = 1_000;

  private Centre() {}

  /**
   * Whether it is so far from the mean of values that their variance is lost in rounding.
   *
   * @param sum of the values' distances from it
   * @param squares sum of the squares of these
   */
  public static boolean isFar(int values, double sum, double squares) {
    return sum * sum * (FAR + 1) > FAR * values * squares;
  }
}
