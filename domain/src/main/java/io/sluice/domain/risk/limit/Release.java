package io.sluice.domain.risk.limit;

import io.sluice.domain.json.Durations;

/**
 * What ends a breach.
 *
 * @param kind how it ends
 * @param cooldownUs for COOLDOWN its length in microseconds, else 0
 */
public record Release(Kind kind, long cooldownUs) {
  /** The ways a breach can end. */
  public enum Kind {
    /** With the order itself: nothing latches. */
    NONE,
    COOLDOWN,
    NEXT_UTC_DAY,
    PERSON
  }

  public static final Release NONE = new Release(Kind.NONE, 0);
  public static final Release NEXT_UTC_DAY = new Release(Kind.NEXT_UTC_DAY, 0);
  public static final Release PERSON = new Release(Kind.PERSON, 0);

  public static Release cooldown(long us) {
    return new Release(Kind.COOLDOWN, us);
  }

  /**
   * Reads {@code person}, {@code next_utc_day} or a duration such as {@code 60m}; null for anything
   * else.
   */
  static Release parse(String text) {
    if ("person".equals(text)) {
      return PERSON;
    }
    if ("next_utc_day".equals(text)) {
      return NEXT_UTC_DAY;
    }
    Long us = Durations.parseUs(text);
    return us == null || us == 0 ? null : cooldown(us);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "none";
      case PERSON -> "person";
      case NEXT_UTC_DAY -> "next_utc_day";
      case COOLDOWN -> Durations.print(cooldownUs);
    };
  }
}
