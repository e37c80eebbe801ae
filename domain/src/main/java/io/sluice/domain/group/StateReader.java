package io.sluice.domain.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.BookCodec;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.VenueStatus;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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
      reader.read();
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

  private void read() throws UnreadableException {
    ObjectNode head = object(StateParts.HEAD);
    Fields fields = new Fields(head);
    state.gateTimeUs = fields.whole("gate_time_us");
    if (parts.containsKey(StateParts.CONFIG)) {
      Configuration configuration =
          Configuration.parse("stored configuration", object(StateParts.CONFIG));
      state.configuration = configuration;
      state.configurationHash = fields.text("configuration_hash");
      state.layers.configure(configuration.limits());
    }
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.MARK)) {
        Mark mark = (Mark) WireReader.recorded(StrictJson.trusted(part.getValue()));
        state.marks.put(mark.instrument(), mark);
      }
    }
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.BOOK)) {
        book(
            part.getKey().substring(StateParts.BOOK.length()), StrictJson.trusted(part.getValue()));
      } else if (part.getKey().startsWith(StateParts.IDS)) {
        ids(StrictJson.trusted(part.getValue()).path("ids"));
      }
    }
    sums(object(StateParts.SUMS).path("sums"));
    control(object(StateParts.CONTROL));
    head(head, fields);
  }

  private void head(ObjectNode head, Fields fields) throws UnreadableException {
    state.journaled(fields.whole("seq"), fields.text("hash"));
    Long utcDay = fields.optionalTime("utc_day");
    state.utcDay = utcDay == null ? -1 : utcDay;
    state.limitsVersion = fields.whole("limits_version");
    state.nextOrderSweepUs = fields.whole("next_order_sweep_us");
    state.counters.duplicateIntents = fields.whole("duplicate_intents");
    state.counters.lateRepeats = fields.whole("late_repeats");
    state.counters.intentsFromFront = fields.whole("intents_from_front");
    for (var venue : head.path("venues").properties()) {
      state.venues.put(venue.getKey(), VenueStatus.Status.valueOf(venue.getValue().textValue()));
    }
    Map<String, Long> highWater = new HashMap<>();
    for (var mark : head.path("high_water").properties()) {
      highWater.put(mark.getKey(), mark.getValue().longValue());
    }
    state.ids.restore(highWater, fields.whole("below_high_water"));
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

  private void ids(JsonNode page) {
    for (JsonNode seen : page) {
      Cause cause =
          new Cause(
              seen.get(2).textValue(),
              seen.get(3).intValue(),
              seen.get(4).longValue(),
              seen.get(5).intValue());
      state.ids.restore(
          new IdWindow.Seen(
              seen.get(0).textValue(), seen.get(1).textValue(), cause, seen.get(6).longValue()));
    }
  }

  private void sums(JsonNode stored) {
    var maps = state.sums.stored();
    for (int i = 0; i < maps.size(); i++) {
      for (var sum : stored.get(i).properties()) {
        maps.get(i).put(Scope.parse(sum.getKey()), new BigDecimal(sum.getValue().textValue()));
      }
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
              halt.whole("until_us")));
    }
    for (JsonNode node : control.path("limits")) {
      Fields command = new Fields((ObjectNode) node);
      Scope scope = Scope.parse(command.text("scope"));
      LimitSet limits =
          LimitSet.parse(Section.root("stored limits", node.get("limits")), scope.kind());
      state.layers.add(
          new CommandLimits(
              command.text("command_id"),
              scope,
              limits,
              command.whole("from_us"),
              command.whole("until_us")));
    }
    for (JsonNode node : control.path("breaches")) {
      Fields breach = new Fields((ObjectNode) node);
      state.breaches.put(
          new Breach(
              breach.enumOf("key", LimitKey.class),
              Scope.parse(breach.text("scope")),
              breach.enumOf("then", Consequence.class),
              breach.enumOf("release", Release.Kind.class),
              breach.whole("since_us"),
              breach.whole("until_us")));
    }
  }

  private ObjectNode object(String part) throws UnreadableException {
    return StrictJson.trusted(parts.get(part));
  }
}
