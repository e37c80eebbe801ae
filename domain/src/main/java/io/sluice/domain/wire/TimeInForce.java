package io.sluice.domain.wire;

/** How long an order lives: until cancelled, or at once in part, or at once in whole. */
public enum TimeInForce {
  GTC,
  IOC,
  FOK
}
