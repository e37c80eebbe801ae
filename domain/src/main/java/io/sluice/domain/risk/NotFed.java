package io.sluice.domain.risk;

/** What becomes of an order where a rule cannot tell, for want of what it looks at. */
public enum NotFed {
  /** The rule stands aside. */
  ALLOW,
  /** The rule permits nothing. */
  DENY
}
