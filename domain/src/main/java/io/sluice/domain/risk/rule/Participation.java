package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.market.Liquidity;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * R36: an order is at most these shares of what the market takes: of the quantity traded in the
 * last hour, of that in the last 24 hours, and of the quantity that the quote shows on the other
 * side; and it is expected to move the price by no more than a fraction of it. The strictest
 * counts.
 *
 * <p>The expected move is the square-root law of market impact with a coefficient of 1: the daily
 * volatility times the square root of the order's share of a day's quantity (R. Almgren, C. Thum,
 * E. Hauptmann, H. Li, Direct estimation of equity market impact, Risk, 2005; B. Tóth et al.,
 * Anomalous price impact and the critical nature of liquidity, Phys. Rev. X 1, 2011). So an order
 * may be the square of bound over volatility of the day's quantity.
 */
public final class Participation extends Rule {
  private static final LimitKey[] SHARES = {
    LimitKey.MAX_HOUR_SHARE, LimitKey.MAX_DAY_SHARE, LimitKey.MAX_QUOTE_SHARE, LimitKey.MAX_IMPACT
  };

  private static final String UNSET = LimitKey.unsetText(SHARES);

  public Participation() {
    super("R36", "participation");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Outcome strictest = null;
    for (LimitKey key : SHARES) {
      Outcome outcome = proposal.limits().isUnset(key) ? null : share(proposal, key);
      if (outcome != null
          && (strictest == null || outcome.permitted().compareTo(strictest.permitted()) < 0)) {
        strictest = outcome;
      }
    }
    return strictest == null ? unset(proposal, UNSET) : strictest;
  }

  private Outcome share(Proposal proposal, LimitKey key) {
    BigDecimal share = proposal.limits().bound(key);
    BigDecimal whole = whole(proposal, key);
    BigDecimal qty = proposal.openQty();
    if (share == null) {
      return pass(proposal, qty, null);
    }
    if (whole == null) {
      return notFed(
          proposal,
          null,
          key.key()
              + " is set, and "
              + what(key)
              + " is not known; feed it, or take the limit away");
    }
    BigDecimal part = key == LimitKey.MAX_IMPACT ? byImpact(proposal, share) : share;
    if (part == null) {
      return pass(proposal, qty, null);
    }
    BigDecimal bound = whole.multiply(part);
    if (qty.compareTo(bound) <= 0) {
      return pass(proposal, qty, bound);
    }
    return permitted(
        proposal,
        qty,
        bound,
        bound,
        (key == LimitKey.MAX_IMPACT
                ? "the order is expected to move the price by more than "
                : "the order is a larger share of " + what(key) + " than ")
            + key.key()
            + " at "
            + proposal.limits().tightest(key).scope());
  }

  /** Of the day's quantity what moves the price so far, or null where nothing moves it. */
  private static BigDecimal byImpact(Proposal proposal, BigDecimal move) {
    BigDecimal sigma = BigDecimal.valueOf(proposal.market().sigmaDaily());
    return sigma.signum() == 0 ? null : Decimals.divide(move, sigma).pow(2);
  }

  /** What an order is a share of; null where it is not known. */
  private static BigDecimal whole(Proposal proposal, LimitKey key) {
    Liquidity liquidity = proposal.market().liquidity();
    if (liquidity == null) {
      return null;
    }
    return switch (key) {
      case MAX_HOUR_SHARE -> liquidity.hourVolume();
      case MAX_DAY_SHARE -> liquidity.dayVolume();
      case MAX_IMPACT -> proposal.market().sigmaDaily() == null ? null : liquidity.dayVolume();
      default -> {
        if (!MarketCondition.hasFreshQuote(proposal)) {
          yield null;
        }
        yield proposal.side() == Side.BUY ? liquidity.askQty() : liquidity.bidQty();
      }
    };
  }

  private static String what(LimitKey key) {
    return switch (key) {
      case MAX_HOUR_SHARE -> "the quantity traded in the last hour";
      case MAX_DAY_SHARE -> "the quantity traded in the last 24 hours";
      case MAX_IMPACT -> "the daily volatility, or the quantity traded in the last 24 hours,";
      default -> "the quantity that a fresh quote shows on the other side";
    };
  }
}
