package io.sluice.domain.wire;

/** A market order takes what is there; a limit order names its worst price. */
public enum OrderType {
  MARKET,
  LIMIT
}
