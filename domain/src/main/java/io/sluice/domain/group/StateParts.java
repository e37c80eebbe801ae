package io.sluice.domain.group;

import io.sluice.domain.account.BookCodec;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.ConfigChunk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A group's state in parts, each a small JSON object under a name, so that a checkpoint writes only
 * what has changed: {@code head}, {@code control}, {@code sums}, {@code config}, {@code
 * book:ACCOUNT}, {@code mark:INSTRUMENT} and {@code ids:MINUTE}. JSON, so that fields can be added
 * from one version to the next and a state can be read by people.
 */
public final class StateParts {
  static final String HEAD = "head";
  static final String CONTROL = "control";
  static final String SUMS = "sums";
  static final String CONFIG = "config";
  static final String BOOK = "book:";
  static final String MARK = "mark:";
  static final String IDS = "ids:";
  private static final long IDS_PAGE_US = Times.SECOND_US * 60;

  private final Set<Long> storedPages = new HashSet<>();
  private String storedConfiguration = "";
  private long newestStoredIdUs = Long.MIN_VALUE;

  /**
   * The parts that have changed since the last call; null stands for a part that is gone. All of
   * them the first time.
   */
  public Map<String, byte[]> takeChanged(GroupState state) {
    Map<String, byte[]> changed = new TreeMap<>();
    changed.put(HEAD, json(json -> head(state, json)));
    changed.put(CONTROL, json(json -> control(state, json)));
    changed.put(SUMS, json(json -> sums(state, json)));
    if (state.isConfigured() && !storedConfiguration.equals(state.configurationHash)) {
      changed.put(CONFIG, json(state.configuration::write));
      storedConfiguration = state.configurationHash;
      state.books.keySet().forEach(state::touch);
    }
    for (String account : state.takeTouched()) {
      if (state.books.containsKey(account)) {
        changed.put(BOOK + account, json(json -> BookCodec.write(state.books.get(account), json)));
      }
    }
    for (String instrument : state.takeTouchedMarks()) {
      changed.put(MARK + instrument, state.marks.get(instrument).toJson());
    }
    ids(state, changed);
    return changed;
  }

  /** What was restored is stored already. */
  void restored(GroupState state) {
    storedConfiguration = state.configurationHash == null ? "" : state.configurationHash;
    state.takeTouched();
    state.takeTouchedMarks();
    for (IdWindow.Seen seen : state.ids.inOrder()) {
      storedPages.add(page(seen));
      newestStoredIdUs = seen.atUs();
    }
  }

  private static void head(GroupState state, JsonWriter json) {
    json.beginObject()
        .name("version")
        .value(1)
        .name("seq")
        .value(state.seq())
        .name("hash")
        .value(state.headHash());
    json.name("gate_time_us")
        .value(state.gateTimeUs)
        .name("utc_day")
        .value(state.utcDay < 0 ? (Long) null : (Long) state.utcDay);
    json.name("limits_version")
        .value(state.limitsVersion)
        .name("configuration_hash")
        .value(state.configurationHash);
    json.name("next_order_sweep_us").value(state.nextOrderSweepUs);
    json.name("duplicate_intents").value(state.counters.duplicateIntents);
    json.name("late_repeats").value(state.counters.lateRepeats);
    json.name("intents_from_front").value(state.counters.intentsFromFront);
    json.name("below_high_water")
        .value(state.ids.foldedBelowHighWater())
        .name("venues")
        .beginObject();
    state.venues.forEach((venue, status) -> json.name(venue).value(status));
    json.endObject().name("high_water").beginObject();
    state.ids.highWater().forEach((key, offset) -> json.name(key).value(offset));
    json.endObject().name("pending_chunks").beginArray();
    for (ConfigChunk chunk : state.pendingChunks) {
      chunk.write(json);
    }
    json.endArray().endObject();
  }

  private static void control(GroupState state, JsonWriter json) {
    json.beginObject().name("halts").beginArray();
    for (Halts.Halt halt : state.halts.all()) {
      json.beginObject()
          .name("command_id")
          .value(halt.commandId())
          .name("scope")
          .value(halt.scope().toString());
      json.name("from_us").value(halt.fromUs()).name("until_us").value(halt.untilUs()).endObject();
    }
    json.endArray().name("limits").beginArray();
    for (CommandLimits command : state.layers.commands()) {
      json.beginObject().name("command_id").value(command.commandId());
      json.name("scope").value(command.scope().toString()).name("from_us").value(command.fromUs());
      json.name("until_us").value(command.untilUs()).name("limits").beginObject();
      command.limits().writeInto(json);
      json.endObject().endObject();
    }
    json.endArray().name("breaches").beginArray();
    for (Breach breach : state.breaches.all()) {
      breach.write(json);
    }
    json.endArray().endObject();
  }

  private static void sums(GroupState state, JsonWriter json) {
    json.beginObject().name("sums").beginArray();
    for (Map<Scope, BigDecimal> sums : state.sums.stored()) {
      json.beginObject();
      sums.forEach((scope, value) -> json.name(scope.toString()).value(value));
      json.endObject();
    }
    json.endArray().endObject();
  }

  private void ids(GroupState state, Map<String, byte[]> changed) {
    Map<Long, List<IdWindow.Seen>> pages = new TreeMap<>();
    for (IdWindow.Seen seen : state.ids.inOrder()) {
      pages.computeIfAbsent(page(seen), key -> new ArrayList<>()).add(seen);
    }
    long firstChanged = Math.floorDiv(newestStoredIdUs, IDS_PAGE_US);
    pages.forEach(
        (page, seen) -> {
          if (page >= firstChanged || !storedPages.contains(page)) {
            changed.put(IDS + page, json(json -> page(seen, json)));
          }
          newestStoredIdUs = Math.max(newestStoredIdUs, seen.get(seen.size() - 1).atUs());
        });
    for (Long stored : List.copyOf(storedPages)) {
      if (!pages.containsKey(stored)) {
        changed.put(IDS + stored, null);
        storedPages.remove(stored);
      }
    }
    storedPages.addAll(pages.keySet());
  }

  private static long page(IdWindow.Seen seen) {
    return Math.floorDiv(seen.atUs(), IDS_PAGE_US);
  }

  private static void page(List<IdWindow.Seen> page, JsonWriter json) {
    json.beginObject().name("ids").beginArray();
    for (IdWindow.Seen seen : page) {
      json.beginArray().value(seen.id()).value(seen.content()).value(seen.cause().source());
      json.value(seen.cause().partition()).value(seen.cause().offset()).value(seen.cause().sub());
      json.value(seen.atUs()).endArray();
    }
    json.endArray().endObject();
  }

  private static byte[] json(Consumer<JsonWriter> write) {
    JsonWriter json = new JsonWriter();
    write.accept(json);
    return json.toBytes();
  }
}
