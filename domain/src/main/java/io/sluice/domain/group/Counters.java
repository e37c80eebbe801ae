package io.sluice.domain.group;

/** What the fold has counted beside its decisions. */
public final class Counters {
  long duplicateIntents;
  long lateRepeats;
  long intentsFromFront;
  long gateDecisions;

  /** Intents that came again, with the same content or with other. */
  public long duplicateIntents() {
    return duplicateIntents;
  }

  /** Decisions on orders that the gate itself made. */
  public long gateDecisions() {
    return gateDecisions;
  }

  /** Intents that strategies inside the front made. */
  public long intentsFromFront() {
    return intentsFromFront;
  }

  /** Intents too old for the id window, which can only be refused. */
  public long lateRepeats() {
    return lateRepeats;
  }
}
