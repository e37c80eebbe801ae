package io.sluice.domain.account;

import java.math.BigDecimal;

/** Is told which orders may yet be filled, wherever that is kept count of. */
@FunctionalInterface
public interface AtWork {
  /**
   * An order begins to work, works on with other terms, or ceases to.
   *
   * @param before as it worked before, or null
   * @param after as it works now, or null
   * @param multiplier money per price unit and quantity in its instrument
   */
  void changed(Order before, Order after, BigDecimal multiplier);
}
