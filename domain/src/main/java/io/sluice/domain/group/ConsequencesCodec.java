package io.sluice.domain.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.TradingState;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Fields;
import java.util.TreeMap;

/** What limits have brought about, and what was said of it, in the part {@code control}. */
final class ConsequencesCodec {
  private ConsequencesCodec() {}

  /** Into the object that is open. */
  static void write(GroupState state, JsonWriter json) {
    json.name("breaches").beginArray();
    for (Breach breach : state.breaches.all()) {
      breach.write(json);
    }
    json.endArray().name("open_breaks").beginObject();
    state
        .breaks
        .all()
        .forEach(
            (account, things) -> {
              json.name(account).beginArray();
              things.forEach(json::value);
              json.endArray();
            });
    json.endObject().name("signs_of_life").beginArray();
    state
        .signsOfLife
        .all()
        .forEach(
            (scope, atUs) ->
                json.beginObject()
                    .name("scope")
                    .value(scope.toString())
                    .name("at_us")
                    .value(atUs)
                    .endObject());
    json.endArray().name("trips").beginArray();
    state
        .breaches
        .trips()
        .forEach(
            (breaker, times) -> {
              StoredBreaker.begin(breaker, json);
              json.name("times").value(times).endObject();
            });
    json.endArray().name("gate_orders").beginArray();
    for (GateOrders.Live order : state.gateOrders.all()) {
      json.beginObject().name("account").value(order.account()).name("instrument");
      json.value(order.instrument()).name("intent_id").value(order.intentId());
      json.name("fillable_from_us").value(order.fillableFromUs()).endObject();
    }
    json.endArray().name("breach_ends").beginObject();
    state.breaches.lastEnds().forEach((scope, at) -> json.name(scope.toString()).value(at));
    json.endObject().name("trading_states").beginObject();
    state
        .tradingStates
        .announced()
        .forEach((scope, trading) -> json.name(scope.toString()).value(trading));
    json.endObject().name("near").beginArray();
    state
        .utilisation
        .near()
        .forEach(
            (scope, uses) ->
                uses.forEach(
                    (use, severity) -> {
                      json.beginObject().name("scope").value(scope.toString()).name("limit");
                      json.value(use.limit()).name("instrument").value(use.instrument());
                      json.name("severity").value(severity).endObject();
                    }));
    json.endArray();
  }

  static void read(ObjectNode control, GroupState state) throws UnreadableException {
    observed(control, state);
    announced(control, state);
  }

  private static void observed(ObjectNode control, GroupState state) throws UnreadableException {
    for (var account : control.path("open_breaks").properties()) {
      account.getValue().forEach(thing -> state.breaks.found(account.getKey(), thing.textValue()));
    }
    for (JsonNode node : control.path("signs_of_life")) {
      Fields sign = new Fields((ObjectNode) node);
      state.signsOfLife.restore(Scope.parse(sign.text("scope")), sign.whole("at_us"));
    }
    for (JsonNode node : control.path("breaches")) {
      Fields breach = new Fields((ObjectNode) node);
      state.breaches.put(
          new Breach(
              StoredBreaker.read(breach),
              breach.whole("since_us"),
              breach.whole("until_us"),
              breach.optionalAmount("bound"),
              breach.optionalFlag("rearms")));
    }
    for (JsonNode node : control.path("trips")) {
      Fields trips = new Fields((ObjectNode) node);
      state.breaches.trips().put(StoredBreaker.read(trips), trips.whole("times"));
    }
  }

  /** Absent in the state of earlier builds: states and uses are announced once more then. */
  private static void announced(ObjectNode control, GroupState state) throws UnreadableException {
    for (var end : control.path("breach_ends").properties()) {
      state.breaches.lastEnds().put(Scope.parse(end.getKey()), end.getValue().longValue());
    }
    for (var scope : control.path("trading_states").properties()) {
      state
          .tradingStates
          .announced()
          .put(Scope.parse(scope.getKey()), TradingState.valueOf(scope.getValue().textValue()));
    }
    for (JsonNode node : control.path("gate_orders")) {
      Fields order = new Fields((ObjectNode) node);
      state.gateOrders.restore(
          new GateOrders.Live(
              order.text("account"),
              order.text("instrument"),
              order.text("intent_id"),
              order.whole("fillable_from_us")));
    }
    for (JsonNode node : control.path("near")) {
      Fields use = new Fields((ObjectNode) node);
      state
          .utilisation
          .near()
          .computeIfAbsent(Scope.parse(use.text("scope")), scope -> new TreeMap<>())
          .put(
              new Utilisation.Use(use.text("limit"), node.get("instrument").textValue()),
              use.enumOf("severity", Event.Severity.class));
    }
  }
}
