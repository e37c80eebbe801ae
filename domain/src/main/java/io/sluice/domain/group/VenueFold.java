package io.sluice.domain.group;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.VenueStatus;

/**
 * Takes what venues' gateways report. What no listed instrument is of changes nothing: the first
 * report of such a name is an event, and of many names the first ones.
 */
final class VenueFold {
  private static final int MAX_UNKNOWN = 100;

  private VenueFold() {}

  /** A status of a name that there is no room to know is as if it had come before. */
  static boolean passes(GroupState state, VenueStatus status, Cause cause) {
    if (state.isListedVenue(status.venue())) {
      return state.highWater.passes(cause, status.venue(), Message.Kind.VENUE);
    }
    return state.highWater.passesUnlisted(cause, status.venue(), Message.Kind.VENUE);
  }

  static void fold(GroupState state, VenueStatus status, Effects effects) {
    String venue = status.venue();
    if (state.isListedVenue(venue)) {
      state.venues.put(venue, status.status());
    } else if (state.unknownVenues.size() < MAX_UNKNOWN && state.unknownVenues.add(venue)) {
      effects.event(
          Event.Type.UNKNOWN_VENUE,
          Event.Severity.WARNING,
          "venue:" + venue,
          null,
          detail -> detail.name("status").value(status.status()));
    }
  }
}
