package io.sluice.domain.risk.rule;

import io.sluice.domain.account.Holding;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;

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
    BigDecimal age = milliseconds(ageUs);
    if (bound == null) {
      return proposal.pass(this, age, null);
    }
    if (age.compareTo(bound) > 0) {
      return proposal.refused(this, age, bound, "the market data of the instrument is too old");
    }
    return withMarks(proposal, age, bound);
  }

  private Outcome withMarks(Proposal proposal, BigDecimal referenceAge, BigDecimal bound) {
    BigDecimal oldest = referenceAge;
    String staleInstrument = null;
    for (String instrument : valuing(proposal)) {
      Long stampUs = proposal.group().aggregates().markStampUs(instrument);
      BigDecimal age =
          stampUs == null
              ? null
              : milliseconds(Math.max(0, proposal.group().gateTimeUs() - stampUs));
      if (age == null || age.compareTo(bound) > 0) {
        staleInstrument = instrument;
        oldest = age;
        break;
      }
      oldest = oldest.max(age);
    }
    return staleInstrument == null
        ? proposal.pass(this, oldest, bound)
        : proposal.permitted(
            this,
            oldest,
            bound,
            proposal.reducibleQty(),
            "the mark of " + staleInstrument + ", by which a position is valued, is too old");
  }

  /** What the account's positions and the order are valued by, the order's instrument aside. */
  private static Set<String> valuing(Proposal proposal) {
    Set<String> instruments = new LinkedHashSet<>();
    addRate(proposal, proposal.instrument(), instruments);
    for (Holding holding : proposal.book().holdings()) {
      if (!holding.position().isFlat()) {
        instruments.add(holding.instrument());
        addRate(proposal, proposal.group().instrument(holding.instrument()), instruments);
      }
    }
    instruments.remove(proposal.instrument().id());
    return instruments;
  }

  private static void addRate(Proposal proposal, Instrument priced, Set<String> instruments) {
    String by =
        priced == null
            ? null
            : proposal.group().rateInstrument(priced.quote(), proposal.book().account().currency());
    if (by != null) {
      instruments.add(by);
    }
  }

  private static BigDecimal milliseconds(long us) {
    return BigDecimal.valueOf(us, 3);
  }
}
