package io.sluice.domain.risk;

import java.math.BigDecimal;

/** An approved order that rests at a price. */
public record RestingOrder(BigDecimal price, String account, String intentId)
    implements Comparable<RestingOrder> {
  /** By price, then by account and intent. */
  @Override
  public int compareTo(RestingOrder other) {
    int order = price.compareTo(other.price);
    order = order != 0 ? order : account.compareTo(other.account);
    return order != 0 ? order : intentId.compareTo(other.intentId);
  }
}
