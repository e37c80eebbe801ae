package io.sluice.domain.json;

/**
 * Durations as configuration writes them: a whole number and a unit, {@code 500ms}, {@code 30s},
 * {@code 10m}.
 */
public final class Durations {
  private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us"};
  private static final long[] MICROS = {
    86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L, 1L
  };

  private static final long MAX_US = 200_000L * 365 * 86_400_000_000L;

  private Durations() {}

  /**
   * Microseconds, or null where the text is not a duration of at most 10 digits and 200,000 years.
   */
  public static Long parseUs(String text) {
    int digits = 0;
    while (digits < text.length()
        && Character.isDigit(text.charAt(digits))
        && text.charAt(digits) < 0x80) {
      digits++;
    }
    if (digits == 0 || digits > 10) {
      return null;
    }
    String unit = text.substring(digits);
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(unit)) {
        long count = Long.parseLong(text.substring(0, digits));
        return count > MAX_US / MICROS[i] ? null : (Long) (count * MICROS[i]);
      }
    }
    return null;
  }

  /** The shortest form that {@link #parseUs} reads back. */
  public static String print(long us) {
    for (int i = 0; i < UNITS.length; i++) {
      if (us % MICROS[i] == 0) {
        return us / MICROS[i] + UNITS[i];
      }
    }
    throw new IllegalStateException("every duration is a whole number of microseconds");
  }
}
