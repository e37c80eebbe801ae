package io.sluice.cli.validation;

import io.sluice.domain.config.Account;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
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

  static final long MINUTE_US = 60_000_000L;

  /** On either side of the quote that makes the price. */
  static final BigDecimal QUOTED = BigDecimal.valueOf(1_000_000);

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
        LimitProbes.of(known, listed, own, configuration));
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
    Map<String, Set<String>> expected =
        new TreeMap<>(Map.of("R01", Probe.BITES, "R03", Probe.BITES));
    return Probe.buying(
            "validity", account.id(), instrument.id(), instrument.minQty(), PRICE, expected)
        .old(skewUs + MINUTE_US);
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
