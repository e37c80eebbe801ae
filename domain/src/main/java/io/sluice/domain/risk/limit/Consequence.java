package io.sluice.domain.risk.limit;

/** What follows when a limit is breached, from the mildest to the strictest. */
public enum Consequence {
  /** Only orders that bring a position closer to flat pass. */
  REDUCING,
  /** No order passes. */
  DENY,
  /** Trading is halted. */
  HALT
}
