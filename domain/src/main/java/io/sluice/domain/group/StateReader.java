package io.sluice.domain.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.BookCodec;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Correlation;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.StoredVersion;
import io.sluice.domain.wire.WireReader;
import java.util.ArrayList;
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
      StandingCommandsCodec.readParameters(object(StateParts.CONTROL), state);
      if (!fields.isAbsent("params_version")) {
        state.paramsVersion = fields.whole("params_version");
      }
    }
    for (var part : parts.entrySet()) {
      if (part.getKey().startsWith(StateParts.MARK)) {
        Mark mark = (Mark) WireReader.recorded(StrictJson.trusted(part.getValue()));
        MarkFold.put(state, mark);
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
    SumsCodec.read(object(StateParts.SUMS), state);
    StandingCommandsCodec.read(object(StateParts.CONTROL), state);
    ConsequencesCodec.read(object(StateParts.CONTROL), state);
    if (parts.containsKey(StateParts.USER_RULES)) {
      // Absent in the state of earlier builds.
      UserRulesCodec.read(object(StateParts.USER_RULES), state);
    }
    HeadCodec.read(head, state);
    if (state.isConfigured()) {
      state.signsOfLife.promised(SilenceWatch.promisesUs(state), state.gateTimeUs);
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
        AccountBook book = state.newTwinBook(state.configuration.accounts().get(account));
        Twin twin = TwinCodec.read(StrictJson.trusted(part.getValue()), book);
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
    for (IdWindow.Page page : tracking.ids().read(parts)) {
      Map<Boolean, List<IdWindow.Seen>> byIsFill =
          page.ids().stream().collect(Collectors.partitioningBy(StateReader::isFill));
      state.ids.restore(new IdWindow.Page(page.first(), byIsFill.get(false)), idsFromUs);
      moved.addAll(byIsFill.get(true));
    }
    for (IdWindow.Page page : tracking.fills().read(parts)) {
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

  private ObjectNode object(String part) throws UnreadableException {
    return StrictJson.trusted(parts.get(part));
  }
}
