package io.sluice.domain.account;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of what each strategy of an account was let open on a UTC day. What ends unfilled is
 * not given back before the next.
 */
public final class Allocations {
  private final Map<String, BigDecimal> byStrategy = new TreeMap<>();
  private long utcDay = -1;

  /** What a strategy has been given on a day. */
  public BigDecimal of(String strategy, long day) {
    return day == utcDay ? byStrategy.getOrDefault(strategy, BigDecimal.ZERO) : BigDecimal.ZERO;
  }

  public void add(String strategy, long day, BigDecimal value) {
    if (day != utcDay) {
      byStrategy.clear();
      utcDay = day;
    }
    byStrategy.merge(strategy, value, BigDecimal::add);
  }

  boolean isEmpty() {
    return byStrategy.isEmpty();
  }

  long utcDay() {
    return utcDay;
  }

  /** Sorted by strategy. */
  Map<String, BigDecimal> byStrategy() {
    return Collections.unmodifiableMap(byStrategy);
  }
}
