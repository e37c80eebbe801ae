package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.wire.VenueStatus.Status;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * R31: the venue is well, as far as its gateway has said. One that is down or has locked the firm
 * out gets no order. One that is degraded or limits the rate gets a part of each (the fraction in
 * {@code venue_health}); where that is 0, only what brings a position closer to flat.
 */
public final class VenueHealth extends Rule {
  public VenueHealth() {
    super("R31", "venue health");
  }

  @Override
  public Outcome check(Proposal proposal) {
    String venue = proposal.instrument().venue();
    Status status = proposal.group().venueStatus(venue);
    if (status == null) {
      return notFed(proposal, null, "no status of the venue has come", NotFed.ALLOW);
    }
    return switch (status) {
      case UP -> pass(proposal, null, null);
      case AUTH_FAILED, DOWN ->
          refused(proposal, null, null, said(venue, status) + "; no order would get there");
      case DEGRADED, RATE_LIMITED -> part(proposal, venue, status);
    };
  }

  private Outcome part(Proposal proposal, String venue, Status status) {
    BigDecimal part = proposal.group().terms().partOnVenue(status);
    BigDecimal permitted =
        proposal.openQty().multiply(part).max(proposal.reducibleQty()).min(proposal.openQty());
    return part.signum() == 0
        ? inState(
            proposal,
            null,
            part,
            permitted,
            said(venue, status) + "; only what reduces a position passes",
            Consequence.REDUCING)
        : permitted(
            proposal, null, part, permitted, said(venue, status) + "; a part of each order passes");
  }

  private static String said(String venue, Status status) {
    return "the venue "
        + venue
        + " is "
        + status.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ", as its gateway reports";
  }
}
