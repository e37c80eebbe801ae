package io.sluice.domain.risk.limit;

import io.sluice.domain.config.Section;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.Regime;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a limit's bound is to be read.
 *
 * @param isShare whether it is a share of the scope's equity when the UTC day began
 * @param byRegime values that take the bound's place in a regime, each at most the bound; the bound
 *     holds in every other
 * @param smoothingUs the time constant over which a drawdown is averaged before it counts, in
 *     microseconds; 0 where it counts as it is
 * @param rearms whether a loss is counted from the equity at which the breach before it ended
 * @param announces whether a breach is the event TRADING_HALTED too
 * @param cancelsOrders whether a breach, or a silence, asks for the cancel of the orders at work in
 *     its scope
 */
public record LimitTerms(
    boolean isShare,
    Map<Regime, BigDecimal> byRegime,
    long smoothingUs,
    boolean rearms,
    boolean announces,
    boolean cancelsOrders) {
  public static final LimitTerms PLAIN = new LimitTerms(false, Map.of(), 0, false, false, false);

  private static final String TRADING_HALTED = "trading_halted";

  public LimitTerms {
    EnumMap<Regime, BigDecimal> sorted = new EnumMap<>(Regime.class);
    sorted.putAll(byRegime);
    byRegime = Collections.unmodifiableMap(sorted);
  }

  boolean isPlain() {
    return equals(PLAIN);
  }

  /** The bound in a regime; where that is not known, the tightest there is. */
  BigDecimal in(Regime regime, BigDecimal bound) {
    if (byRegime.isEmpty()) {
      return bound;
    }
    return regime == null
        ? byRegime.values().stream().reduce(bound, BigDecimal::min)
        : byRegime.getOrDefault(regime, bound);
  }

  boolean areAtLeastAsTightAs(LimitTerms other, BigDecimal bound, BigDecimal otherBound) {
    if (isShare != other.isShare
        || smoothingUs > 0 && smoothingUs != other.smoothingUs
        || rearms && !other.rearms
        || !announces && other.announces
        || !cancelsOrders && other.cancelsOrders) {
      return false;
    }
    if (byRegime.isEmpty() && other.byRegime.isEmpty()) {
      return true;
    }
    for (Regime regime : Regime.values()) {
      if (in(regime, bound).compareTo(other.in(regime, otherBound)) > 0) {
        return false;
      }
    }
    return in(null, bound).compareTo(other.in(null, otherBound)) <= 0;
  }

  static LimitTerms parse(LimitKey key, Section body, BigDecimal bound, boolean isShare) {
    long smoothingUs = body.durationUs("smoothing", 0);
    if (smoothingUs > 0 && key != LimitKey.MAX_DRAWDOWN) {
      throw body.wrong("smoothing", "nothing: only a drawdown is averaged");
    }
    boolean rearms = flag(body, "rearms");
    if (rearms && key != LimitKey.MAX_DAILY_LOSS && key != LimitKey.MAX_WEEKLY_LOSS) {
      throw body.wrong("rearms", "nothing: only a daily or weekly loss is counted anew");
    }
    boolean announces = body.has("event");
    if (announces && (!key.isBreaker() || !TRADING_HALTED.equals(body.text("event")))) {
      throw body.wrong("event", TRADING_HALTED + ", on a breaker");
    }
    boolean cancelsOrders = flag(body, "cancel_orders");
    if (cancelsOrders && !key.isBreaker() && key != LimitKey.MAX_SILENCE_MS) {
      throw body.wrong(
          "cancel_orders", "nothing: only a breaker or a silence asks for the cancel of orders");
    }
    return new LimitTerms(
        isShare, regimes(key, body, bound), smoothingUs, rearms, announces, cancelsOrders);
  }

  private static boolean flag(Section body, String name) {
    if (body.has(name) && !body.node(name).isBoolean()) {
      throw body.wrong(name, "true or false");
    }
    return body.node(name).booleanValue();
  }

  private static Map<Regime, BigDecimal> regimes(LimitKey key, Section body, BigDecimal bound) {
    Map<Regime, BigDecimal> byRegime = new EnumMap<>(Regime.class);
    Section section = body.section("regimes");
    for (Regime regime : Regime.values()) {
      String name = regime.name().toLowerCase(Locale.ROOT);
      if (!section.has(name)) {
        continue;
      }
      BigDecimal value = section.decimalOrNull(name);
      if (value == null
          || !key.unit().allows(value)
          || bound == null
          || value.compareTo(bound) > 0) {
        throw section.wrong(name, key.unit().expected() + " that is at most the bound");
      }
      byRegime.put(regime, value);
    }
    if (!byRegime.isEmpty() && (key.isBreaker() || key.isFloor())) {
      throw body.wrong(
          "regimes",
          "nothing: an account's losses are in no single regime, a floor has no ceiling");
    }
    String[] names = new String[Regime.values().length];
    for (Regime regime : Regime.values()) {
      names[regime.ordinal()] = regime.name().toLowerCase(Locale.ROOT);
    }
    section.allow(names);
    return byRegime;
  }

  /** Writes what is not plain into the object that is open. */
  void writeInto(JsonWriter json) {
    if (!byRegime.isEmpty()) {
      json.name("regimes").beginObject();
      byRegime.forEach(
          (regime, value) ->
              json.name(regime.name().toLowerCase(Locale.ROOT)).value(Decimals.plain(value)));
      json.endObject();
    }
    if (smoothingUs > 0) {
      json.name("smoothing").value(Durations.print(smoothingUs));
    }
    if (rearms) {
      json.name("rearms").value(true);
    }
    if (announces) {
      json.name("event").value(TRADING_HALTED);
    }
    if (cancelsOrders) {
      json.name("cancel_orders").value(true);
    }
  }
}
