package io.sluice.sinks.clickhouse.table;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as ClickHouse reads them into a column in UTC. As texts, because those are literals that
 * say the same in every time zone; the driver writes times of its own types as function calls.
 */
final class UtcText {
  /** The last microsecond that DateTime64 has: that of 2299. */
  private static final long LAST_US = 10_413_791_999_999_999L;

  private static final long SECOND_US = 1_000_000L;

  private UtcText() {}

  /** To the microsecond; null for none, or one that ClickHouse does not have. */
  static String micros(Long us) {
    if (us == null || us < 0 || us > LAST_US) {
      return null;
    }
    StringBuilder text = new StringBuilder(26);
    second(us, text);
    text.append('.');
    padded(us % SECOND_US, 100_000, text);
    return text.toString();
  }

  static String seconds(long us) {
    StringBuilder text = new StringBuilder(19);
    second(us, text);
    return text.toString();
  }

  private static void second(long us, StringBuilder text) {
    LocalDateTime at = LocalDateTime.ofEpochSecond(us / SECOND_US, 0, ZoneOffset.UTC);
    padded(at.getYear(), 1_000, text);
    padded(at.getMonthValue(), 10, text.append('-'));
    padded(at.getDayOfMonth(), 10, text.append('-'));
    padded(at.getHour(), 10, text.append(' '));
    padded(at.getMinute(), 10, text.append(':'));
    padded(at.getSecond(), 10, text.append(':'));
  }

  /**
   * @param highest value of the first digit
   */
  private static void padded(long number, long highest, StringBuilder text) {
    for (long digit = highest; digit > 0; digit /= 10) {
      text.append((char) ('0' + number / digit % 10));
    }
  }
}
