package io.sluice.domain.account;

import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What each strategy of an account has of its positions and has at work, in value. The books net
 * what strategies have against each other; a limit on one strategy bounds what is its own. What no
 * strategy is known to have is that of one without a name.
 */
public final class StrategyValues {
  private final StrategyPositions positions;
  private final Function<String, Holding> holdingIn;

  /** By strategy and instrument. */
  private final Map<String, Map<String, Reserved>> reserved = new HashMap<>();

  /** What orders reserve, in price units. */
  private record Reserved(BigDecimal buys, BigDecimal sells) {
    static final Reserved NOTHING = new Reserved(BigDecimal.ZERO, BigDecimal.ZERO);

    Reserved with(Side side, BigDecimal worth) {
      return side == Side.BUY
          ? new Reserved(buys.add(worth), sells)
          : new Reserved(buys, sells.add(worth));
    }

    boolean isNothing() {
      return buys.signum() == 0 && sells.signum() == 0;
    }
  }

  /**
   * @param holdingIn the account's holding in an instrument, null where there never was one
   */
  StrategyValues(StrategyPositions positions, Function<String, Holding> holdingIn) {
    this.positions = positions;
    this.holdingIn = holdingIn;
  }

  /**
   * Adds what an order reserves, or takes it away.
   *
   * @param worth in price units, below 0 to take it away
   */
  void reserve(Order order, BigDecimal worth) {
    if (worth.signum() == 0) {
      return;
    }
    String strategy = StrategyPositions.name(order.strategy());
    Map<String, Reserved> in = reserved.computeIfAbsent(strategy, key -> new HashMap<>());
    Reserved now = in.getOrDefault(order.instrument(), Reserved.NOTHING).with(order.side(), worth);
    if (!now.isNothing()) {
      in.put(order.instrument(), now);
      return;
    }
    in.remove(order.instrument());
    if (in.isEmpty()) {
      reserved.remove(strategy);
    }
  }

  /** As {@link Holding#sideValue}, of what is the strategy's own. */
  public BigDecimal sideValue(String strategy, String instrument, Side side) {
    Holding holding = holdingIn.apply(instrument);
    if (holding == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal value = holding.valueOf(positions.qty(strategy, instrument));
    Reserved works =
        reserved
            .getOrDefault(StrategyPositions.name(strategy), Map.of())
            .getOrDefault(instrument, Reserved.NOTHING);
    return side == Side.BUY
        ? value.add(works.buys.multiply(holding.multiplier()))
        : works.sells.multiply(holding.multiplier()).subtract(value);
  }

  /** In an instrument, the worse side. */
  public BigDecimal exposure(String strategy, String instrument) {
    return sideValue(strategy, instrument, Side.BUY)
        .max(sideValue(strategy, instrument, Side.SELL))
        .max(BigDecimal.ZERO);
  }

  /** In all instruments, not netted. */
  public BigDecimal exposure(String strategy) {
    BigDecimal exposure = BigDecimal.ZERO;
    for (String instrument : instruments(strategy)) {
      exposure = exposure.add(exposure(strategy, instrument));
    }
    return exposure;
  }

  /** In all instruments netted, with what works on the side filled. */
  public BigDecimal netTowards(Side side, String strategy) {
    BigDecimal net = BigDecimal.ZERO;
    for (String instrument : instruments(strategy)) {
      net = net.add(sideValue(strategy, instrument, side));
    }
    return net;
  }

  private Set<String> instruments(String strategy) {
    Set<String> instruments = new TreeSet<>(positions.instruments(strategy));
    instruments.addAll(reserved.getOrDefault(StrategyPositions.name(strategy), Map.of()).keySet());
    return instruments;
  }
}
