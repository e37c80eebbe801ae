package io.sluice.domain.risk.rule;

import io.sluice.domain.config.Session;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.Scope;

/**
 * R35: the gate's time lies in a session of the instrument, where it has any, and in one of its
 * venue, where that has any. An instrument without sessions trades around the clock.
 */
public final class TradingSession extends Rule {
  public TradingSession() {
    super("R35", "trading session");
  }

  @Override
  public Outcome check(Proposal proposal) {
    String own = closed(proposal, Scope.Kind.INSTRUMENT);
    String venue = closed(proposal, Scope.Kind.VENUE);
    if (own == null && venue == null) {
      return unset(proposal, "sessions are not set for the instrument or its venue");
    }
    String closed = own == null || own.isEmpty() ? venue : own;
    return closed == null || closed.isEmpty()
        ? pass(proposal, null, null)
        : refused(
            proposal,
            null,
            null,
            closed
                + " has no session at "
                + Times.iso(proposal.group().gateTimeUs())
                + "; orders pass again when one begins, cancels pass now");
  }

  /** The scope that has sessions, none of them now; empty where one is, null where it has none. */
  private static String closed(Proposal proposal, Scope.Kind kind) {
    String closed = null;
    for (Session session : proposal.group().terms().sessions()) {
      if (session.scope().kind() == kind && session.appliesTo(proposal.instrument())) {
        if (session.isOpen(proposal.group().gateTimeUs())) {
          return "";
        }
        closed = session.scope().toString();
      }
    }
    return closed;
  }
}
