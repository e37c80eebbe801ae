package io.sluice.domain.risk.rule;

import io.sluice.domain.account.Holding;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * R25: the reference price is fresh; and to open or grow a position, so is the mark of every
 * position the account has, and of every instrument whose mark is a rate that they count at. Age is
 * the gate's time less the oldest stamp of the data, in milliseconds.
 */
public final class StaleData implements Rule {
  @Override
  public String code() {
    return "R25";
  }

  @Override
  public String title() {
    return "stale data";
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_DATA_AGE_MS)) {
      return proposal.unset(this, LimitKey.MAX_DATA_AGE_MS);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_DATA_AGE_MS);
    Long ageUs = proposal.referenceAgeUs();
    if (ageUs == null) {
      return proposal.refused(this, null, bound, "there is no market data of the instrument");
    }
    // Where any age will do, there still has to be a price at all.
    long boundUs = bound == null ? Long.MAX_VALUE : bound.movePointRight(3).longValueExact();
    if (ageUs > boundUs) {
      return proposal.refused(
          this, milliseconds(ageUs), bound, "the market data of the instrument is too old");
    }
    return withMarks(proposal, ageUs, boundUs, bound);
  }

  /** In whole microseconds: an account may have many positions. */
  private Outcome withMarks(
      Proposal proposal, long referenceAgeUs, long boundUs, BigDecimal bound) {
    long oldestUs = referenceAgeUs;
    for (String instrument : valuing(proposal)) {
      Long stampUs = proposal.group().aggregates().markStampUs(instrument);
      long ageUs = stampUs == null ? 0 : Math.max(0, proposal.group().gateTimeUs() - stampUs);
      if (stampUs == null || ageUs > boundUs) {
        return proposal.permitted(
            this,
            stampUs == null ? null : milliseconds(ageUs),
            bound,
            proposal.reducibleQty(),
            stampUs == null
                ? "no mark of " + instrument + ", by which a position is valued, has come"
                : "the mark of " + instrument + ", by which a position is valued, is too old");
      }
      oldestUs = Math.max(oldestUs, ageUs);
    }
    return proposal.pass(this, milliseconds(oldestUs), bound);
  }

  /** What positions, working orders and the order are valued by, its own reference price aside. */
  private static List<String> valuing(Proposal proposal) {
    Collection<Holding> holdings = proposal.book().holdings();
    List<String> instruments = new ArrayList<>(holdings.size() + 1);
    addRate(proposal, proposal.instrument(), instruments);
    for (Holding holding : holdings) {
      if (!holding.position().isFlat() && !isOfOrder(proposal, holding)) {
        instruments.add(holding.instrument());
      }
      if (!holding.isEmpty()) {
        addRate(proposal, proposal.group().instrument(holding.instrument()), instruments);
      }
    }
    return instruments;
  }

  private static void addRate(Proposal proposal, Instrument priced, List<String> instruments) {
    String by =
        priced == null
            ? null
            : proposal.group().rateInstrument(priced.quote(), proposal.book().account().currency());
    if (by != null) {
      // Of the order's own instrument too: its mark is the rate, whatever the order's reference is.
      instruments.add(by);
    }
  }

  private static boolean isOfOrder(Proposal proposal, Holding holding) {
    return holding.instrument().equals(proposal.instrument().id());
  }

  private static BigDecimal milliseconds(long us) {
    return BigDecimal.valueOf(us, 3);
  }
}
