package io.sluice.domain.market.feature;

/**
 * What a feature is.
 *
 * @param name stable, without the interval
 * @param unit of its value
 * @param warmUp how many bars, trades or quotes it takes until it has a value; before it has none
 * @param definition one line
 */
public record Feature(String name, String unit, int warmUp, String definition) {
  /** Stands in place of an interval in the names of features of single trades and quotes. */
  public static final String TICK = "tick";

  /** Its name at an interval's code, or at {@link #TICK}: {@code rsi_14@1m}. */
  public static String at(String name, String interval) {
    return name + "@" + interval;
  }
}
