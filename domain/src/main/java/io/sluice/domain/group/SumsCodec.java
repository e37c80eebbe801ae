package io.sluice.domain.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** The sums of scopes and what their losses are counted from, as the part {@code sums}. */
final class SumsCodec {
  private SumsCodec() {}

  static void write(GroupState state, JsonWriter json) {
    json.beginObject().name("sums").beginArray();
    for (Map<Scope, BigDecimal> sums : state.sums.stored()) {
      json.beginObject();
      new TreeMap<>(sums).forEach((scope, value) -> json.name(scope.toString()).value(value));
      json.endObject();
    }
    json.endArray().name("week").beginObject();
    Losses losses = state.sums.losses();
    losses
        .week()
        .forEach(
            (scope, starts) -> {
              json.name(scope.toString()).beginObject();
              starts.forEach((day, equity) -> json.name(String.valueOf(day)).value(equity));
              json.endObject();
            });
    json.endObject().name("rearmed").beginArray();
    losses
        .rearmed()
        .forEach(
            (breaker, from) -> {
              StoredBreaker.begin(breaker, json);
              json.name("equity").value(from.equity()).name("utc_day").value(from.utcDay());
              json.endObject();
            });
    json.endArray().name("smoothed").beginObject();
    losses.smoothed().forEach((scope, averages) -> smoothed(scope, averages, json));
    json.endObject().endObject();
  }

  private static void smoothed(Scope scope, Map<Long, SmoothedDrawdown> averages, JsonWriter json) {
    json.name(scope.toString()).beginObject();
    averages.forEach(
        (smoothingUs, drawdown) -> {
          json.name(String.valueOf(smoothingUs)).beginArray().value((Double) drawdown.average());
          json.value((Double) drawdown.last()).value(drawdown.atUs()).endArray();
        });
    json.endObject();
  }

  static void read(ObjectNode stored, GroupState state) throws UnreadableException {
    sums(stored.path("sums"), state);
    losses(stored, state.sums.losses());
  }

  private static void sums(JsonNode stored, GroupState state) {
    var maps = state.sums.stored();
    for (int i = 0; i < maps.size(); i++) {
      for (var sum : stored.get(i).properties()) {
        maps.get(i).put(Scope.parse(sum.getKey()), new BigDecimal(sum.getValue().textValue()));
      }
    }
  }

  /** Absent in the state of earlier builds: a week's loss is counted from the day's start then. */
  private static void losses(ObjectNode sums, Losses losses) throws UnreadableException {
    for (var scope : sums.path("week").properties()) {
      TreeMap<Long, BigDecimal> starts = new TreeMap<>();
      for (var start : scope.getValue().properties()) {
        starts.put(Long.valueOf(start.getKey()), new BigDecimal(start.getValue().textValue()));
      }
      losses.week().put(Scope.parse(scope.getKey()), starts);
    }
    for (JsonNode node : sums.path("rearmed")) {
      Fields from = new Fields((ObjectNode) node);
      losses.rearm(StoredBreaker.read(from), from.amount("equity"), from.whole("utc_day"));
    }
    for (var scope : sums.path("smoothed").properties()) {
      Map<Long, SmoothedDrawdown> averages = new TreeMap<>();
      for (var average : scope.getValue().properties()) {
        JsonNode stored = average.getValue();
        averages.put(
            Long.valueOf(average.getKey()),
            new SmoothedDrawdown(
                stored.get(0).doubleValue(),
                stored.get(1).doubleValue(),
                stored.get(2).longValue()));
      }
      losses.smoothed().put(Scope.parse(scope.getKey()), averages);
    }
  }
}
