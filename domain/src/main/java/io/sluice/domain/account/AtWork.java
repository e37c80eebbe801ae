package io.sluice.domain.account;

import java.math.BigDecimal;

/** Keeps count of the orders at work, wherever that is asked for. */
@FunctionalInterface
public interface AtWork {
  /**
   * An order has begun or ceased to work, or works with another value.
   *
   * @param order as it is now
   * @param orders 1, 0 or -1
   * @param value the change of its unexecuted value, in money
   */
  void changed(Order order, int orders, BigDecimal value);
}
