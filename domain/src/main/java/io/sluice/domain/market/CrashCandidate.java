package io.sluice.domain.market;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.market.crash.CrashRule;
import java.math.BigDecimal;

/**
 * A trade whose price is at or below a crash rule's distance from the highest in its window; or,
 * with drop 0, the calm before the first, from which the first episode is told.
 *
 * @param cause the trade's record
 * @param stampUs the instrument's largest event time so far, epoch microseconds
 * @param eventTimeUs the trade's own event time, epoch microseconds
 * @param drop fall from {@code from} to {@code to}, a fraction
 * @param from the highest price in the window
 * @param to the trade's price
 */
public record CrashCandidate(
    String instrument,
    CrashRule rule,
    Cause cause,
    long stampUs,
    long eventTimeUs,
    double drop,
    BigDecimal from,
    BigDecimal to) {

  /**
   * Whether it stands for the candidate before an episode rather than for one that reached the
   * rule's drop.
   */
  public boolean isBefore() {
    return drop == 0;
  }

  /** Episodes are told apart for each instrument and rule. */
  public String key() {
    return instrument + "\n" + rule.windowMs() + "\n" + rule.drop().toPlainString();
  }

  /**
   * The candidate before this one, of which only the stamp matters; Long.MIN_VALUE for the calm
   * before the first.
   */
  CrashCandidate after(long previousStampUs) {
    long calmUs = stampUs - rule.windowMs() * 1_000 - 1;
    long beforeUs = previousStampUs == Long.MIN_VALUE ? calmUs : previousStampUs;
    return new CrashCandidate(instrument, rule, cause, beforeUs, beforeUs, 0, to, to);
  }
}
