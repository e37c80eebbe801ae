package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Difference;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * Of bounds on sums at several scopes the one that leaves least room, of equals the first. An order
 * adds the same to every sum, so that none of the others permits less of it.
 */
final class LeastRoom {
  private Scope scope;
  private BigDecimal sum;
  private BigDecimal bound;
  private Difference room;

  /**
   * @param otherSum what there is at the scope without the order
   */
  void see(Scope otherScope, BigDecimal otherSum, BigDecimal otherBound) {
    Difference otherRoom = new Difference(otherBound, otherSum);
    if (room == null || otherRoom.isBelow(room)) {
      scope = otherScope;
      sum = otherSum;
      bound = otherBound;
      room = otherRoom;
    }
  }

  /** Whether there is no bound. */
  boolean isNone() {
    return room == null;
  }

  Scope scope() {
    return scope;
  }

  BigDecimal sum() {
    return sum;
  }

  BigDecimal bound() {
    return bound;
  }
}
