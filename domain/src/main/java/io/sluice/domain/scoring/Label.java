package io.sluice.domain.scoring;

/**
 * What a model was taught to foresee.
 *
 * @param horizonUs how far it looks ahead
 * @param barrier of {@link Kind#TRIPLE_BARRIER}, a part of the price above 0; of the other 0
 */
public record Label(Kind kind, long horizonUs, double barrier) {
  /** How a price path becomes up or not up. */
  public enum Kind {
    /** Whether the upper of two barriers is touched first; where neither is, as the other kind. */
    TRIPLE_BARRIER,
    /** Whether the price at the horizon is above the one now. */
    FORWARD_RETURN
  }

  public Label {
    if (horizonUs <= 0) {
      throw new IllegalArgumentException("the horizon has to be above 0, it is " + horizonUs);
    }
    if (kind == Kind.TRIPLE_BARRIER ? !(barrier > 0 && barrier < 1) : barrier != 0) {
      throw new IllegalArgumentException("a " + kind + " with the barrier " + barrier);
    }
  }
}
