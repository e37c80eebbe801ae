package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;

/**
 * Notices silence: the mark of an instrument in which an account has a position or an order at work
 * has become too old, or none has ever come. No order would say so, because strategies may be as
 * silent as the market.
 */
final class DataWatch {
  private static final long DEFAULT_BOUND_US = 60 * Times.SECOND_US;

  private DataWatch() {}

  /** After time has passed. */
  static void checkAll(GroupState state, Effects effects) {
    Set<String> unheard = heldWithoutMark(state);
    state.unheardSinceUs.keySet().retainAll(unheard);
    unheard.forEach(instrument -> state.unheardSinceUs.putIfAbsent(instrument, state.gateTimeUs));
    Set<String> watched = state.marks.instruments();
    watched.addAll(unheard);
    watched.addAll(state.stale);
    for (String instrument : watched) {
      check(state, instrument, effects);
    }
  }

  private static Set<String> heldWithoutMark(GroupState state) {
    Set<String> unheard = new TreeSet<>();
    for (AccountBook book : state.books.values()) {
      for (Holding holding : book.holdings()) {
        if (!holding.isEmpty() && !state.marks.has(holding.instrument())) {
          unheard.add(holding.instrument());
        }
      }
    }
    return unheard;
  }

  /** After a mark has come: it may end a silence. */
  static void marked(GroupState state, String instrument, Effects effects) {
    if (state.stale.contains(instrument)) {
      check(state, instrument, effects);
    }
  }

  private static void check(GroupState state, String instrument, Effects effects) {
    Long stampUs = state.aggregates().markStampUs(instrument);
    long sinceUs =
        stampUs == null
            ? state.unheardSinceUs.getOrDefault(instrument, state.gateTimeUs)
            : (long) stampUs;
    long ageUs = Math.max(0, state.gateTimeUs - sinceUs);
    Long boundUs = boundUs(state, instrument);
    boolean isStale = boundUs != null && ageUs > boundUs;
    if (isStale == state.stale.contains(instrument)) {
      return;
    }
    if (isStale) {
      state.stale.add(instrument);
    } else {
      state.stale.remove(instrument);
    }
    effects.event(
        isStale ? Event.Type.DATA_STALE : Event.Type.DATA_FRESH,
        isStale ? Event.Severity.ERROR : Event.Severity.INFO,
        state.scope(),
        instrument,
        detail ->
            detail
                .name("age_ms")
                .value(ageUs / 1_000)
                .name("bound_ms")
                .value(boundUs == null ? (Long) null : (Long) (boundUs / 1_000))
                .name("last_us")
                .value(stampUs));
  }

  /** The tightest bound of the accounts that have something there; null where none has. */
  private static Long boundUs(GroupState state, String instrument) {
    Long tightest = null;
    for (AccountBook book : state.books.values()) {
      Holding holding = book.holding(instrument);
      if (holding != null && !holding.isEmpty()) {
        long bound = boundUs(state, book, instrument);
        tightest = tightest == null ? bound : Math.min(tightest, bound);
      }
    }
    return tightest;
  }

  /** What an order of the account there is held to, whatever its strategy. */
  private static long boundUs(GroupState state, AccountBook book, String instrument) {
    Instrument listed = state.instrument(instrument);
    BigDecimal boundMs =
        listed == null
            ? null
            : state.limits(book.account(), null, listed, null).bound(LimitKey.MAX_DATA_AGE_MS);
    return boundMs == null ? DEFAULT_BOUND_US : boundMs.longValueExact() * 1_000;
  }
}
