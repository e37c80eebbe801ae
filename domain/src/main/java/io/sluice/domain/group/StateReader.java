package io.sluice.domain.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.BookCodec;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.control.ParameterLayers.CommandParameters;
import io.sluice.domain.control.ParameterSet;
import io.sluice.domain.control.Restrictions;
import io.sluice.domain.control.RolloutHealth;
import io.sluice.domain.control.RolloutPlan;
import io.sluice.domain.control.UserRuleLayers.NamedRule;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.TradingState;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Correlation;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.StoredVersion;
import io.sluice.domain.wire.VenueStatus;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts a group's state together again from the parts that {@link StateParts} wrote. */
public final class StateReader {
  private final GroupState state;
  private final Map<String, byte[]> parts;

  private StateReader(String group, Map<String, byte[]> parts) {
    this.state = new GroupState(group);
    this.parts = new TreeMap<>(parts);
  }

  /**
   * @param tracking is told what is stored already
   * @throws IllegalStateException where a part does not read back
   */
  public static GroupState read(String group, Map<String, byte[]> parts, StateParts tracking) {
    StateReader reader = new StateReader(group, parts);
    try {
      reader.read(tracking);
    } catch (UnreadableException | RuntimeException e) {
      throw new IllegalStateException(
          "the state of group "
              + group
              + " does not read back: "
              + e.getMessage()
              + "; restore it with the build that wrote it",
          e);
    }
    tracking.restored(reader.state);
    return reader.state;
  }

  private void read(StateParts tracking) throws UnreadableException {
    ObjectNode head = object(StateParts.HEAD);
    Fields fields = new Fields(head);
    StoredVersion.require(fields, StateParts.VERSION);
    state.gateTimeUs = fields.whole("gate_time_us");
    if (parts.containsKey(StateParts.CONFIG)) {
      Configuration configuration =
          Configuration.accepted("stored configuration", object(StateParts.CONFIG));
      state.putInForce(configuration, fields.text("configuration_hash"));
      parameters(fields);
    }
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.MARK)) {
        Mark mark = (Mark) WireReader.recorded(StrictJson.trusted(part.getValue()));
        state.marked(mark);
      }
    }
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.BOOK)) {
        book(
            part.getKey().substring(StateParts.BOOK.length()), StrictJson.trusted(part.getValue()));
      } else if (part.getKey().startsWith(StateParts.CORRELATION)) {
        state.correlations.restore(
            (Correlation) WireReader.recorded(StrictJson.trusted(part.getValue())));
      } else if (part.getKey().startsWith(StateParts.HIGH)) {
        Fields high = new Fields(StrictJson.trusted(part.getValue()));
        state.highWater.restore(
            part.getKey().substring(StateParts.HIGH.length()), high.whole("offset"));
      } else if (part.getKey().startsWith(StateParts.COMMAND)) {
        Fields command = new Fields(StrictJson.trusted(part.getValue()));
        state.commands.restore(
            part.getKey().substring(StateParts.COMMAND.length()), command.text("content"));
      }
    }
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.ORDER)) {
        state
            .books
            .get(StateParts.accountOfOrder(StateParts.ORDER, part.getKey()))
            .orders()
            .restore(BookCodec.readOrder(StrictJson.trusted(part.getValue())));
      }
    }
    twins();
    flow();
    ids(fields, tracking);
    sums(object(StateParts.SUMS).path("sums"));
    losses(object(StateParts.SUMS));
    control(object(StateParts.CONTROL));
    userRules();
    head(head, fields);
    if (state.isConfigured()) {
      state.signsOfLife.promised(SilenceWatch.promisesUs(state), state.gateTimeUs);
    }
  }

  /** Known before ids are: they are forgotten by a parameter. */
  private void parameters(Fields head) throws UnreadableException {
    for (JsonNode node : object(StateParts.CONTROL).path("parameters")) {
      Fields command = new Fields((ObjectNode) node);
      state.parameterLayers.add(
          new CommandParameters(
              command.text("command_id"),
              ParameterSet.parse(Section.accepted("stored parameters", node.get("set"))),
              command.whole("from_us"),
              command.whole("until_us"),
              command.optionalFlag("replaces")));
    }
    state.parametersChanged();
    if (!head.isAbsent("params_version")) {
      state.paramsVersion = head.whole("params_version");
    }
  }

  /** Absent in the state of earlier builds. */
  private void userRules() throws UnreadableException {
    if (!parts.containsKey(StateParts.USER_RULES)) {
      return;
    }
    for (JsonNode node : object(StateParts.USER_RULES).path("commands")) {
      Fields said = new Fields((ObjectNode) node);
      JsonNode rule = node.get("rule");
      state.userRuleLayers.restore(
          new NamedRule(
              said.text("command_id"),
              said.text("name"),
              rule.isNull() ? null : UserRule.parse(Section.accepted("stored user rules", rule)),
              said.whole("from_us"),
              said.whole("until_us"),
              said.optionalFlag("replaces")));
    }
    state.readUserRules();
  }

  private void head(ObjectNode head, Fields fields) throws UnreadableException {
    state.journaled(fields.whole("seq"), fields.text("hash"));
    Long utcDay = fields.optionalTime("utc_day");
    state.utcDay = utcDay == null ? -1 : utcDay;
    state.limitsVersion = fields.whole("limits_version");
    state.nextOrderSweepUs = fields.whole("next_order_sweep_us");
    state.counters.duplicateIntents = fields.whole("duplicate_intents");
    state.counters.lateRepeats = fields.whole("late_repeats");
    state.counters.gateDecisions = orZero(fields.optionalTime("gate_decisions"));
    state.counters.intentsFromFront = fields.whole("intents_from_front");
    for (var venue : head.path("venues").properties()) {
      state.venues.put(venue.getKey(), VenueStatus.Status.valueOf(venue.getValue().textValue()));
    }
    for (JsonNode venue : head.path("unknown_venues")) {
      state.unknownVenues.add(venue.textValue());
    }
    for (JsonNode instrument : head.path("stale")) {
      state.stale.add(instrument.textValue());
    }
    for (var unheard : head.path("unheard_since_us").properties()) {
      state.unheardSinceUs.put(unheard.getKey(), unheard.getValue().longValue());
    }
    Long clockSlotUs = fields.optionalTime("clock_slot_us");
    state.clockSlotUs = clockSlotUs == null ? -1 : clockSlotUs;
    state.highWater.restoreFoldedBelow(fields.whole("below_high_water"));
    for (JsonNode chunk : fields.array("pending_chunks")) {
      state.pendingChunks.add((ConfigChunk) WireReader.recorded((ObjectNode) chunk));
    }
  }

  private void book(String account, ObjectNode stored) throws UnreadableException {
    AccountBook book = state.newBook(state.configuration.accounts().get(account));
    BookCodec.read(stored, book);
    state.books.put(account, book);
    state.sums.restoreEquity(book);
  }

  private void twins() throws UnreadableException {
    state.twins.want(state.isConfigured() && state.configuration.execution().twin());
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.TWIN)) {
        String account = part.getKey().substring(StateParts.TWIN.length());
        ObjectNode stored = StrictJson.trusted(part.getValue());
        Fields fields = new Fields(stored);
        AccountBook book = state.newTwinBook(state.configuration.accounts().get(account));
        BookCodec.read((ObjectNode) stored.get("book"), book);
        Twin twin = new Twin(book);
        twin.restore(
            fields.amount("peak"),
            fields.amount("deepest_drawdown"),
            new RoundTrips(fields.whole("round_trips"), fields.whole("won")),
            new RoundTrips(fields.whole("gated_round_trips"), fields.whole("gated_won")));
        state.twins.restore(account, twin);
      }
    }
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.TWIN_ORDER)) {
        String account = StateParts.accountOfOrder(StateParts.TWIN_ORDER, part.getKey());
        state
            .twins
            .all()
            .get(account)
            .book()
            .orders()
            .restore(BookCodec.readOrder(StrictJson.trusted(part.getValue())));
      }
    }
  }

  /**
   * Earlier builds kept fills among the other ids: those move over, and all pages are written anew,
   * because the numbers of the ids that stay have changed.
   */
  private void ids(Fields head, StateParts tracking) throws UnreadableException {
    long idsFromUs = state.isConfigured() ? state.idsFromUs(state.gateTimeUs) : Long.MIN_VALUE;
    long fillsFromUs = state.isConfigured() ? state.fillsFromUs(state.gateTimeUs) : Long.MIN_VALUE;
    List<IdWindow.Seen> moved = new ArrayList<>();
    for (IdWindow.Page page : pages(StateParts.IDS, tracking.ids())) {
      Map<Boolean, List<IdWindow.Seen>> byIsFill =
          page.ids().stream().collect(Collectors.partitioningBy(StateReader::isFill));
      state.ids.restore(new IdWindow.Page(page.first(), byIsFill.get(false)), idsFromUs);
      moved.addAll(byIsFill.get(true));
    }
    for (IdWindow.Page page : pages(StateParts.FILLS, tracking.fills())) {
      state.fills.restore(page, fillsFromUs);
    }
    state.ids.restoreCounts(head.whole("folded_ids"), orZero(head.optionalTime("forgotten_ids")));
    if (!head.isAbsent("folded_fills")) {
      state.fills.restoreCounts(head.whole("folded_fills"), head.whole("forgotten_fills"));
    }
    if (moved.isEmpty()) {
      tracking.ids().reach(state.ids.folded());
      tracking.fills().reach(state.fills.folded());
    } else {
      state.fills.restore(new IdWindow.Page(state.fills.folded(), moved), fillsFromUs);
    }
  }

  private void flow() throws UnreadableException {
    Map<String, ObjectNode> flow = new TreeMap<>();
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.FLOW)) {
        flow.put(
            part.getKey().substring(StateParts.FLOW.length()), StrictJson.trusted(part.getValue()));
      }
    }
    if (state.isConfigured()) {
      state.flow.restore(flow, state.configuration.rules().flow());
    }
  }

  private static boolean isFill(IdWindow.Seen seen) {
    return seen.id().startsWith(Message.Kind.FILL.wireName() + "\n");
  }

  private static long orZero(Long number) {
    return number == null ? 0 : number;
  }

  /** The stored pages of an id window, in the order of their numbers. */
  private Collection<IdWindow.Page> pages(String prefix, StateParts.Pages tracking)
      throws UnreadableException {
    Map<Long, IdWindow.Page> pages = new TreeMap<>();
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(prefix)) {
        long number = Long.parseLong(part.getKey().substring(prefix.length()));
        ObjectNode page = StrictJson.trusted(part.getValue());
        List<IdWindow.Seen> ids = new ArrayList<>();
        for (JsonNode seen : page.path("ids")) {
          ids.add(seen(seen));
        }
        pages.put(number, new IdWindow.Page(new Fields(page).whole("first"), ids));
        tracking.isStored(number);
      }
    }
    return pages.values();
  }

  private static IdWindow.Seen seen(JsonNode stored) {
    String content = stored.get(1).textValue();
    return new IdWindow.Seen(
        stored.get(0).textValue(),
        content.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(content, 0, 16),
        stored.get(2).textValue(),
        stored.get(3).intValue(),
        stored.get(4).longValue(),
        stored.get(6).longValue());
  }

  private void sums(JsonNode stored) {
    var maps = state.sums.stored();
    for (int i = 0; i < maps.size(); i++) {
      for (var sum : stored.get(i).properties()) {
        maps.get(i).put(Scope.parse(sum.getKey()), new BigDecimal(sum.getValue().textValue()));
      }
    }
  }

  /** Absent in the state of earlier builds: a week's loss is counted from the day's start then. */
  private void losses(ObjectNode sums) throws UnreadableException {
    Losses losses = state.sums.losses();
    for (var scope : sums.path("week").properties()) {
      TreeMap<Long, BigDecimal> starts = new TreeMap<>();
      for (var start : scope.getValue().properties()) {
        starts.put(Long.valueOf(start.getKey()), new BigDecimal(start.getValue().textValue()));
      }
      losses.week().put(Scope.parse(scope.getKey()), starts);
    }
    for (JsonNode node : sums.path("rearmed")) {
      Fields from = new Fields((ObjectNode) node);
      losses.rearm(breaker(from), from.amount("equity"), from.whole("utc_day"));
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

  private void control(ObjectNode control) throws UnreadableException {
    for (JsonNode node : control.path("halts")) {
      Fields halt = new Fields((ObjectNode) node);
      state.halts.add(
          new Halts.Halt(
              halt.text("command_id"),
              Scope.parse(halt.text("scope")),
              halt.whole("from_us"),
              halt.whole("until_us"),
              halt.optionalFlag("reduces")));
    }
    for (JsonNode node : control.path("limits")) {
      Fields command = new Fields((ObjectNode) node);
      Scope scope = Scope.parse(command.text("scope"));
      LimitSet limits =
          LimitSet.parse(Section.accepted("stored limits", node.get("limits")), scope.kind());
      state.layers.add(
          new CommandLimits(
              command.text("command_id"),
              scope,
              limits,
              command.whole("from_us"),
              command.whole("until_us"),
              command.isAbsent("replaces")
                  ? state.configuration.authority() == Configuration.Authority.OPEN
                  : command.optionalFlag("replaces")));
    }
    for (var account : control.path("open_breaks").properties()) {
      account.getValue().forEach(thing -> state.breaks.found(account.getKey(), thing.textValue()));
    }
    for (JsonNode node : control.path("signs_of_life")) {
      Fields sign = new Fields((ObjectNode) node);
      state.signsOfLife.restore(Scope.parse(sign.text("scope")), sign.whole("at_us"));
    }
    for (JsonNode node : control.path("restrictions")) {
      Fields restriction = new Fields((ObjectNode) node);
      state.restrictions.add(
          new Restrictions.Restriction(
              restriction.text("command_id"),
              Scope.parse(restriction.text("scope")),
              new Restrictions.Target(
                  restriction.enumOf("kind", Restrictions.Kind.class), restriction.text("name")),
              restriction.whole("from_us"),
              restriction.whole("until_us")));
    }
    for (JsonNode node : control.path("overrides")) {
      Fields override = new Fields((ObjectNode) node);
      List<String> rules = new ArrayList<>();
      override.array("rules").forEach(rule -> rules.add(rule.textValue()));
      state.overrides.add(
          new NamedOverride(
              override.text("command_id"),
              override.text("account"),
              override.text("intent_id"),
              rules,
              override.whole("from_us"),
              override.whole("until_us")));
    }
    if (control.path("rollout") instanceof ObjectNode stored) {
      Fields rollout = new Fields(stored);
      state.rollout.start(
          RolloutPlan.parse(Section.accepted("stored rollout", stored.path("plan"))),
          rollout.optionalText("command_id"),
          0);
      state.rollout.restore(
          (int) rollout.whole("phase"),
          rollout.whole("since_us"),
          new RolloutHealth.Seen(
              rollout.whole("decisions"),
              rollout.whole("refusals"),
              rollout.whole("errors"),
              0,
              rollout.whole("breaches")));
    }
    for (JsonNode node : control.path("breaches")) {
      Fields breach = new Fields((ObjectNode) node);
      state.breaches.put(
          new Breach(
              breaker(breach),
              breach.whole("since_us"),
              breach.whole("until_us"),
              breach.optionalAmount("bound"),
              breach.optionalFlag("rearms")));
    }
    for (JsonNode node : control.path("trips")) {
      Fields trips = new Fields((ObjectNode) node);
      state.breaches.trips().put(breaker(trips), trips.whole("times"));
    }
    announced(control);
  }

  /** Absent in the state of earlier builds: states and uses are announced once more then. */
  private void announced(ObjectNode control) throws UnreadableException {
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

  private static Breaker breaker(Fields fields) throws UnreadableException {
    return new Breaker(
        fields.enumOf("key", LimitKey.class),
        Scope.parse(fields.text("scope")),
        fields.enumOf("then", Consequence.class),
        fields.enumOf("release", Release.Kind.class));
  }

  private ObjectNode object(String part) throws UnreadableException {
    return StrictJson.trusted(parts.get(part));
  }
}
