package io.sluice.domain.risk;

import io.sluice.domain.config.Account;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.market.Regime;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The limits that apply to an account's strategy on an instrument, from every scope, as they bind
 * now, and the tightest of each.
 */
public final class Limits {
  private final List<Scope> scopes;
  private final OfKind[] byKey = new OfKind[LimitKey.values().length];
  private final List<LimitKey> missing;

  /**
   * Those of a kind.
   *
   * @param bounding those that are not unlimited
   * @param tightest null where there is none
   */
  private record OfKind(List<ScopedLimit> all, List<ScopedLimit> bounding, ScopedLimit tightest) {}

  /**
   * @param instrument null for what is of no listed one: no limit of an instrument or venue applies
   * @param profile the limits of the account's profile
   * @param inForce the limits in force at a scope, configuration and commands together
   * @param equityAtStartOfDay of a scope that has accounts
   * @param regime the instrument's, or null where it is not known
   * @param adaptive whether a regime's own values count; where not, the base values stand
   */
  public Limits(
      Account account,
      String strategy,
      Instrument instrument,
      LimitSet profile,
      Function<Scope, LimitSet> inForce,
      Function<Scope, BigDecimal> equityAtStartOfDay,
      Regime regime,
      boolean adaptive) {
    scopes = scopes(account, strategy, instrument);
    Scope own = Scope.account(account.id());
    for (LimitKey key : LimitKey.values()) {
      List<ScopedLimit> found = new ArrayList<>();
      add(found, own, profile.tiers(key), equityAtStartOfDay.apply(own), regime, adaptive);
      for (Scope scope : scopes) {
        BigDecimal equity = equityAtStartOfDay.apply(ownerOf(scope, own));
        add(found, scope, inForce.apply(scope).tiers(key), equity, regime, adaptive);
      }
      byKey[key.ordinal()] =
          new OfKind(
              List.copyOf(found),
              found.stream().filter(limit -> !limit.limit().isUnlimited()).toList(),
              found.stream().reduce((a, b) -> tighter(key, a, b)).orElse(null));
    }
    missing = LimitKey.required().stream().filter(this::isUnset).toList();
  }

  /** The scopes an order is in, from the widest. */
  private static List<Scope> scopes(Account account, String strategy, Instrument instrument) {
    List<Scope> scopes = new ArrayList<>();
    scopes.add(Scope.FIRM);
    if (account.desk() != null) {
      scopes.add(Scope.desk(account.desk()));
    }
    scopes.add(Scope.account(account.id()));
    if (strategy != null) {
      scopes.add(Scope.strategy(account.id(), strategy));
    }
    if (instrument != null) {
      scopes.add(Scope.instrument(instrument.id()));
      scopes.add(Scope.venue(instrument.venue()));
    }
    return List.copyOf(scopes);
  }

  /** What only warns binds no order. */
  private static void add(
      List<ScopedLimit> found,
      Scope scope,
      List<Limit> tiers,
      BigDecimal equity,
      Regime regime,
      boolean adaptive) {
    for (Limit limit : tiers) {
      if (limit.then() != Consequence.WARN) {
        Limit read = adaptive ? limit : limit.inEveryRegime();
        found.add(new ScopedLimit(scope, read.resolved(equity, regime)));
      }
    }
  }

  /**
   * Whose equity a share at a scope is of: a strategy's is its account's, a market's the firm's.
   */
  private static Scope ownerOf(Scope scope, Scope account) {
    return switch (scope.kind()) {
      case FIRM, DESK, ACCOUNT -> scope;
      case STRATEGY -> account;
      case INSTRUMENT, VENUE -> Scope.FIRM;
    };
  }

  private static ScopedLimit tighter(LimitKey key, ScopedLimit a, ScopedLimit b) {
    return Limit.tighter(key, a.limit(), b.limit()) == a.limit() ? a : b;
  }

  public List<Scope> scopes() {
    return scopes;
  }

  /** Every limit of a kind that applies; empty where none is set. */
  public List<ScopedLimit> all(LimitKey key) {
    return byKey[key.ordinal()].all;
  }

  /** Those of them that are not unlimited. */
  public List<ScopedLimit> bounding(LimitKey key) {
    return byKey[key.ordinal()].bounding;
  }

  /**
   * The strictest of what a rule says to each limit of a kind that is not unlimited; null where
   * there is none.
   */
  public Outcome strictest(LimitKey key, Function<ScopedLimit, Outcome> held) {
    Outcome strictest = null;
    for (ScopedLimit limit : bounding(key)) {
      strictest = Outcome.stricter(strictest, held.apply(limit));
    }
    return strictest;
  }

  /** The scopes at which one of some limits bounds something; empty where none does. */
  public Set<Scope> scopesOf(LimitKey... keys) {
    Set<Scope> found = Set.of();
    for (LimitKey key : keys) {
      for (ScopedLimit limit : bounding(key)) {
        found = found.isEmpty() ? new LinkedHashSet<>() : found;
        found.add(limit.scope());
      }
    }
    return found;
  }

  /** The tightest limit of a kind, or null where none is set. */
  public ScopedLimit tightest(LimitKey key) {
    return byKey[key.ordinal()].tightest;
  }

  /** The tightest bound of a kind; null where none is set or it is unlimited. */
  public BigDecimal bound(LimitKey key) {
    ScopedLimit limit = tightest(key);
    return limit == null ? null : limit.limit().bound();
  }

  /** The required ones that nobody has set, in the order in which they are declared. */
  public List<LimitKey> missing() {
    return missing;
  }

  public boolean isUnset(LimitKey key) {
    return tightest(key) == null;
  }
}
