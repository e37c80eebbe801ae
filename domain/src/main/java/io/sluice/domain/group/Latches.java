package io.sluice.domain.group;

import io.sluice.domain.config.Account;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The limits that latch for an account: those of its profile, and at each of its scopes what the
 * configuration and the commands set. They are kept apart, because a tighter bound with a milder
 * consequence must not put off the stricter consequence that another layer has at its own bound.
 */
final class Latches {
  private static final List<LimitKey> OF_EQUITY =
      List.of(
          LimitKey.MAX_DAILY_LOSS,
          LimitKey.MAX_WEEKLY_LOSS,
          LimitKey.MAX_DRAWDOWN,
          LimitKey.CRITICAL_PORTFOLIO_RISK);

  private final Map<LimitKey, List<ScopedLimit>> byKey = new EnumMap<>(LimitKey.class);
  private final List<Latch> ofEquity = new ArrayList<>();

  /** A limit and the breaker that it trips. */
  record Latch(Breaker breaker, Limit limit) {
    private Latch(LimitKey key, ScopedLimit scoped) {
      this(
          new Breaker(key, scoped.scope(), scoped.limit().then(), scoped.limit().release().kind()),
          scoped.limit());
    }
  }

  Latches(Account account, LimitSet profile, Function<Scope, List<LimitSet>> layers) {
    for (LimitKey key : LimitKey.values()) {
      if (key.isBreaker()) {
        List<ScopedLimit> found = new ArrayList<>();
        for (Scope scope : ScopeSums.scopesOf(account)) {
          layers.apply(scope).forEach(set -> add(found, scope, set.tiers(key)));
        }
        add(found, Scope.account(account.id()), profile.tiers(key));
        byKey.put(key, List.copyOf(found));
      }
    }
    for (LimitKey key : OF_EQUITY) {
      byKey.get(key).forEach(scoped -> ofEquity.add(new Latch(key, scoped)));
    }
  }

  private static void add(List<ScopedLimit> found, Scope scope, List<Limit> tiers) {
    for (Limit limit : tiers) {
      if (!limit.isUnlimited()) {
        found.add(new ScopedLimit(scope, limit));
      }
    }
  }

  /** Those that bound how far equity may fall, or would at the stops. */
  List<Latch> ofEquity() {
    return Collections.unmodifiableList(ofEquity);
  }

  List<ScopedLimit> all(LimitKey key) {
    return byKey.get(key);
  }
}
