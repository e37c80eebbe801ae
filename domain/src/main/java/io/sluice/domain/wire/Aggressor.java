package io.sluice.domain.wire;

/** The side that took liquidity in a trade. */
public enum Aggressor {
  BUY,
  SELL,
  UNKNOWN
}
