package io.sluice.domain.risk.limit;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.Times;
import java.math.BigDecimal;

/**
 * What ends a breach.
 *
 * @param kind how it ends
 * @param cooldownUs for COOLDOWN its length in microseconds, else 0
 * @param recovery for RECOVERED the fraction of the bound below which what is observed has to come,
 *     else null: above 0, below 1
 */
public record Release(Kind kind, long cooldownUs, BigDecimal recovery) {
  /** The ways a breach can end. */
  public enum Kind {
    /** With the order itself: nothing latches. */
    NONE,
    COOLDOWN,
    /** When what is observed is well below the bound again. */
    RECOVERED,
    NEXT_UTC_DAY,
    PERSON
  }

  public static final Release NONE = new Release(Kind.NONE, 0, null);
  public static final Release NEXT_UTC_DAY = new Release(Kind.NEXT_UTC_DAY, 0, null);
  public static final Release PERSON = new Release(Kind.PERSON, 0, null);
  public static final Release RECOVERED = recovered(new BigDecimal("0.8"));

  private static final String RECOVERED_TEXT = "recovered";

  public static Release cooldown(long us) {
    return new Release(Kind.COOLDOWN, us, null);
  }

  private static Release recovered(BigDecimal fraction) {
    return new Release(Kind.RECOVERED, 0, fraction);
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
      case RECOVERED ->
          kind == Kind.PERSON || kind == Kind.RECOVERED && recovery.compareTo(other.recovery) <= 0;
      case PERSON -> kind == Kind.PERSON;
    };
  }

  /**
   * Reads {@code person}, {@code next_utc_day}, {@code recovered} (to 0.8 of the bound), {@code
   * recovered 0.5} or a duration such as {@code 60m}; null for anything else.
   */
  static Release parse(String text) {
    if ("person".equals(text)) {
      return PERSON;
    }
    if ("next_utc_day".equals(text)) {
      return NEXT_UTC_DAY;
    }
    if (text.startsWith(RECOVERED_TEXT)) {
      return recovered(text.substring(RECOVERED_TEXT.length()));
    }
    Long us = Durations.parseUs(text);
    return us == null || us == 0 ? null : cooldown(us);
  }

  private static Release recovered(String fraction) {
    if (fraction.isEmpty()) {
      return RECOVERED;
    }
    BigDecimal value = fraction.startsWith(" ") ? Decimals.parse(fraction.substring(1)) : null;
    boolean isBelow = value != null && value.signum() > 0 && value.compareTo(BigDecimal.ONE) < 0;
    return isBelow ? recovered(value) : null;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case RECOVERED ->
          equals(RECOVERED) ? RECOVERED_TEXT : RECOVERED_TEXT + " " + Decimals.plain(recovery);
      case NONE -> "none";
      case PERSON -> "person";
      case NEXT_UTC_DAY -> "next_utc_day";
      case COOLDOWN -> Durations.print(cooldownUs);
    };
  }
}
