package io.sluice.domain.risk.rule;

import io.sluice.domain.account.Holding;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.portfolio.Loads;
import io.sluice.domain.risk.portfolio.NormalTail;
import io.sluice.domain.risk.portfolio.Portfolio;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/**
 * R32: with the order, the account's value at risk and its expected shortfall over a day at 99 %
 * are at most {@code max_var} and {@code max_es}. Parametric: positions with what works on their
 * larger side, the daily volatilities of the front, the configured correlations; pairs without one
 * count as moving together in the worst way. What brings the position closer to flat always passes.
 */
public final class ValueAtRisk extends Rule {
  private static final String UNSET = LimitKey.unsetText(LimitKey.MAX_VAR, LimitKey.MAX_ES);
  private static final NormalTail TAIL = NormalTail.AT_99;

  public ValueAtRisk() {
    super("R32", "value at risk");
  }

  @Override
  public Outcome check(Proposal proposal) {
    BigDecimal maxVar = proposal.limits().bound(LimitKey.MAX_VAR);
    BigDecimal maxShortfall = proposal.limits().bound(LimitKey.MAX_ES);
    if (maxVar == null && maxShortfall == null) {
      return proposal.limits().isUnset(LimitKey.MAX_VAR)
              && proposal.limits().isUnset(LimitKey.MAX_ES)
          ? unset(proposal, UNSET)
          : pass(proposal, null, null);
    }
    if (proposal.reducibleQty().compareTo(proposal.openQty()) >= 0) {
      return pass(proposal, null, maxVar);
    }
    if (proposal.price() == null) {
      return refused(proposal, null, maxVar, "the order has no price to be valued at");
    }
    if (proposal.market().sigmaDaily() == null) {
      return noVolatility(proposal, proposal.instrument().id());
    }
    Collection<Holding> holdings = proposal.book().holdings();
    Holding own = proposal.holding();
    Loads others = new Loads(holdings.size());
    for (Holding holding : holdings) {
      if (!holding.isEmpty() && holding != own) {
        Double sigma = holding.latestMark().sigmaDaily();
        if (sigma == null) {
          return noVolatility(proposal, holding.instrument());
        }
        others.add(assetOf(proposal, holding.instrument()), holding.largerSideAsDouble() * sigma);
      }
    }
    Portfolio portfolio =
        others.beside(proposal.instrument().base(), asset -> correlations(proposal, asset));
    return held(proposal, portfolio, maxVar, maxShortfall);
  }

  private Outcome noVolatility(Proposal proposal, String instrument) {
    return notFed(
        proposal,
        null,
        "the volatility of " + instrument + " is not known; feed its trades for three minutes");
  }

  /** An instrument that is no longer listed is an asset of its own. */
  private static String assetOf(Proposal proposal, String instrument) {
    Instrument listed = proposal.group().instrument(instrument);
    return listed == null ? instrument : listed.base();
  }

  /** As configured, else as estimated; null where neither says anything of the asset. */
  private static Function<String, BigDecimal> correlations(Proposal proposal, String asset) {
    Map<String, BigDecimal> configured = proposal.group().terms().correlations().with(asset);
    if (configured.isEmpty() && !proposal.group().estimatesCorrelations()) {
      return null;
    }
    return other -> {
      BigDecimal correlation = configured.get(other);
      return correlation == null
          ? proposal.group().estimatedCorrelation(asset, other)
          : correlation;
    };
  }

  private Outcome held(
      Proposal proposal, Portfolio portfolio, BigDecimal maxVar, BigDecimal maxShortfall) {
    double sigma = proposal.market().sigmaDaily();
    Side side = proposal.side();
    Portfolio towards = side == Side.BUY ? portfolio : portfolio.mirrored();
    Holding holding = proposal.holding();
    BigDecimal before =
        holding == null
            ? BigDecimal.ZERO
            : holding.sideValue(side).subtract(proposal.targetOpenValue());
    BigDecimal with = before.add(proposal.openValue());
    double deviation = towards.deviation(Decimals.toDouble(with) * sigma);

    boolean isByVar = maxShortfall == null || maxVar != null && isVarTighter(maxVar, maxShortfall);
    double factor = isByVar ? TAIL.valueAtRisk() : TAIL.expectedShortfall();
    BigDecimal bound = isByVar ? maxVar : maxShortfall;
    BigDecimal observed = Decimals.onWire(factor * deviation);
    if (observed.compareTo(bound) <= 0) {
      return pass(proposal, observed, bound);
    }
    double largest = towards.largestLoad(bound.doubleValue() / factor) / sigma;
    BigDecimal room =
        Double.isFinite(largest)
            ? proposal.quantityFor(new BigDecimal(largest).subtract(before))
            : BigDecimal.ZERO;
    LimitKey key = isByVar ? LimitKey.MAX_VAR : LimitKey.MAX_ES;
    return permitted(
        proposal,
        observed,
        bound,
        room.min(proposal.openQty()).max(proposal.reducibleQty()),
        "what the account may lose in a day (99 %) would be above "
            + key.key()
            + " at "
            + proposal.limits().tightest(key).scope());
  }

  private static boolean isVarTighter(BigDecimal maxVar, BigDecimal maxShortfall) {
    return maxVar.doubleValue() / TAIL.valueAtRisk()
        <= maxShortfall.doubleValue() / TAIL.expectedShortfall();
  }
}
