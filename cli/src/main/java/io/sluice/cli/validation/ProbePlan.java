package io.sluice.cli.validation;

import io.sluice.domain.config.Account;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
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

/**
 * Which probes a configuration allows. Each is refused by the limit of the probe account that is 0,
 * whatever else any rule says, and its outcomes show what each rule says.
 *
 * @param pilot the first, which the gate refuses for its old stamp too; its answer shows that the
 *     limit of 0 is in force
 * @param others those that follow once it has
 */
record ProbePlan(Account account, Instrument instrument, Probe pilot, List<Probe> others) {
  /** The price that probes make for their instrument. */
  static final BigDecimal PRICE = BigDecimal.valueOf(100);

  /** Far beyond whatever bound. */
  private static final BigDecimal FAR = BigDecimal.TEN;

  private static final long MINUTE_US = 60_000_000L;

  /** On either side of the quote that makes the price. */
  private static final BigDecimal QUOTED = BigDecimal.valueOf(1_000_000);

  /** The name of the user rule that holds for probes. */
  private static final String USER_RULE = "probe";

  /**
   * @param account the probe account's id
   * @param instrument the probe instrument's id
   * @throws ConfigurationException where they are not such that no probe can ever trade
   */
  static ProbePlan of(Configuration configuration, String account, String instrument) {
    Account known = configuration.accounts().get(account);
    if (known == null) {
      throw new ConfigurationException(
          "the configuration has no account "
              + account
              + " for probes, expected one as docs/validation.md shows it; add it, or give"
              + " --without-probes");
    }
    Instrument listed = configuration.instruments().get(instrument);
    if (listed == null) {
      throw new ConfigurationException(
          "the configuration has no instrument "
              + instrument
              + " for probes, expected one at a venue that nobody executes at, as"
              + " docs/validation.md shows it; add it, or give --without-probes");
    }
    LimitSet own = configuration.profiles().get(known.profile()).limits();
    requireThatNothingIsApproved(known, own, configuration);
    requireAVenueOfItsOwn(listed, configuration);
    return new ProbePlan(
        known,
        listed,
        pilot(known, listed, configuration.maxClockSkewUs()),
        others(known, listed, own, configuration));
  }

  private static void requireThatNothingIsApproved(
      Account account, LimitSet own, Configuration configuration) {
    Limit most = own.get(LimitKey.MAX_QTY);
    if (most == null || most.isUnlimited() || most.bound().signum() != 0) {
      throw new ConfigurationException(
          "profiles."
              + account.profile()
              + ".max_qty is "
              + (most == null ? "missing" : most.isUnlimited() ? "unlimited" : most.bound())
              + ", expected \"0\": only then is no probe of the account "
              + account.id()
              + " ever approved");
    }
    for (Account other : configuration.accounts().values()) {
      boolean isAnother = !other.id().equals(account.id());
      if (isAnother && other.group().equals(account.group())) {
        throw new ConfigurationException(
            "the account "
                + account.id()
                + " is in the risk group "
                + account.group()
                + " with "
                + other.id()
                + ", expected a group of its own, so that probes count against nobody's limits");
      }
    }
  }

  private static void requireAVenueOfItsOwn(Instrument probed, Configuration configuration) {
    for (Instrument other : configuration.instruments().values()) {
      boolean isAnother = !other.id().equals(probed.id());
      if (isAnother
          && (other.venue().equals(probed.venue()) || other.base().equals(probed.base()))) {
        throw new ConfigurationException(
            "the instrument "
                + probed.id()
                + " has its venue or its asset in common with "
                + other.id()
                + ", expected a venue and an asset of its own, so that its made-up prices are"
                + " nobody's reference");
      }
    }
  }

  private static Probe pilot(Account account, Instrument instrument, long skewUs) {
    Map<String, Set<String>> expected = new TreeMap<>();
    expected.put("R01", Probe.BITES);
    expected.put("R03", Probe.BITES);
    return order("validity", account, instrument, instrument.minQty(), PRICE, expected)
        .old(skewUs + MINUTE_US);
  }

  private static List<Probe> others(
      Account account, Instrument instrument, LimitSet own, Configuration configuration) {
    List<Probe> probes = new ArrayList<>();
    BigDecimal small = instrument.minQty();
    Map<String, Set<String>> well = new TreeMap<>();
    for (String rule : List.of("R01", "R02", "R05", "R07", "R21", "R22", "R23", "R25", "R30")) {
      well.put(rule, Probe.PASSES);
    }
    for (String rule : List.of("R24", "R31", "R33", "R40", "K01", "P01")) {
      well.put(rule, Probe.PASSES_OR_HAS_NO_LIMIT);
    }
    well.put("R03", Probe.BITES);
    probes.add(order("order size", account, instrument, small, PRICE, well));
    bounded(own, LimitKey.MAX_NOTIONAL)
        .ifPresent(
            bound ->
                probes.add(
                    order(
                        "order value",
                        account,
                        instrument,
                        worth(bound, instrument),
                        PRICE,
                        Map.of("R04", Probe.BITES))));
    bounded(own, LimitKey.COLLAR)
        .ifPresent(
            bound ->
                probes.add(
                    order(
                        "price",
                        account,
                        instrument,
                        small,
                        PRICE.multiply(FAR),
                        Map.of("R05", Probe.BITES))));
    bounded(own, LimitKey.MAX_POSITION_NOTIONAL)
        .ifPresent(
            bound ->
                probes.add(
                    order(
                        "exposure",
                        account,
                        instrument,
                        worth(bound, instrument),
                        PRICE,
                        exposure(own, bound))));
    probes.add(
        order("buying power", account, instrument, small, PRICE, Map.of("R20", Probe.BITES)));
    probes.add(
        order("reduce only", account, instrument, small, PRICE, Map.of("R20", Probe.BITES))
            .reducing());
    if (own.get(LimitKey.MIN_CONFIDENCE) != null) {
      probes.add(
          order("signal", account, instrument, small, PRICE, Map.of("S03", Probe.BITES))
              .sureOf(BigDecimal.ZERO));
    }
    further(probes, account, instrument, own);
    if (configuration.rules().userRules().stream()
        .anyMatch(rule -> rule.name().equals(USER_RULE))) {
      probes.add(
          order("user rules", account, instrument, small, PRICE, Map.of("U01", Probe.BITES)));
    }
    probes.add(
        Probe.buying(
            "unknown account",
            account.id() + "-that-is-not-there",
            instrument.id(),
            small,
            PRICE,
            Map.of("R01", Probe.BITES)));
    bounded(own, LimitKey.MAX_DATA_AGE_MS)
        .ifPresent(
            age ->
                probes.add(
                    order("data", account, instrument, small, PRICE, Map.of("R25", Probe.BITES))
                        .repeatedBehindQuote(age.longValue() * 1_000 + MINUTE_US)));
    return probes;
  }

  /** Families whose limits a desk may do without: asked where the profile is as tight as can be. */
  private static void further(
      List<Probe> probes, Account account, Instrument instrument, LimitSet own) {
    BigDecimal small = instrument.minQty();
    bounded(own, LimitKey.MAX_SPREAD)
        .filter(bound -> bound.compareTo(width(instrument)) < 0)
        .ifPresent(
            bound ->
                probes.add(
                    order(
                        "market", account, instrument, small, PRICE, Map.of("R27", Probe.BITES))));
    bounded(own, LimitKey.MAX_QUOTE_SHARE)
        .ifPresent(
            bound ->
                probes.add(
                    order(
                        "liquidity",
                        account,
                        instrument,
                        Decimals.roundTo(bound.multiply(FAR).multiply(QUOTED), instrument.lot())
                            .max(small),
                        PRICE,
                        Map.of("R36", Probe.BITES))));
    bounded(own, LimitKey.MAX_CONCENTRATION)
        .ifPresent(
            bound ->
                probes.add(
                    order(
                        "concentration",
                        account,
                        instrument,
                        worth(bound, instrument),
                        PRICE,
                        Map.of("R11", Probe.BITES))));
    bounded(own, LimitKey.MAX_POSITION_RISK)
        .ifPresent(
            bound ->
                probes.add(
                    order(
                        "risk at the stop",
                        account,
                        instrument,
                        worth(bound, instrument),
                        PRICE,
                        Map.of("P02", Probe.BITES))));
    bounded(own, LimitKey.MIN_NOTIONAL)
        .filter(bound -> bound.compareTo(PRICE.multiply(small)) > 0)
        .ifPresent(
            bound ->
                probes.add(
                    order("size", account, instrument, small, PRICE, Map.of("P06", Probe.BITES))));
    bounded(own, LimitKey.MAX_NEW_RATE)
        .filter(bound -> bound.compareTo(BigDecimal.ONE) == 0)
        .ifPresent(
            bound ->
                probes.add(
                    order(
                            "order flow",
                            account,
                            instrument,
                            small,
                            PRICE,
                            Map.of("R15", Probe.BITES))
                        .repeatedBehindQuote(0)));
  }

  /** Of the quote that probes make, as a fraction of its middle. */
  private static BigDecimal width(Instrument instrument) {
    return instrument.tick().add(instrument.tick()).divide(PRICE, MathContext.DECIMAL64);
  }

  /** Of the other bounds of exposure those that are as small bite too. */
  private static Map<String, Set<String>> exposure(LimitSet own, BigDecimal bound) {
    Map<String, Set<String>> expected = new TreeMap<>(Map.of("R08", Probe.BITES));
    bounded(own, LimitKey.MAX_GROSS)
        .filter(gross -> gross.compareTo(bound.multiply(FAR)) < 0)
        .ifPresent(gross -> expected.put("R09", Probe.BITES));
    return expected;
  }

  private static Optional<BigDecimal> bounded(LimitSet own, LimitKey key) {
    Limit limit = own.get(key);
    return limit == null || limit.isUnlimited() || limit.terms().isShare()
        ? Optional.empty()
        : Optional.of(limit.bound());
  }

  /** So much that its value is far beyond a bound, on the lot. */
  private static BigDecimal worth(BigDecimal bound, Instrument instrument) {
    BigDecimal qty =
        bound
            .max(BigDecimal.ONE)
            .multiply(FAR)
            .divide(PRICE.multiply(instrument.multiplier()), MathContext.DECIMAL64);
    return Decimals.roundTo(qty, instrument.lot()).max(instrument.minQty());
  }

  private static Probe order(
      String family,
      Account account,
      Instrument instrument,
      BigDecimal qty,
      BigDecimal limitPrice,
      Map<String, Set<String>> expected) {
    return Probe.buying(family, account.id(), instrument.id(), qty, limitPrice, expected);
  }

  /** The quote that makes the price, tight and of any size. */
  byte[] quote(long stampUs) {
    JsonWriter json = new JsonWriter().beginObject().name("type").value("quote");
    json.name("instrument").value(instrument.id());
    json.name("bid").value(PRICE.subtract(instrument.tick())).name("bid_qty").value(QUOTED);
    json.name("ask").value(PRICE.add(instrument.tick())).name("ask_qty").value(QUOTED);
    return json.name("event_time_us")
        .value(stampUs)
        .name("receive_time_us")
        .nullValue()
        .endObject()
        .toBytes();
  }
}
