package io.sluice.domain.risk.userrule;

import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import io.sluice.domain.config.Account;
import io.sluice.domain.json.Times;
import io.sluice.domain.market.Liquidity;
import io.sluice.domain.market.Regime;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the condition of a user rule may look at: the intent, the market as the front saw it, the
 * account's books and the gate's time. A number that is not known is null; amounts are doubles.
 */
public final class Facts {
  private static final CelType NUMBER = NullableType.create(SimpleType.DOUBLE);
  private static final int HOURS = 24;
  private static final int DAYS_OF_A_WEEK = 7;

  /** 1970-01-01 was a Thursday, of the days of the week from Monday the fourth. */
  private static final int FIRST_DAY = 3;

  /** A fact: its type, and how it is read off a proposal. */
  private record Fact(CelType type, Function<Proposal, Object> read) {}

  private static final Map<String, Fact> ALL = new LinkedHashMap<>();

  static {
    text("intent.id", p -> p.intent().intentId());
    text("intent.action", p -> p.intent().action().name());
    text("intent.account", p -> p.intent().account());
    text("intent.strategy", p -> p.intent().strategy());
    text("intent.instrument", p -> p.instrument().id());
    text("intent.venue", p -> p.instrument().venue());
    text("intent.asset", p -> p.instrument().base());
    text("intent.side", p -> p.side().name());
    text("intent.order_type", p -> p.type().name());
    text("intent.time_in_force", p -> p.timeInForce().name());
    fact("intent.reduce_only", SimpleType.BOOL, Proposal::isReduceOnly);
    fact("intent.qty", SimpleType.DOUBLE, p -> p.qty().doubleValue());
    number("intent.limit_price", p -> p.limitPrice());
    number("intent.notional", p -> p.price() == null ? null : p.valueOf(p.qty()));
    number("intent.confidence", p -> p.intent().confidence());
    number("intent.expected_return", p -> p.intent().expectedReturn());

    number("market.reference_price", Proposal::referencePrice);
    number("market.last", p -> p.market().last());
    number("market.bid", p -> p.market().bid());
    number("market.ask", p -> p.market().ask());
    number("market.spread", p -> spread(p.market()));
    number("market.age_ms", p -> milliseconds(p.referenceAgeUs()));
    number("market.sigma_daily", p -> p.market().sigmaDaily());
    text("market.regime", p -> regime(p.market()));
    number("market.regime_confidence", p -> p.market().regimeConfidence());
    number("market.hour_volume", p -> ofLiquidity(p, Liquidity::hourVolume));
    number("market.day_volume", p -> ofLiquidity(p, Liquidity::dayVolume));
    fact("market.crashed", SimpleType.BOOL, p -> !p.market().crashes().isEmpty());

    text("account.profile", p -> account(p).profile());
    text("account.desk", p -> account(p).desk() == null ? "" : account(p).desk());
    text("account.currency", p -> account(p).currency());
    number("account.equity", p -> p.book().equity());
    number("account.cash", p -> p.book().cash());
    number("account.exposure", p -> p.book().exposure());
    number("account.position", Proposal::position);
    number("account.daily_loss", p -> aggregates(p).dailyLoss(own(p)));
    number("account.drawdown", Facts::drawdown);
    fact("account.losses_in_a_row", SimpleType.INT, p -> (long) p.book().lossesInARow());

    fact(
        "time.hour",
        SimpleType.INT,
        p -> Math.floorMod(Math.floorDiv(p.group().gateTimeUs(), Times.DAY_US / HOURS), HOURS));
    fact(
        "time.day_of_week",
        SimpleType.INT,
        p -> 1 + Math.floorMod(Times.utcDay(p.group().gateTimeUs()) + FIRST_DAY, DAYS_OF_A_WEEK));
  }

  private Facts() {}

  private static void text(String name, Function<Proposal, Object> read) {
    fact(name, SimpleType.STRING, read);
  }

  /** A number, or null where it is not known. */
  private static void number(String name, Function<Proposal, Number> read) {
    fact(
        name,
        NUMBER,
        proposal -> {
          Number value = read.apply(proposal);
          return value == null ? NullValue.NULL_VALUE : (Object) value.doubleValue();
        });
  }

  private static void fact(String name, CelType type, Function<Proposal, Object> read) {
    ALL.put(
        name,
        new Fact(
            type,
            proposal -> {
              Object value = read.apply(proposal);
              return value instanceof Integer whole ? (Object) whole.longValue() : value;
            }));
  }

  /** The names of all facts and their types, as a condition sees them. */
  static Map<String, CelType> types() {
    Map<String, CelType> types = new LinkedHashMap<>();
    ALL.forEach((name, fact) -> types.put(name, fact.type()));
    return types;
  }

  /** The names of all facts, in the order of their documentation. */
  public static Iterable<String> names() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  /** A fact of a proposal that is complete; empty where there is none of the name. */
  static Optional<Object> of(Proposal proposal, String name) {
    Fact fact = ALL.get(name);
    return fact == null ? Optional.empty() : Optional.of(fact.read().apply(proposal));
  }

  private static Account account(Proposal proposal) {
    return proposal.book().account();
  }

  private static Scope own(Proposal proposal) {
    return Scope.account(account(proposal).id());
  }

  private static Aggregates aggregates(Proposal proposal) {
    return proposal.group().aggregates();
  }

  private static Double drawdown(Proposal proposal) {
    double peak = aggregates(proposal).peakEquity(own(proposal)).doubleValue();
    return peak > 0 ? (Double) (1 - proposal.book().equity().doubleValue() / peak) : null;
  }

  private static Double spread(Snapshot market) {
    if (market.bid() == null || market.ask() == null) {
      return null;
    }
    double bid = market.bid().doubleValue();
    double ask = market.ask().doubleValue();
    return 2 * (ask - bid) / (ask + bid);
  }

  private static String regime(Snapshot market) {
    Regime regime = Regime.of(market);
    return regime == null ? "" : regime.name();
  }

  private static BigDecimal milliseconds(Long us) {
    return us == null ? null : BigDecimal.valueOf(us, 3);
  }

  private static BigDecimal ofLiquidity(
      Proposal proposal, Function<Liquidity, BigDecimal> quantity) {
    Liquidity liquidity = proposal.market().liquidity();
    return liquidity == null ? null : quantity.apply(liquidity);
  }
}
