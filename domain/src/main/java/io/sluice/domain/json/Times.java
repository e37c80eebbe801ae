package io.sluice.domain.json;

import java.time.Instant;

/** Epoch microseconds, the unit of every time on the wire. */
public final class Times {
  public static final long DAY_US = 86_400_000_000L;
  public static final long SECOND_US = 1_000_000L;

  /** 2100-01-01: no true stamp lies there, and one in nanoseconds does. */
  public static final long YEAR_2100_US = 4_102_444_800_000_000L;

  private Times() {}

  /** The UTC day, counted from 1970-01-01. */
  public static long utcDay(long us) {
    return Math.floorDiv(us, DAY_US);
  }

  /** ISO 8601 in UTC, with as many decimals as the time has. */
  public static String iso(long us) {
    return Instant.ofEpochSecond(Math.floorDiv(us, SECOND_US), Math.floorMod(us, SECOND_US) * 1_000)
        .toString();
  }
}
