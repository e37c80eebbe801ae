package io.sluice.domain.risk.rule;

import io.sluice.domain.config.AssetVenues;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * R26: to open or grow a position, the venues vote on the price. The reference price is at most
 * this fraction away from the median of the asset's venues, and the venues agree: the median of
 * their distances from it (MAD) is no more either. Three fresh prices make a vote.
 */
public final class ReferenceOutlier extends MarketCondition {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  public ReferenceOutlier() {
    super("R26", "reference outlier", LimitKey.MAX_REFERENCE_DEVIATION);
  }

  @Override
  BigDecimal observed(Proposal proposal) {
    BigDecimal reference = proposal.referencePrice();
    if (reference == null) {
      return null;
    }
    List<BigDecimal> prices = freshElsewhere(proposal);
    prices.add(reference);
    if (prices.size() < AssetVenues.VOTERS) {
      return null;
    }
    BigDecimal median = median(prices);
    prices.replaceAll(price -> price.subtract(median).abs());
    BigDecimal distance = reference.subtract(median).abs();
    return Decimals.divide(distance.max(median(prices)), median);
  }

  private static List<BigDecimal> freshElsewhere(Proposal proposal) {
    BigDecimal boundMs = proposal.limits().bound(LimitKey.MAX_DATA_AGE_MS);
    Aggregates aggregates = proposal.group().aggregates();
    List<BigDecimal> prices = new ArrayList<>();
    for (String other : proposal.group().venuesOf(proposal.instrument())) {
      Long stampUs = aggregates.markStampUs(other);
      if (stampUs == null || other.equals(proposal.instrument().id())) {
        continue;
      }
      long ageUs = Math.max(0, proposal.group().gateTimeUs() - stampUs);
      if (boundMs == null || BigDecimal.valueOf(ageUs, 3).compareTo(boundMs) <= 0) {
        prices.add(aggregates.markPrice(other));
      }
    }
    return prices;
  }

  /** Sorts the values; of an even number the middle of the two in the middle. */
  static BigDecimal median(List<BigDecimal> values) {
    Collections.sort(values);
    int half = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(half)
        : values.get(half - 1).add(values.get(half)).multiply(HALF);
  }

  @Override
  String beyond() {
    return "the price is further from the median of the asset's venues, or they from each other,";
  }

  @Override
  String missing(Proposal proposal) {
    return "fewer than 3 venues have a fresh price of "
        + proposal.instrument().base()
        + " in "
        + proposal.instrument().quote()
        + "; list and feed three, or take the limit away";
  }
}
