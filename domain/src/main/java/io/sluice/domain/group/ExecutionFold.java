package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.account.Position;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.PaperTick;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Books what the execution side reports: fills, order statuses and position snapshots, and paper
 * execution's ticks.
 */
final class ExecutionFold {

  static IdWindow.Known known(GroupState state, Fill fill, Cause cause, long gateTimeUs) {
    return state.fills.know(
        id(fill),
        () -> content(fill),
        cause,
        highWaterKey(fill, cause),
        fill.eventTimeUs(),
        state.fillsFromUs(gateTimeUs));
  }

  void fold(GroupState state, Fill fill, Cause cause, IdWindow.Known known, Effects effects) {
    if (known != IdWindow.Known.NEW) {
      state.highWater.passed(highWaterKey(fill, cause), cause);
    }
    switch (known) {
      case SAME_RECORD, SAME_CONTENT -> {
        // The execution has been booked; a report that comes twice is none.
      }
      case OTHER_CONTENT ->
          reconBreak(
              state,
              effects,
              fill.account(),
              "fill",
              fill.instrument(),
              detail ->
                  detail
                      .name("fill_id")
                      .value(fill.fillId())
                      .name("why")
                      .value("the fill_id came again with other content"));
      case NEW -> {
        state.fills.fold(
            id(fill), content(fill), cause, highWaterKey(fill, cause), state.gateTimeUs);
        book(state, fill, effects);
      }
    }
  }

  private static String id(Fill fill) {
    return IdWindow.key(Message.Kind.FILL, fill.account(), fill.fillId());
  }

  private static long content(Fill fill) {
    return Sha256.prefix(fill.toJson());
  }

  private static String highWaterKey(Fill fill, Cause cause) {
    return HighWater.key(cause, fill.instrument(), Message.Kind.FILL);
  }

  private static void book(GroupState state, Fill fill, Effects effects) {
    AccountBook book = state.books.get(fill.account());
    if (book == null) {
      unknownAccount(effects, fill.account(), "fill " + fill.fillId());
      return;
    }
    BigDecimal roundTrip = book.book(fill, state.gateTimeUs);
    state.twins.gated(fill.account(), roundTrip);
    FlowFold.filled(state, book, fill);
    if (state.multiplier(fill.instrument(), book.account()) == null) {
      reconBreak(
          state,
          effects,
          fill.account(),
          OpenBreaks.RATE,
          fill.instrument(),
          detail ->
              detail
                  .name("fill_id")
                  .value(fill.fillId())
                  .name("why")
                  .value(
                      "the fill is booked as if it were priced in "
                          + book.account().currency()
                          + ": there is no rate to the account's currency"));
    }
    if (!book.isFeeBooked(fill) && fill.fee().signum() != 0) {
      reconBreak(
          state,
          effects,
          fill.account(),
          "fee",
          fill.instrument(),
          detail ->
              detail
                  .name("fill_id")
                  .value(fill.fillId())
                  .name("why")
                  .value(
                      "the fee is in "
                          + fill.feeCurrency()
                          + " and is not booked: there is no rate to the account's currency"));
    }
    state.touch(fill.account());
    state.sums.moved(List.of(book));
    CountWatch.checkLosses(state, book, effects);
    EquityWatch.check(state, List.of(book), effects);
  }

  void fold(GroupState state, OrderStatus status, Effects effects) {
    AccountBook book = state.books.get(status.account());
    if (book == null) {
      unknownAccount(effects, status.account(), "status of " + status.intentId());
      return;
    }
    Order order = book.orders().of(status.intentId());
    if (order != null && !order.instrument().equals(status.instrument())) {
      reconBreak(
          state,
          effects,
          status.account(),
          "status",
          status.instrument(),
          detail ->
              detail
                  .name("intent_id")
                  .value(status.intentId())
                  .name("why")
                  .value(
                      "the status is not taken: it names "
                          + status.instrument()
                          + ", the order is in "
                          + order.instrument()));
      return;
    }
    book.orders().apply(status, state.gateTimeUs);
    state.touch(status.account());
  }

  void fold(GroupState state, AccountSnapshot snapshot, Effects effects) {
    AccountBook book = state.books.get(snapshot.account());
    if (book == null) {
      unknownAccount(effects, snapshot.account(), "position snapshot");
      return;
    }
    if (!book.account().currency().equals(snapshot.currency())) {
      reconBreak(
          state,
          effects,
          snapshot.account(),
          "currency",
          null,
          detail ->
              detail
                  .name("why")
                  .value(
                      "the snapshot is in "
                          + snapshot.currency()
                          + ", the account in "
                          + book.account().currency()));
      return;
    }
    Map<String, Position> positions = positions(snapshot);
    if (book.hasSnapshot()) {
      compare(state, book, snapshot, positions, effects);
      return;
    }
    book.start(snapshot.cash(), positions, snapshot.eventTimeUs());
    state.touch(snapshot.account());
    state.sums.rebased(book);
    CountWatch.checkLosses(state, book, effects);
    EquityWatch.check(state, List.of(book), effects);
  }

  private static Map<String, Position> positions(AccountSnapshot snapshot) {
    Map<String, Position> positions = new TreeMap<>();
    for (AccountSnapshot.Holding holding : snapshot.positions()) {
      positions.put(holding.instrument(), Position.at(holding.qty(), holding.avgPrice()));
    }
    return positions;
  }

  /**
   * Later snapshots change nothing; what they say otherwise than the books is reported. One that
   * agrees in everything resolves whatever was reported before.
   */
  private static void compare(
      GroupState state,
      AccountBook book,
      AccountSnapshot snapshot,
      Map<String, Position> positions,
      Effects effects) {
    String account = snapshot.account();
    boolean agrees = agrees(state, account, "cash", null, book.cash(), snapshot.cash(), effects);
    Map<String, BigDecimal> booked = new TreeMap<>();
    for (Holding holding : book.holdings()) {
      booked.put(holding.instrument(), holding.position().qty());
    }
    positions.keySet().forEach(instrument -> booked.putIfAbsent(instrument, BigDecimal.ZERO));
    for (var position : booked.entrySet()) {
      String instrument = position.getKey();
      BigDecimal theirs = positions.getOrDefault(instrument, Position.FLAT).qty();
      agrees &= agrees(state, account, "qty", instrument, position.getValue(), theirs, effects);
    }
    if (agrees) {
      state.breaks.resolve(account);
    }
    CountWatch.checkBreaks(state, book, effects);
  }

  /** Whether ours and theirs are the same; where not, that is reported. */
  private static boolean agrees(
      GroupState state,
      String account,
      String field,
      String instrument,
      BigDecimal ours,
      BigDecimal theirs,
      Effects effects) {
    String thing = instrument == null ? field : field + " " + instrument;
    if (ours.compareTo(theirs) == 0) {
      state.breaks.agrees(account, thing);
      return true;
    }
    reconBreak(state, effects, account, thing, instrument, difference(field, ours, theirs));
    return false;
  }

  private static Consumer<JsonWriter> difference(String field, BigDecimal ours, BigDecimal theirs) {
    return detail ->
        detail.name("field").value(field).name("booked").value(ours).name("reported").value(theirs);
  }

  /** A watched intent met the market, and so did that of the account's twin. */
  void fold(GroupState state, PaperTick tick, Effects effects) {
    AccountBook book = state.books.get(tick.account());
    if (book != null
        && PaperExecution.meet(state, book, tick, fill -> book(state, fill, effects))) {
      state.touch(tick.account());
    }
    Twin twin = state.twins.get(tick.account());
    if (twin != null) {
      twin.meet(state, tick);
    }
  }

  /**
   * The books and the venue differ.
   *
   * @param thing what in, so that the same thing again is no second difference
   */
  private static void reconBreak(
      GroupState state,
      Effects effects,
      String account,
      String thing,
      String instrument,
      Consumer<JsonWriter> detail) {
    effects.event(
        Event.Type.RECON_BREAK,
        Event.Severity.ERROR,
        "account:" + account,
        instrument,
        json -> detail.accept(json.name("rule").value("R40")));
    AccountBook book = state.books.get(account);
    if (book != null) {
      state.breaks.found(account, thing);
      CountWatch.checkBreaks(state, book, effects);
    }
  }

  private static void unknownAccount(Effects effects, String account, String what) {
    effects.event(
        Event.Type.UNKNOWN_ACCOUNT,
        Event.Severity.ERROR,
        "account:" + account,
        null,
        detail -> detail.name("what").value(what));
  }
}
