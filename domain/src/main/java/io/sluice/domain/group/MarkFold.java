package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.Mark;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a price changes: the value of what is held, and so equity, limits and exits. */
final class MarkFold {
  private final ExitWatch exits;

  MarkFold(ExecutionFold executions) {
    exits = new ExitWatch(executions);
  }

  static boolean isNewer(GroupState state, Mark mark) {
    Mark known = state.marks.get(mark.instrument());
    return known == null
        || mark.slotUs() > known.slotUs()
        || mark.slotUs() == known.slotUs() && mark.ordinal() > known.ordinal();
  }

  void fold(GroupState state, Mark mark, Effects effects) {
    put(state, mark);
    state.marks.touch(mark.instrument());
    DataWatch.marked(state, mark.instrument(), effects);
    revalue(state, mark.instrument(), effects);
    exits.marked(state, mark, effects);
  }

  /** A snapshot counts as a mark, unless the mark that is known is newer. */
  void fold(GroupState state, String instrument, Snapshot snapshot, Effects effects) {
    if (instrument == null || snapshot.last() == null) {
      return;
    }
    Mark known = state.marks.get(instrument);
    if (known != null && snapshot.frontTimeUs() < known.slotUs()) {
      // A front that began again makes it of a market that had not come so far.
      return;
    }
    Mark mark =
        new Mark(
            instrument,
            snapshot.last(),
            snapshot.last(),
            snapshot.last(),
            snapshot.lastEventTimeUs(),
            snapshot.lastReceiveTimeUs(),
            !snapshot.crashes().isEmpty(),
            known == null ? 0 : known.slotUs(),
            known == null ? 0 : known.ordinal(),
            snapshot.sigmaDaily());
    if (!isListedOrMarked(state, instrument)) {
      return;
    }
    if (mark.equals(known)) {
      exits.filled(state, mark, effects);
    } else {
      fold(state, mark, effects);
    }
  }

  /**
   * Values what an instrument's price, or the rate that it is, changes the value of. Positions that
   * have had no value yet come first, because theirs is neither profit nor loss; and all accounts
   * are valued before their sums are looked at: one's gain is another's loss.
   */
  private static void revalue(GroupState state, String instrument, Effects effects) {
    state.twins.revalue(state, instrument);
    List<AccountBook> firstValued = value(state, instrument, true);
    firstValued.forEach(state.sums::revalued);
    List<AccountBook> moved = value(state, instrument, false);
    if (!moved.isEmpty() || !firstValued.isEmpty()) {
      state.sums.moved(moved);
      firstValued.removeAll(moved);
      moved.addAll(firstValued);
      EquityWatch.check(state, moved, effects);
    }
  }

  /** The accounts of which a holding has another value now. */
  private static List<AccountBook> value(GroupState state, String instrument, boolean first) {
    List<AccountBook> valued = new ArrayList<>();
    for (AccountBook book : state.books.values()) {
      boolean any = false;
      for (Holding holding : valuedBy(state, instrument, book)) {
        if (holding.awaitsFirstValue() == first) {
          any |= value(state, book, holding);
        }
      }
      if (any) {
        valued.add(book);
        state.touch(book.account().id());
      }
    }
    return valued;
  }

  /** Puts a mark in the place of the one before. */
  static void put(GroupState state, Mark mark) {
    state.marks.put(mark);
    if (mark.crashed()) {
      state.crashed.add(mark.instrument());
    } else {
      state.crashed.remove(mark.instrument());
    }
  }

  /** Marks of instruments that nobody lists are kept only where a position asks for them. */
  private static boolean isListedOrMarked(GroupState state, String instrument) {
    return state.configuration.instruments().containsKey(instrument) || state.marks.has(instrument);
  }

  /** What an account has in an instrument, and where that is a rate also what counts at it. */
  static Collection<Holding> valuedBy(GroupState state, String instrument, AccountBook book) {
    if (state.configuration.rates().areOf(instrument)) {
      return book.holdings();
    }
    Holding holding = book.holding(instrument);
    return holding == null ? List.of() : List.of(holding);
  }

  /** Values a holding by the newest mark and rate; returns whether it is worth more or less now. */
  static boolean value(GroupState state, AccountBook book, Holding holding) {
    Mark mark = state.marks.get(holding.instrument());
    BigDecimal multiplier = state.multiplier(holding.instrument(), book.account());
    return multiplier != null && book.value(holding, mark == null ? null : mark.last(), multiplier);
  }
}
