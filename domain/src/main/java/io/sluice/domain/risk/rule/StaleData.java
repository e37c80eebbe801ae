package io.sluice.domain.risk.rule;

import io.sluice.domain.account.Holding;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * R25: the reference price is fresh; and to open or grow a position, so is the mark of every
 * position the account has. Age is the gate's time less the oldest stamp of the data, in
 * milliseconds.
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
    for (Holding holding : proposal.book().holdings()) {
      String instrument = holding.instrument();
      if (holding.position().isFlat() || instrument.equals(proposal.instrument().id())) {
        continue;
      }
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
            "the mark of the position in " + staleInstrument + " is too old");
  }

  private static BigDecimal milliseconds(long us) {
    return BigDecimal.valueOf(us, 3);
  }
}
