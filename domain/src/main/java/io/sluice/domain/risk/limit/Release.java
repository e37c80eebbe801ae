package io.sluice.domain.risk.limit;

import io.sluice.domain.json.Durations;
import io.sluice.domain.json.Times;

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

  /** Whether a breach that this ends lasts no shorter than one that {@code other} ends. */
  boolean isAtLeastAsLongAs(Release other) {
    return switch (other.kind) {
      case NONE -> true;
      case COOLDOWN ->
          kind == Kind.PERSON || kind == Kind.COOLDOWN && cooldownUs >= other.cooldownUs;
      case NEXT_UTC_DAY ->
          kind == Kind.PERSON
              || kind == Kind.NEXT_UTC_DAY
              || kind == Kind.COOLDOWN && cooldownUs >= Times.DAY_US;
      case PERSON -> kind == Kind.PERSON;
    };
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
