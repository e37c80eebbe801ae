package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * A bound on how the market looks. Beyond it only what brings the position closer to flat passes;
 * where the market does not tell, the rule is not fed.
 */
abstract class MarketCondition extends Rule {
  static final String NO_QUOTE =
      "there is no quote with both sides that is as fresh as max_data_age_ms asks; feed quotes of"
          + " the instrument, or take the limit away";
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final LimitKey key;

  MarketCondition(String code, String title, LimitKey key) {
    super(code, title);
    this.key = key;
  }

  /** What is held against the bound, in its unit; null where the market does not tell. */
  abstract BigDecimal observed(Proposal proposal);

  /** Whether what is observed is beyond the bound. */
  boolean isBeyond(BigDecimal observed, BigDecimal bound) {
    return observed.compareTo(bound) > 0;
  }

  /** Why the order is held back, but for the name of the limit and its scope. */
  abstract String beyond();

  /** What is missing where nothing is observed. */
  abstract String missing(Proposal proposal);

  @Override
  public final Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(key)) {
      return unset(proposal, key);
    }
    BigDecimal observed = observed(proposal);
    BigDecimal bound = proposal.limits().bound(key);
    boolean reduces = proposal.reducibleQty().compareTo(proposal.openQty()) >= 0;
    if (bound == null || reduces) {
      return pass(proposal, observed, bound);
    }
    if (observed == null) {
      return notFed(proposal, bound, missing(proposal));
    }
    return isBeyond(observed, bound)
        ? permitted(
            proposal,
            observed,
            bound,
            proposal.reducibleQty(),
            beyond()
                + " than "
                + key.key()
                + " at "
                + proposal.limits().tightest(key).scope()
                + "; only what reduces the position passes")
        : pass(proposal, observed, bound);
  }

  /** Whether both sides of a quote stand that is not older than {@code max_data_age_ms}. */
  static boolean hasFreshQuote(Proposal proposal) {
    Snapshot market = proposal.market();
    if (market.bid() == null || market.ask() == null) {
      return false;
    }
    BigDecimal boundMs = proposal.limits().bound(LimitKey.MAX_DATA_AGE_MS);
    long ageUs =
        Snapshot.age(
            proposal.group().gateTimeUs(), market.quoteEventTimeUs(), market.quoteReceiveTimeUs());
    return boundMs == null || BigDecimal.valueOf(ageUs, 3).compareTo(boundMs) <= 0;
  }

  /** How far the ask stands above the bid as a fraction of their middle; below 0 where crossed. */
  static BigDecimal spread(Proposal proposal) {
    BigDecimal bid = proposal.market().bid();
    BigDecimal ask = proposal.market().ask();
    return Decimals.divide(ask.subtract(bid).multiply(TWO), ask.add(bid));
  }
}
