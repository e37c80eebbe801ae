package io.sluice.domain.account;

import java.math.BigDecimal;

/**
 * Losing round trips of an account since the last winning one.
 *
 * @param length how many there are
 * @param haltedAt the length at which the account was last halted for it, 0 for none in this run
 * @param lastUs gate time of the last losing round trip, of any run, epoch microseconds, or null
 */
record RunOfLosses(int length, int haltedAt, Long lastUs) {
  static final RunOfLosses NONE = new RunOfLosses(0, 0, null);

  /** A round trip has ended; one that won nothing and lost nothing changes nothing. */
  RunOfLosses after(BigDecimal profit, long nowUs) {
    return switch (profit.signum()) {
      case -1 -> new RunOfLosses(length + 1, haltedAt, nowUs);
      case 1 -> over();
      default -> this;
    };
  }

  RunOfLosses over() {
    return new RunOfLosses(0, 0, lastUs);
  }

  /** As it stands it has had its halt. */
  RunOfLosses halted() {
    return new RunOfLosses(length, length, lastUs);
  }
}
