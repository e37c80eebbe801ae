package io.sluice.domain.risk.rule;

import io.sluice.domain.account.Holding;
import io.sluice.domain.account.LatestMark;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * R25: the reference price is fresh; and to open or grow a position, so is the mark of every
 * position the account has, and of every instrument whose mark is a rate that they count at. Age is
 * the gate's time less the oldest stamp of the data, in milliseconds.
 */
public final class StaleData extends Rule {
  public StaleData() {
    super("R25", "stale data");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_DATA_AGE_MS)) {
      return unset(proposal, LimitKey.MAX_DATA_AGE_MS);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_DATA_AGE_MS);
    Long ageUs = proposal.referenceAgeUs();
    if (ageUs == null) {
      return refused(proposal, null, bound, "there is no market data of the instrument");
    }
    // Where any age will do, there still has to be a price at all.
    long boundUs = bound == null ? Long.MAX_VALUE : bound.movePointRight(3).longValueExact();
    if (ageUs > boundUs) {
      return refused(
          proposal, milliseconds(ageUs), bound, "the market data of the instrument is too old");
    }
    return withMarks(proposal, ageUs, boundUs, bound);
  }

  private Outcome withMarks(
      Proposal proposal, long referenceAgeUs, long boundUs, BigDecimal bound) {
    Marks marks = new Marks(proposal, referenceAgeUs, boundUs);
    marks.seeAll();
    if (marks.failing == null) {
      return pass(proposal, milliseconds(marks.oldestUs), bound);
    }
    String mark = marks.failing + ", by which a position is valued, ";
    return permitted(
        proposal,
        marks.isMissing ? null : milliseconds(marks.oldestUs),
        bound,
        proposal.reducibleQty(),
        marks.isMissing ? "no mark of " + mark + "has come" : "the mark of " + mark + "is too old");
  }

  /**
   * What positions, working orders and the order are valued by, its own reference price aside, up
   * to the first that is missing or too old. In whole microseconds: an account may have many
   * positions.
   */
  private static final class Marks {
    private final Proposal proposal;
    private final long nowUs;
    private final long boundUs;
    private long oldestUs;
    private String failing;
    private boolean isMissing;

    Marks(Proposal proposal, long referenceAgeUs, long boundUs) {
      this.proposal = proposal;
      this.nowUs = proposal.group().gateTimeUs();
      this.boundUs = boundUs;
      this.oldestUs = referenceAgeUs;
    }

    void seeAll() {
      Holding own = proposal.holding();
      // Of the order's own instrument too: its mark is the rate, whatever the reference is.
      seeRate(proposal.instrument());
      for (Holding holding : proposal.book().holdings()) {
        if (failing != null) {
          return;
        }
        if (holding != own && !holding.position().isFlat()) {
          see(holding.instrument(), holding.latestMark());
        }
        if (!holding.isEmpty()) {
          seeRate(proposal.group().instrument(holding.instrument()));
        }
      }
    }

    /** By the instrument whose mark says what prices are worth in the account's currency. */
    private void seeRate(Instrument priced) {
      String currency = proposal.book().account().currency();
      String by = priced == null ? null : proposal.group().rateInstrument(priced.quote(), currency);
      if (by != null) {
        see(by, proposal.group().aggregates().latestMark(by));
      }
    }

    private void see(String instrument, LatestMark mark) {
      if (failing != null) {
        return;
      }
      isMissing = mark.isMissing();
      long ageUs = isMissing ? 0 : Math.max(0, nowUs - mark.stampUs());
      if (isMissing || ageUs > boundUs) {
        failing = instrument;
        oldestUs = ageUs;
      } else {
        oldestUs = Math.max(oldestUs, ageUs);
      }
    }
  }

  private static BigDecimal milliseconds(long us) {
    return BigDecimal.valueOf(us, 3);
  }
}
