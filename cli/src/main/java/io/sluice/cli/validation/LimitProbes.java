package io.sluice.cli.validation;

import static io.sluice.cli.validation.ProbePlan.MINUTE_US;
import static io.sluice.cli.validation.ProbePlan.PRICE;
import static io.sluice.cli.validation.ProbePlan.QUOTED;

import io.sluice.domain.config.Account;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The probes that ask for what the probe account's limits refuse, each for one family of rules. */
final class LimitProbes {
  /** Far beyond whatever bound. */
  private static final BigDecimal FAR = BigDecimal.TEN;

  /** The name of the user rule that holds for probes. */
  private static final String USER_RULE = "probe";

  private final Account account;
  private final Instrument instrument;
  private final LimitSet own;
  private final List<Probe> probes = new ArrayList<>();

  private LimitProbes(Account account, Instrument instrument, LimitSet own) {
    this.account = account;
    this.instrument = instrument;
    this.own = own;
  }

  /**
   * @param own the limits of the account's profile
   */
  static List<Probe> of(
      Account account, Instrument instrument, LimitSet own, Configuration configuration) {
    LimitProbes limits = new LimitProbes(account, instrument, own);
    limits.asked(configuration);
    return limits.probes;
  }

  private void asked(Configuration configuration) {
    probes.add(small("order size", well()));
    worth("order value", LimitKey.MAX_NOTIONAL, "R04");
    if (bounded(LimitKey.COLLAR).isPresent()) {
      probes.add(order("price", instrument.minQty(), PRICE.multiply(FAR), bites("R05")));
    }
    bounded(LimitKey.MAX_POSITION_NOTIONAL)
        .ifPresent(bound -> probes.add(order("exposure", worth(bound), PRICE, exposure(bound))));
    probes.add(small("buying power", bites("R20")));
    probes.add(small("reduce only", bites("R20")).reducing());
    if (own.get(LimitKey.MIN_CONFIDENCE) != null) {
      probes.add(small("signal", bites("S03")).sureOf(BigDecimal.ZERO));
    }
    further();
    if (configuration.rules().userRules().stream()
        .anyMatch(rule -> rule.name().equals(USER_RULE))) {
      probes.add(small("user rules", bites("U01")));
    }
    probes.add(
        Probe.buying(
            "unknown account",
            account.id() + "-that-is-not-there",
            instrument.id(),
            instrument.minQty(),
            PRICE,
            bites("R01")));
    bounded(LimitKey.MAX_DATA_AGE_MS)
        .ifPresent(
            age ->
                probes.add(
                    small("data", bites("R25"))
                        .repeatedBehindQuote(age.longValue() * 1_000 + MINUTE_US)));
  }

  /** Families whose limits a desk may do without: asked where the profile is as tight as can be. */
  private void further() {
    if (bounded(LimitKey.MAX_SPREAD).filter(bound -> bound.compareTo(width()) < 0).isPresent()) {
      probes.add(small("market", bites("R27")));
    }
    bounded(LimitKey.MAX_QUOTE_SHARE)
        .ifPresent(
            share ->
                probes.add(
                    order(
                        "liquidity",
                        onLot(share.multiply(FAR).multiply(QUOTED)),
                        PRICE,
                        bites("R36"))));
    worth("concentration", LimitKey.MAX_CONCENTRATION, "R11");
    worth("risk at the stop", LimitKey.MAX_POSITION_RISK, "P02");
    BigDecimal value = PRICE.multiply(instrument.minQty());
    if (bounded(LimitKey.MIN_NOTIONAL).filter(bound -> bound.compareTo(value) > 0).isPresent()) {
      probes.add(small("size", bites("P06")));
    }
    if (bounded(LimitKey.MAX_NEW_RATE)
        .filter(bound -> bound.compareTo(BigDecimal.ONE) == 0)
        .isPresent()) {
      probes.add(small("order flow", bites("R15")).repeatedBehindQuote(0));
    }
  }

  /** A family whose rule refuses what is worth far more than a limit allows, where there is one. */
  private void worth(String family, LimitKey limit, String rule) {
    bounded(limit).ifPresent(bound -> probes.add(order(family, worth(bound), PRICE, bites(rule))));
  }

  /** What rules say of the smallest order, which only its size is wrong with. */
  private static Map<String, Set<String>> well() {
    Map<String, Set<String>> expected = new TreeMap<>();
    for (String rule : List.of("R01", "R02", "R05", "R07", "R21", "R22", "R23", "R25", "R30")) {
      expected.put(rule, Probe.PASSES);
    }
    for (String rule : List.of("R24", "R31", "R33", "R40", "K01", "P01")) {
      expected.put(rule, Probe.PASSES_OR_HAS_NO_LIMIT);
    }
    expected.put("R03", Probe.BITES);
    return expected;
  }

  private static Map<String, Set<String>> bites(String rule) {
    return Map.of(rule, Probe.BITES);
  }

  /** Of the other bounds of exposure those that are as small bite too. */
  private Map<String, Set<String>> exposure(BigDecimal bound) {
    Map<String, Set<String>> expected = new TreeMap<>(bites("R08"));
    bounded(LimitKey.MAX_GROSS)
        .filter(gross -> gross.compareTo(bound.multiply(FAR)) < 0)
        .ifPresent(gross -> expected.put("R09", Probe.BITES));
    return expected;
  }

  /** Of the quote that probes make, as a fraction of its middle. */
  private BigDecimal width() {
    return instrument.tick().add(instrument.tick()).divide(PRICE, MathContext.DECIMAL64);
  }

  private Optional<BigDecimal> bounded(LimitKey key) {
    Limit limit = own.get(key);
    return limit == null || limit.isUnlimited() || limit.terms().isShare()
        ? Optional.empty()
        : Optional.of(limit.bound());
  }

  /** So much that its value is far beyond a bound. */
  private BigDecimal worth(BigDecimal bound) {
    return onLot(
        bound
            .max(BigDecimal.ONE)
            .multiply(FAR)
            .divide(PRICE.multiply(instrument.multiplier()), MathContext.DECIMAL64));
  }

  private BigDecimal onLot(BigDecimal qty) {
    return Decimals.roundTo(qty, instrument.lot()).max(instrument.minQty());
  }

  private Probe small(String family, Map<String, Set<String>> expected) {
    return order(family, instrument.minQty(), PRICE, expected);
  }

  private Probe order(
      String family, BigDecimal qty, BigDecimal limitPrice, Map<String, Set<String>> expected) {
    return Probe.buying(family, account.id(), instrument.id(), qty, limitPrice, expected);
  }
}
