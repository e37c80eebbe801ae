package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a person asks of a group's state, as canonical JSON: its head, each account's books with
 * positions and orders at work, halts, breaches, and the limits in force. Times are epoch
 * microseconds, null for never; amounts are in the account's currency.
 */
public final class StateReport {
  private StateReport() {}

  public static byte[] of(GroupState state) {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("group").value(state.group()).name("seq").value(state.seq());
    json.name("hash").value(state.headHash()).name("gate_time_us").value(state.gateTimeUs);
    json.name("configuration_hash").value(state.configurationHash);
    json.name("limits_version").value(state.limitsVersion);
    json.name("duplicate_intents").value(state.counters.duplicateIntents);
    json.name("late_repeats").value(state.counters.lateRepeats).name("accounts").beginArray();
    for (AccountBook book : state.books.values()) {
      account(state, book, json);
    }
    json.endArray().name("halts").beginArray();
    for (Halts.Halt halt : state.halts.all()) {
      json.beginObject().name("scope").value(halt.scope().toString());
      json.name("command_id").value(halt.commandId()).name("from_us").value(halt.fromUs());
      json.name("until_us").value(orNever(halt.untilUs())).endObject();
    }
    json.endArray().name("breaches").beginArray();
    for (Breach breach : state.breaches.all()) {
      json.beginObject().name("scope").value(breach.scope().toString());
      json.name("limit").value(breach.key().key()).name("then").value(breach.then());
      json.name("release").value(breach.release()).name("since_us").value(breach.sinceUs());
      json.name("until_us").value(orNever(breach.untilUs())).endObject();
    }
    json.endArray().name("limits").beginArray();
    for (Scope scope : limitedScopes(state)) {
      LimitSet inForce = state.limitsAt(scope);
      json.beginObject().name("scope").value(scope.toString()).name("in_force").beginObject();
      inForce.writeInto(json);
      json.endObject().endObject();
    }
    json.endArray().name("limit_commands").beginArray();
    for (CommandLimits command : state.layers.commands()) {
      json.beginObject().name("scope").value(command.scope().toString());
      json.name("command_id").value(command.commandId()).name("from_us").value(command.fromUs());
      json.name("until_us").value(orNever(command.untilUs())).name("limits").beginObject();
      command.limits().writeInto(json);
      json.endObject().endObject();
    }
    return json.endArray().endObject().toBytes();
  }

  private static Set<Scope> limitedScopes(GroupState state) {
    Set<Scope> scopes = new TreeSet<>();
    if (state.isConfigured()) {
      scopes.addAll(state.configuration.limits().keySet());
      state.layers.commands().forEach(command -> scopes.add(command.scope()));
    }
    return scopes;
  }

  private static Long orNever(long us) {
    return us == Long.MAX_VALUE ? null : (Long) us;
  }

  private static void account(GroupState state, AccountBook book, JsonWriter json) {
    Scope scope = Scope.account(book.account().id());
    BigDecimal peak = state.aggregates().peakEquity(scope);
    json.beginObject().name("account").value(book.account().id());
    json.name("currency").value(book.account().currency());
    json.name("initialised").value(book.isInitialised()).name("cash").value(book.cash());
    json.name("equity").value(book.equity()).name("peak_equity").value(peak);
    json.name("drawdown")
        .value(peak.signum() > 0 ? Decimals.divide(peak.subtract(book.equity()), peak) : null);
    json.name("daily_loss").value(state.aggregates().dailyLoss(scope));
    json.name("consecutive_losses").value((long) book.lossesInARow());
    json.name("trading_state").value(state.tradingState(scope)).name("positions").beginArray();
    for (Holding holding : book.holdings()) {
      if (!holding.isEmpty()) {
        json.beginObject().name("instrument").value(holding.instrument());
        json.name("qty").value(holding.position().qty());
        json.name("avg_price").value(holding.position().averagePrice());
        json.name("mark").value(holding.mark()).name("unrealised").value(holding.unrealised());
        json.name("reserved_buy").value(holding.buyQty());
        json.name("reserved_sell").value(holding.sellQty()).endObject();
      }
    }
    json.endArray().name("orders").beginArray();
    for (Order order : book.orders().all()) {
      if (order.openQty().signum() > 0) {
        json.beginObject().name("intent_id").value(order.intentId());
        json.name("instrument").value(order.instrument()).name("side").value(order.side());
        json.name("open_qty").value(order.openQty()).endObject();
      }
    }
    json.endArray().endObject();
  }
}
