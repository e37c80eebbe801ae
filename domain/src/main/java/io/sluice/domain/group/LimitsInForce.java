package io.sluice.domain.group;

import io.sluice.domain.config.Account;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.market.Regime;
import io.sluice.domain.risk.Limits;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The limits that are in force, as they are asked for: kept until limits change, because every
 * order asks.
 */
final class LimitsInForce {
  private static final int MAX_CACHED_LIMITS = 10_000;
  private final Map<LimitsKey, Limits> limitsOf = new HashMap<>();
  private long limitsAtVersion;
  private final Map<LimitsKey, Limits> shadowLimitsOf = new HashMap<>();
  private final Map<Scope, LimitSet> limitsAt = new HashMap<>();
  private final Map<String, Latches> latches = new HashMap<>();
  private final GroupState state;

  /** Strategies name themselves, so one that is called "null" and none are two. */
  private record LimitsKey(String account, String strategy, String instrument, Regime regime) {
    // Written out, because every order is looked up, and a record's own are several times slower.
    @Override
    public boolean equals(Object other) {
      return other instanceof LimitsKey key
          && account.equals(key.account)
          && Objects.equals(strategy, key.strategy)
          && Objects.equals(instrument, key.instrument)
          && regime == key.regime;
    }

    @Override
    public int hashCode() {
      int names = 31 * account.hashCode() + Objects.hashCode(strategy);
      return 31 * (31 * names + Objects.hashCode(instrument)) + Objects.hashCode(regime);
    }
  }

  LimitsInForce(GroupState state) {
    this.state = state;
  }

  void forget() {
    limitsOf.clear();
    shadowLimitsOf.clear();
    limitsAt.clear();
    latches.clear();
  }

  Limits of(Account account, String strategy, Instrument instrument, Regime regime) {
    return of(account, strategy, instrument, regime, limitsOf, this::at);
  }

  /** The limits there would be with those on trial in place of those in force. */
  Limits onTrial(Account account, String strategy, Instrument instrument, Regime regime) {
    return of(account, strategy, instrument, regime, shadowLimitsOf, this::onTrialAt);
  }

  private LimitSet onTrialAt(Scope scope) {
    LimitSet onTrial = state.configuration.shadowLimits().getOrDefault(scope, LimitSet.EMPTY);
    return at(scope).replacedBy(onTrial);
  }

  private Limits of(
      Account account,
      String strategy,
      Instrument instrument,
      Regime regime,
      Map<LimitsKey, Limits> knownOf,
      Function<Scope, LimitSet> inForce) {
    if (state.sums.losses().version() != limitsAtVersion) {
      // Shares are of the equity the day began with.
      limitsOf.clear();
      shadowLimitsOf.clear();
      limitsAtVersion = state.sums.losses().version();
    }
    LimitsKey key =
        new LimitsKey(account.id(), strategy, instrument == null ? null : instrument.id(), regime);
    Limits known = knownOf.get(key);
    if (known == null) {
      if (knownOf.size() >= MAX_CACHED_LIMITS) {
        forget();
      }
      known =
          new Limits(
              account,
              strategy,
              instrument,
              state.profile(account).limits(),
              inForce,
              state.sums.losses()::dayStart,
              regime,
              state.configuration.rules().adaptive());
      knownOf.put(key, known);
    }
    return known;
  }

  /** The limits that latch for an account, layer by layer. */
  Latches latches(Account account) {
    Latches known = latches.get(account.id());
    if (known == null) {
      known = new Latches(account, state.profile(account).limits(), this::layersAt);
      latches.put(account.id(), known);
    }
    return known;
  }

  List<LimitSet> layersAt(Scope scope) {
    return state.layers.eachInForce(scope, state.gateTimeUs);
  }

  LimitSet at(Scope scope) {
    return limitsAt.computeIfAbsent(scope, key -> state.layers.inForce(key, state.gateTimeUs));
  }
}
