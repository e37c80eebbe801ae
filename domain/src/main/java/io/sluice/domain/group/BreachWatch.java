package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.flow.Entries;

/** Finds breaches of the limits that latch, of both kinds. */
final class BreachWatch {
  private BreachWatch() {}

  /** After limits have changed. */
  static void checkAll(GroupState state, Effects effects) {
    EquityWatch.check(state, state.books.values(), effects);
    for (AccountBook book : state.books.values()) {
      CountWatch.checkLosses(state, book, effects);
      CountWatch.checkBreaks(state, book, effects);
    }
    for (Entries entries : state.flow.entries()) {
      CountWatch.checkReentries(
          state, entries.account(), entries.strategy(), entries.instrument(), effects);
    }
  }
}
