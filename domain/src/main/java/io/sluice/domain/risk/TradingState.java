package io.sluice.domain.risk;

import io.sluice.domain.risk.limit.Consequence;

/** How far trading may go at a scope, from the freest. */
public enum TradingState {
  /** Orders pass as the limits say. */
  ACTIVE,
  /** Only what brings a position closer to flat passes. */
  REDUCING,
  /** No order of a strategy passes; cancels and orders of the gate itself do. */
  HALTED;

  public static TradingState of(Consequence consequence) {
    return switch (consequence) {
      case WARN -> ACTIVE;
      case REDUCING -> REDUCING;
      case DENY, HALT, FLATTEN -> HALTED;
    };
  }
}
