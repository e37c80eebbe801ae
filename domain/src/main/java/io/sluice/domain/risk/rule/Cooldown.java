package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R24: after a losing round trip of the account, and after a breaker at a scope the order is in has
 * ended, some time passes in which only what brings the position closer to flat does.
 */
public final class Cooldown extends Rule {
  public Cooldown() {
    super("R24", "cooldown");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.LOSS_COOLDOWN_MS)
        && proposal.limits().isUnset(LimitKey.BREAKER_COOLDOWN_MS)) {
      return unset(proposal, LimitKey.LOSS_COOLDOWN_MS);
    }
    Outcome afterLoss =
        check(proposal, LimitKey.LOSS_COOLDOWN_MS, proposal.book().lastLossUs(), "a losing trade");
    Outcome afterBreaker =
        check(
            proposal,
            LimitKey.BREAKER_COOLDOWN_MS,
            lastBreakerEndUs(proposal),
            "the end of a breach");
    boolean lossIsStricter = afterLoss.permitted().compareTo(afterBreaker.permitted()) < 0;
    return lossIsStricter || afterBreaker.observed() == null ? afterLoss : afterBreaker;
  }

  private static Long lastBreakerEndUs(Proposal proposal) {
    Long last = null;
    for (Scope scope : proposal.limits().scopes()) {
      Long ended = proposal.group().aggregates().lastBreachEndUs(scope);
      last = last == null || ended != null && ended > last ? ended : last;
    }
    return last;
  }

  private Outcome check(Proposal proposal, LimitKey key, Long sinceUs, String after) {
    BigDecimal bound = proposal.limits().bound(key);
    if (bound == null || sinceUs == null) {
      return pass(proposal, null, bound);
    }
    BigDecimal elapsedMs =
        BigDecimal.valueOf(proposal.group().gateTimeUs() - sinceUs).movePointLeft(3);
    return elapsedMs.compareTo(bound) >= 0
        ? pass(proposal, elapsedMs, bound)
        : permitted(
            proposal,
            elapsedMs,
            bound,
            proposal.reducibleQty(),
            "only "
                + elapsedMs.toPlainString()
                + " ms have passed since "
                + after
                + ", and "
                + key.key()
                + " at "
                + proposal.limits().tightest(key).scope()
                + " wants that many: wait, or reduce");
  }
}
