package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * K02: who promised heartbeats has not been silent for longer than {@code max_silence_ms}. A limit
 * at a strategy asks for the strategy's, one at any other scope for the account's. Signs of life
 * are HEARTBEAT commands, and intents of who is not silent: after a silence, and at the beginning,
 * only a heartbeat counts, so that orders that were held up somewhere do not vouch for themselves.
 */
public final class DeadMan extends Rule {
  public static final String CODE = "K02";

  public DeadMan() {
    super(CODE, "dead man's switch");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_SILENCE_MS)) {
      return unset(proposal, LimitKey.MAX_SILENCE_MS);
    }
    BigDecimal observed = null;
    BigDecimal bound = null;
    for (ScopedLimit limit : proposal.limits().bounding(LimitKey.MAX_SILENCE_MS)) {
      Scope who = whoPromised(limit, proposal.book().account().id());
      Long seenUs = proposal.group().aggregates().lastSignOfLifeUs(who);
      if (seenUs == null) {
        return refused(
            proposal,
            null,
            limit.limit().bound(),
            "no heartbeat of " + who + " has come yet; send the command HEARTBEAT for it");
      }
      BigDecimal silence = BigDecimal.valueOf(proposal.group().gateTimeUs() - seenUs, 3);
      if (silence.compareTo(limit.limit().bound()) > 0) {
        return refused(
            proposal,
            silence,
            limit.limit().bound(),
            who
                + " was silent for longer than max_silence_ms at "
                + limit.scope()
                + "; orders pass again after its next HEARTBEAT");
      }
      if (bound == null || limit.limit().bound().compareTo(bound) < 0) {
        observed = silence;
        bound = limit.limit().bound();
      }
    }
    return pass(proposal, observed, bound);
  }

  /** Whose heartbeats a limit asks for, of an account's order. */
  public static Scope whoPromised(ScopedLimit limit, String account) {
    return limit.scope().kind() == Scope.Kind.STRATEGY ? limit.scope() : Scope.account(account);
  }
}
