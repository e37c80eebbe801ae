package io.sluice.domain.market.bar;

import io.sluice.domain.json.Times;

/** The lengths of bars, from the shortest; each divides the next. Bars start at multiples of it. */
public enum BarInterval {
  SECOND("1s", 1),
  MINUTE("1m", 60),
  FIVE_MINUTES("5m", 300),
  QUARTER_HOUR("15m", 900);

  private final String code;
  private final int seconds;

  BarInterval(String code, int seconds) {
    this.code = code;
    this.seconds = seconds;
  }

  /** Its name in configuration and in names of features: {@code 1s}, {@code 1m}. */
  public String code() {
    return code;
  }

  public int seconds() {
    return seconds;
  }

  /** Its length, microseconds. */
  public long us() {
    return seconds * Times.SECOND_US;
  }

  /** The start of the bar that a time lies in, epoch microseconds. */
  public long startOf(long timeUs) {
    return timeUs - Math.floorMod(timeUs, us());
  }

  /**
   * The interval of a length.
   *
   * @throws IllegalArgumentException where no bars are that long
   */
  public static BarInterval ofUs(long us) {
    for (BarInterval interval : values()) {
      if (interval.us() == us) {
        return interval;
      }
    }
    throw new IllegalArgumentException("no bars are " + us + " us long");
  }

  /** The interval of a code, or null. */
  public static BarInterval of(String code) {
    for (BarInterval interval : values()) {
      if (interval.code.equals(code)) {
        return interval;
      }
    }
    return null;
  }
}
