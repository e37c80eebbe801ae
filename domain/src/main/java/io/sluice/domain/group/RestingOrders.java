package io.sluice.domain.group;

import io.sluice.domain.account.Order;
import io.sluice.domain.risk.RestingOrder;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The orders of all accounts that may rest in a venue's book, by instrument and price: limit orders
 * that are good till cancelled. One that is being amended rests at both its prices.
 */
final class RestingOrders {
  private final Map<String, Map<Side, NavigableSet<RestingOrder>>> byInstrument = new HashMap<>();

  void changed(String account, Order before, Order after) {
    if (before != null && rests(before)) {
      NavigableSet<RestingOrder> orders = orders(before);
      for (BigDecimal price : prices(before)) {
        orders.remove(new RestingOrder(price, account, before.intentId()));
      }
    }
    if (after != null && rests(after)) {
      NavigableSet<RestingOrder> orders = orders(after);
      for (BigDecimal price : prices(after)) {
        orders.add(new RestingOrder(price, account, after.intentId()));
      }
    }
  }

  private static boolean rests(Order order) {
    return order.type() == OrderType.LIMIT && order.timeInForce() == TimeInForce.GTC;
  }

  private static BigDecimal[] prices(Order order) {
    return order.amendment() == null
        ? new BigDecimal[] {order.limitPrice()}
        : new BigDecimal[] {order.limitPrice(), order.amendment().limitPrice()};
  }

  private NavigableSet<RestingOrder> orders(Order order) {
    return byInstrument
        .computeIfAbsent(order.instrument(), key -> new EnumMap<>(Side.class))
        .computeIfAbsent(order.side(), key -> new TreeSet<>());
  }

  /**
   * The best resting order that an order on a side could match.
   *
   * @param limitPrice the order's, or null for a market order, which could match any
   * @return null where there is none
   */
  RestingOrder against(Side side, String instrument, BigDecimal limitPrice) {
    NavigableSet<RestingOrder> orders =
        byInstrument.getOrDefault(instrument, Map.of()).get(side.opposite());
    if (orders == null || orders.isEmpty()) {
      return null;
    }
    RestingOrder best = side == Side.BUY ? orders.first() : orders.last();
    boolean crosses =
        limitPrice == null
            || (side == Side.BUY
                ? best.price().compareTo(limitPrice) <= 0
                : best.price().compareTo(limitPrice) >= 0);
    return crosses ? best : null;
  }

  void clear() {
    byInstrument.clear();
  }
}
