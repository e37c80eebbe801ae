package io.sluice.domain.risk;

/**
 * The answer to an intent, from the freest to the strictest; only the first three let something be
 * sent.
 */
public enum Verdict {
  ALLOW,
  SHRINK,
  REDUCE_ONLY,
  CANCEL_ONLY,
  DENY,
  HALT
}
