package io.sluice.domain.account;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In which instruments each strategy of an account has a position of its own, or an order at work
 * that may open one. The books net them; how many there are, limits count one by one. What no
 * strategy is known to have counts as that of one without a name.
 */
public final class StrategyPositions {
  private static final String NAMELESS = "";

  /** By instrument and strategy: its part of the position, and its orders at work. */
  private final Map<String, Map<String, Part>> byInstrument = new TreeMap<>();

  private final Map<String, Integer> byStrategy = new HashMap<>();
  private int count;

  private record Part(BigDecimal qty, int orders) {
    static final Part NONE = new Part(BigDecimal.ZERO, 0);

    boolean isNone() {
      return qty.signum() == 0 && orders == 0;
    }
  }

  /** How many there are in all. */
  public int count() {
    return count;
  }

  /** How many a strategy has. */
  public int of(String strategy) {
    return byStrategy.getOrDefault(name(strategy), 0);
  }

  /** How many strategies have one in an instrument. */
  public int in(String instrument) {
    return parts(instrument).size();
  }

  public boolean has(String strategy, String instrument) {
    return parts(instrument).containsKey(name(strategy));
  }

  private Map<String, Part> parts(String instrument) {
    return byInstrument.getOrDefault(instrument, Map.of());
  }

  /** The signed quantity that is the strategy's own. */
  BigDecimal qty(String strategy, String instrument) {
    return part(instrument, name(strategy)).qty;
  }

  /** Where a strategy has a position or an order at work that may open one, sorted. */
  List<String> instruments(String strategy) {
    return byInstrument.keySet().stream().filter(instrument -> has(strategy, instrument)).toList();
  }

  static String name(String strategy) {
    return strategy == null ? NAMELESS : strategy;
  }

  /** An order begins to work, or ceases to; one that only reduces opens nothing. */
  void working(Order before, Order after) {
    Order order = after == null ? before : after;
    int change = opens(after) - opens(before);
    if (change != 0) {
      Part part = part(order.instrument(), name(order.strategy()));
      put(order.instrument(), name(order.strategy()), new Part(part.qty, part.orders + change));
    }
  }

  private static int opens(Order order) {
    return order == null || order.reduceOnly() ? 0 : 1;
  }

  private Part part(String instrument, String strategy) {
    return parts(instrument).getOrDefault(strategy, Part.NONE);
  }

  /**
   * A fill is a strategy's.
   *
   * @param signed above 0 where it bought
   * @param position of the account after it; where that is flat nobody has anything
   */
  void filled(String instrument, String strategy, BigDecimal signed, Position position) {
    if (position.isFlat()) {
      flat(instrument);
      return;
    }
    Part part = part(instrument, name(strategy));
    put(instrument, name(strategy), new Part(part.qty.add(signed), part.orders));
  }

  /** A position of nobody known takes the place of what was known. */
  void set(String instrument, Position position) {
    flat(instrument);
    if (!position.isFlat()) {
      put(instrument, NAMELESS, new Part(position.qty(), part(instrument, NAMELESS).orders));
    }
  }

  private void flat(String instrument) {
    for (Map.Entry<String, Part> part : Map.copyOf(parts(instrument)).entrySet()) {
      put(instrument, part.getKey(), new Part(BigDecimal.ZERO, part.getValue().orders));
    }
  }

  private void put(String instrument, String strategy, Part part) {
    Map<String, Part> parts = byInstrument.computeIfAbsent(instrument, key -> new TreeMap<>());
    boolean was = parts.containsKey(strategy);
    if (part.isNone()) {
      parts.remove(strategy);
    } else {
      parts.put(strategy, part);
    }
    int change = (part.isNone() ? 0 : 1) - (was ? 1 : 0);
    if (change != 0) {
      count += change;
      byStrategy.merge(strategy, change, StrategyPositions::sum);
    }
    if (parts.isEmpty()) {
      byInstrument.remove(instrument);
    }
  }

  private static Integer sum(int a, int b) {
    return a + b == 0 ? null : (Integer) (a + b);
  }

  /** What each strategy has of the position in an instrument, sorted; orders are not in it. */
  Map<String, BigDecimal> quantities(String instrument) {
    Map<String, BigDecimal> quantities = new TreeMap<>();
    parts(instrument)
        .forEach(
            (strategy, part) -> {
              if (part.qty.signum() != 0) {
                quantities.put(strategy, part.qty);
              }
            });
    return Collections.unmodifiableMap(quantities);
  }

  void restore(String instrument, Map<String, BigDecimal> quantities) {
    flat(instrument);
    quantities.forEach(
        (strategy, qty) ->
            put(instrument, strategy, new Part(qty, part(instrument, strategy).orders)));
  }
}
