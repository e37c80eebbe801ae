package io.sluice.domain.risk.limit;

/** What follows when a limit is breached, from the mildest to the strictest. */
public enum Consequence {
  /** An event says so; orders pass as before. */
  WARN,
  /** Only orders that bring a position closer to flat pass. */
  REDUCING,
  /** No order passes. */
  DENY,
  /** Trading is halted. */
  HALT,
  /** Trading is halted, and the gate itself closes what is open. */
  FLATTEN;

  /** Whether no order of a strategy passes and people call it a halt. */
  public boolean halts() {
    return this == HALT || this == FLATTEN;
  }
}
