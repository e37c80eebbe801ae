package io.sluice.domain.risk.rule;

import io.sluice.domain.account.StrategyPositions;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * P09: the account has at most so many positions, in all, of one strategy and in one instrument.
 * Each strategy's in each instrument is one, with its orders at work. An order adds one where its
 * strategy has none there yet. What brings the position closer to flat always passes.
 */
public final class PositionCount extends Rule {
  private static final LimitKey[] KEYS = {
    LimitKey.MAX_POSITIONS, LimitKey.MAX_STRATEGY_POSITIONS, LimitKey.MAX_INSTRUMENT_POSITIONS
  };
  private static final String UNSET = LimitKey.unsetText(KEYS);

  public PositionCount() {
    super("P09", "position count");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Outcome strictest = null;
    for (LimitKey key : KEYS) {
      ScopedLimit limit = proposal.limits().tightest(key);
      if (limit != null) {
        strictest = Outcome.stricter(strictest, held(proposal, key, limit));
      }
    }
    return strictest == null ? unset(proposal, UNSET) : strictest;
  }

  private Outcome held(Proposal proposal, LimitKey key, ScopedLimit limit) {
    StrategyPositions positions = proposal.book().positions();
    String instrument = proposal.instrument().id();
    String strategy = proposal.intent().strategy();
    int known =
        switch (key) {
          case MAX_STRATEGY_POSITIONS -> positions.of(strategy);
          case MAX_INSTRUMENT_POSITIONS -> positions.in(instrument);
          default -> positions.count();
        };
    boolean adds = !positions.has(strategy, instrument);
    BigDecimal observed = BigDecimal.valueOf(adds ? known + 1L : known);
    BigDecimal bound = limit.limit().bound();
    return bound == null || !adds || observed.compareTo(bound) <= 0
        ? pass(proposal, observed, bound)
        : permitted(
            proposal,
            observed,
            bound,
            proposal.reducibleQty(),
            "there would be more positions than " + key.key() + " at " + limit.scope());
  }
}
