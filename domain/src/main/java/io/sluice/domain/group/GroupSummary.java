package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * Where a group stands: its head, what it has counted, and each account's books, as canonical JSON.
 */
public final class GroupSummary {
  private GroupSummary() {}

  public static byte[] of(GroupState state) {
    JsonWriter json = new JsonWriter();
    json.beginObject()
        .name("group")
        .value(state.group())
        .name("seq")
        .value(state.seq())
        .name("hash")
        .value(state.headHash());
    json.name("duplicates").value(state.counters().duplicateIntents());
    json.name("intents_from_front").value(state.counters().intentsFromFront());
    json.name("gate_decisions").value(state.counters().gateDecisions());
    json.name("late_repeats").value(state.counters().lateRepeats()).name("accounts").beginObject();
    for (AccountBook book : state.books().values()) {
      json.name(book.account().id());
      account(state, book, json);
    }
    return json.endObject().endObject().toBytes();
  }

  private static void account(GroupState state, AccountBook book, JsonWriter json) {
    Scope scope = Scope.account(book.account().id());
    BigDecimal peak = state.aggregates().peakEquity(scope);
    BigDecimal drawdown =
        peak.signum() > 0 ? Decimals.divide(peak.subtract(book.equity()), peak) : null;
    json.beginObject()
        .name("group")
        .value(state.group())
        .name("currency")
        .value(book.account().currency());
    json.name("cash").value(book.cash()).name("equity").value(book.equity());
    json.name("pnl").value(book.equity().subtract(book.startEquity()));
    json.name("realised_pnl")
        .value(book.realised())
        .name("unrealised_pnl")
        .value(book.unrealised());
    json.name("fees")
        .value(book.fees())
        .name("peak_equity")
        .value(peak)
        .name("drawdown")
        .value(drawdown);
    json.name("max_drawdown").value(state.deepestDrawdown(scope));
    json.name("consecutive_losses")
        .value((long) book.lossesInARow())
        .name("positions")
        .beginArray();
    for (Holding holding : book.holdings()) {
      if (!holding.position().isFlat()) {
        json.beginObject().name("instrument").value(holding.instrument());
        json.name("qty")
            .value(holding.position().qty())
            .name("cost")
            .value(holding.position().cost());
        json.name("avg_price")
            .value(holding.position().averagePrice())
            .name("mark")
            .value(holding.mark())
            .endObject();
      }
    }
    json.endArray().name("reserved_cash").value(book.reservedCash());
    json.name("open_orders")
        .value(book.orders().all().stream().filter(order -> order.openQty().signum() > 0).count());
    if (state.twins.get(book.account().id()) != null) {
      json.name("twin").beginObject();
      TwinFold.writeInto(state, book.account().id(), json);
      json.endObject();
    }
    json.endObject();
  }
}
