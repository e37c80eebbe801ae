package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.BookCodec;
import io.sluice.domain.account.Order;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.control.ParameterLayers.CommandParameters;
import io.sluice.domain.control.Restrictions.Restriction;
import io.sluice.domain.control.Rollout;
import io.sluice.domain.control.RolloutHealth;
import io.sluice.domain.control.UserRuleLayers.NamedRule;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A group's state in parts, each a small JSON object under a name, so that a checkpoint writes only
 * what has changed: {@code head}, {@code control}, {@code sums}, {@code config}, {@code
 * book:ACCOUNT}, {@code order:ACCOUNT, INTENT}, the same for an account's twin, {@code
 * mark:INSTRUMENT}, {@code ids:PAGE}, {@code fills:PAGE}, {@code high:SOURCE}, {@code command:ID},
 * {@code flow:WHAT}, {@code user-rules} and {@code correlation:PAIR}. JSON, so that fields can be
 * added from one version to the next and a state can be read by people.
 */
public final class StateParts {
  /** The newest form of the parts that this build reads, and the one that it writes. */
  public static final int VERSION = 1;

  /**
   * The version of stored parts, which may be one that this build does not read.
   *
   * @throws UnreadableException where they have none
   */
  public static long versionOf(Map<String, byte[]> parts) throws UnreadableException {
    return new Fields(StrictJson.trusted(parts.get(HEAD))).whole("version");
  }

  static final String HEAD = "head";
  static final String CONTROL = "control";
  static final String SUMS = "sums";
  static final String CONFIG = "config";
  static final String BOOK = "book:";
  static final String ORDER = "order:";
  static final String TWIN = "twin:";
  static final String TWIN_ORDER = "twin-order:";
  static final String MARK = "mark:";
  static final String IDS = "ids:";
  static final String FILLS = "fills:";
  static final String HIGH = "high:";
  static final String COMMAND = "command:";
  static final String FLOW = "flow:";
  static final String USER_RULES = "user-rules";
  static final String CORRELATION = "correlation:";

  private final Pages ids = new Pages(IDS);
  private final Pages fills = new Pages(FILLS);
  private String storedConfiguration = "";

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
      state.books.values().forEach(book -> book.orders().touchAll());
      state.twins.all().values().forEach(twin -> twin.book().orders().touchAll());
    }
    for (String account : state.takeTouched()) {
      if (state.books.containsKey(account)) {
        changed.put(BOOK + account, json(json -> BookCodec.write(state.books.get(account), json)));
      }
    }
    state.books.values().forEach(book -> orders(book, ORDER, changed));
    twins(state, changed);
    for (String instrument : state.takeTouchedMarks()) {
      changed.put(MARK + instrument, state.marks.get(instrument).toJson());
    }
    ids.write(state.ids, changed);
    fills.write(state.fills, changed);
    identities(state, changed);
    state.flow.takeChanged().forEach((name, part) -> changed.put(FLOW + name, part));
    for (String pair : state.correlations.takeTouched()) {
      changed.put(CORRELATION + pair, state.correlations.all().get(pair).toJson());
    }
    if (state.userRuleLayers.takeChanged()) {
      changed.put(USER_RULES, json(json -> userRules(state, json)));
    }
    return changed;
  }

  /** One by one: an account has answered many orders, and few of them change any more. */
  private static void orders(AccountBook book, String prefix, Map<String, byte[]> changed) {
    for (String intentId : book.orders().takeTouched()) {
      Order order = book.orders().get(intentId);
      changed.put(
          orderPart(prefix, book.account().id(), intentId),
          order == null ? null : json(json -> BookCodec.write(order, json)));
    }
  }

  /** The account's length tells where it ends, whatever is in it. */
  private static String orderPart(String prefix, String account, String intentId) {
    return prefix + account.length() + ":" + account + ":" + intentId;
  }

  /** The account of a part that holds an order. */
  static String accountOfOrder(String prefix, String part) {
    int colon = part.indexOf(':', prefix.length());
    int length = Integer.parseInt(part.substring(prefix.length(), colon));
    return part.substring(colon + 1, colon + 1 + length);
  }

  private static void twins(GroupState state, Map<String, byte[]> changed) {
    for (String account : state.twins.takeTouched()) {
      Twin twin = state.twins.all().get(account);
      changed.put(TWIN + account, json(json -> twin(twin, json)));
    }
    state.twins.all().values().forEach(twin -> orders(twin.book(), TWIN_ORDER, changed));
  }

  private static void twin(Twin twin, JsonWriter json) {
    json.beginObject().name("book");
    BookCodec.write(twin.book(), json);
    json.name("peak").value(twin.peak());
    json.name("deepest_drawdown").value(twin.deepestDrawdown());
    json.name("round_trips").value(twin.roundTrips().ended());
    json.name("won").value(twin.roundTrips().won());
    json.name("gated_round_trips").value(twin.gated().ended());
    json.name("gated_won").value(twin.gated().won()).endObject();
  }

  /** What was restored is stored already. */
  void restored(GroupState state) {
    storedConfiguration = state.configurationHash == null ? "" : state.configurationHash;
    state.takeTouched();
    state.takeTouchedMarks();
    state.twins.takeTouched();
    state.highWater.takeTouched();
    state.commands.takeTouched();
    state.flow.takeChanged();
    state.userRuleLayers.takeChanged();
    state.correlations.takeTouched();
  }

  Pages ids() {
    return ids;
  }

  Pages fills() {
    return fills;
  }

  private static void head(GroupState state, JsonWriter json) {
    json.beginObject()
        .name("version")
        .value(VERSION)
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
        .name("params_version")
        .value(state.paramsVersion)
        .name("configuration_hash")
        .value(state.configurationHash);
    json.name("next_order_sweep_us").value(state.nextOrderSweepUs);
    json.name("clock_slot_us")
        .value(state.clockSlotUs < 0 ? (Long) null : (Long) state.clockSlotUs);
    json.name("folded_ids").value(state.ids.folded());
    json.name("forgotten_ids").value(state.ids.forgotten());
    json.name("folded_fills").value(state.fills.folded());
    json.name("forgotten_fills").value(state.fills.forgotten());
    json.name("duplicate_intents").value(state.counters.duplicateIntents);
    json.name("late_repeats").value(state.counters.lateRepeats);
    json.name("gate_decisions").value(state.counters.gateDecisions);
    json.name("intents_from_front").value(state.counters.intentsFromFront);
    json.name("below_high_water").value(state.highWater.foldedBelow()).name("venues").beginObject();
    state.venues.forEach((venue, status) -> json.name(venue).value(status));
    json.endObject().name("unknown_venues").beginArray();
    state.unknownVenues.forEach(json::value);
    json.endArray().name("stale").beginArray();
    state.stale.forEach(json::value);
    json.endArray().name("unheard_since_us").beginObject();
    state.unheardSinceUs.forEach((instrument, us) -> json.name(instrument).value(us));
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
      json.name("from_us").value(halt.fromUs()).name("until_us").value(halt.untilUs());
      if (halt.reduces()) {
        json.name("reduces").value(true);
      }
      json.endObject();
    }
    json.endArray().name("limits").beginArray();
    for (CommandLimits command : state.layers.commands()) {
      json.beginObject().name("command_id").value(command.commandId());
      json.name("scope").value(command.scope().toString()).name("from_us").value(command.fromUs());
      json.name("until_us").value(command.untilUs());
      json.name("replaces").value(command.replaces()).name("limits").beginObject();
      command.limits().writeInto(json);
      json.endObject().endObject();
    }
    json.endArray().name("restrictions").beginArray();
    for (Restriction restriction : state.restrictions.all()) {
      json.beginObject().name("command_id").value(restriction.commandId());
      json.name("scope").value(restriction.scope().toString());
      json.name("kind").value(restriction.target().kind());
      json.name("name").value(restriction.target().name());
      json.name("from_us").value(restriction.fromUs());
      json.name("until_us").value(restriction.untilUs()).endObject();
    }
    json.endArray().name("overrides").beginArray();
    for (NamedOverride override : state.overrides.all()) {
      json.beginObject().name("command_id").value(override.commandId());
      json.name("account").value(override.account());
      json.name("intent_id").value(override.intentId()).name("rules").beginArray();
      override.rules().forEach(json::value);
      json.endArray().name("from_us").value(override.fromUs());
      json.name("until_us").value(override.untilUs()).endObject();
    }
    json.endArray().name("parameters").beginArray();
    for (CommandParameters command : state.parameterLayers.commands().all()) {
      json.beginObject().name("command_id").value(command.commandId());
      json.name("from_us").value(command.fromUs()).name("until_us").value(command.untilUs());
      json.name("replaces").value(command.replaces()).name("set").beginObject();
      command.set().writeInto(json);
      json.endObject().endObject();
    }
    json.endArray().name("rollout");
    rollout(state.rollout, json);
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
              breaker(breaker, json);
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
    json.endArray().endObject();
  }

  /** Apart from the rest, because their conditions are long and seldom change. */
  private static void userRules(GroupState state, JsonWriter json) {
    json.beginObject().name("commands").beginArray();
    for (NamedRule said : state.userRuleLayers.commands()) {
      json.beginObject().name("command_id").value(said.commandId());
      json.name("name").value(said.name()).name("rule");
      if (said.rule() == null) {
        json.value((String) null);
      } else {
        said.rule().write(json);
      }
      json.name("from_us").value(said.fromUs()).name("until_us").value(said.untilUs());
      json.name("replaces").value(said.replaces()).endObject();
    }
    json.endArray().endObject();
  }

  /** Leaves the object open for what is known of the breaker. */
  private static void breaker(Breaker breaker, JsonWriter json) {
    json.beginObject().name("key").value(breaker.key()).name("scope");
    json.value(breaker.scope().toString()).name("then").value(breaker.then());
    json.name("release").value(breaker.release());
  }

  private static void rollout(Rollout rollout, JsonWriter json) {
    json.beginObject().name("command_id").value(rollout.commandId()).name("plan");
    rollout.plan().write(json);
    RolloutHealth.Seen seen = rollout.seen(0);
    json.name("phase").value((long) rollout.index()).name("since_us").value(rollout.sinceUs());
    json.name("decisions").value(seen.decisions()).name("refusals").value(seen.refusals());
    json.name("errors").value(seen.errors()).name("breaches").value(seen.breaches()).endObject();
  }

  private static void sums(GroupState state, JsonWriter json) {
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
              breaker(breaker, json);
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

  /** The pages of an id window in storage, and how far they go. */
  static final class Pages {
    private final String prefix;
    private final TreeSet<Long> stored = new TreeSet<>();
    private long storedIds;

    private Pages(String prefix) {
      this.prefix = prefix;
    }

    /** A page that lies in storage. */
    void isStored(long page) {
      stored.add(page);
    }

    /** The pages hold the ids up to the n-th. */
    void reach(long ids) {
      storedIds = ids;
    }

    private void write(IdWindow window, Map<String, byte[]> changed) {
      if (window.folded() > storedIds) {
        window
            .pagesFrom(storedIds)
            .forEach(
                (number, page) -> {
                  changed.put(prefix + number, json(json -> page(page, json)));
                  stored.add(number);
                });
        storedIds = window.folded();
      }
      while (!stored.isEmpty() && stored.first() < window.firstPage()) {
        changed.put(prefix + stored.pollFirst(), null);
      }
    }

    private static void page(IdWindow.Page page, JsonWriter json) {
      json.beginObject().name("first").value(page.first()).name("ids").beginArray();
      for (IdWindow.Seen seen : page.ids()) {
        json.beginArray().value(seen.id()).value(HexFormat.of().toHexDigits(seen.content()));
        json.value(seen.source()).value(seen.partition()).value(seen.offset());
        // The record's sub, which earlier builds read and do not compare.
        json.value(0).value(seen.atUs()).endArray();
      }
      json.endArray().endObject();
    }
  }

  private static void identities(GroupState state, Map<String, byte[]> changed) {
    for (String key : state.highWater.takeTouched()) {
      long offset = state.highWater.marks().get(key);
      changed.put(
          HIGH + key, json(json -> json.beginObject().name("offset").value(offset).endObject()));
    }
    for (String key : state.commands.takeTouched()) {
      String content = state.commands.contents().get(key);
      changed.put(
          COMMAND + key,
          json(json -> json.beginObject().name("content").value(content).endObject()));
    }
  }

  private static byte[] json(Consumer<JsonWriter> write) {
    JsonWriter json = new JsonWriter();
    write.accept(json);
    return json.toBytes();
  }
}
