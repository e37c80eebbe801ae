package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Scope;

/** Compares accounts with their twins. */
final class TwinFold {
  private TwinFold() {}

  /** A UTC day has ended: each comparison is an event. */
  static void daysEnded(GroupState state, Effects effects) {
    for (String account : state.books.keySet()) {
      if (state.twins.get(account) == null) {
        continue;
      }
      effects.event(
          Event.Type.TWIN,
          Event.Severity.INFO,
          "account:" + account,
          null,
          detail -> writeInto(state, account, detail));
    }
  }

  /** Writes {@code "gated":{},"ungated":{}} into the object that is open. */
  static void writeInto(GroupState state, String account, JsonWriter json) {
    AccountBook book = state.books.get(account);
    Twin twin = state.twins.get(account);
    json.name("gated");
    Twin.write(book, state.deepestDrawdown(Scope.account(account)), twin.gated(), json);
    json.name("ungated");
    Twin.write(twin.book(), twin.deepestDrawdown(), twin.roundTrips(), json);
  }
}
