package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The orders that the gate itself makes to close positions. Each is a decision of its own, is
 * reserved like any other, is reduce-only, and passes while trading is halted. At most one is at
 * work for a position.
 */
final class GateOrders {
  /** A position, and the order that closes it. */
  record Live(String account, String instrument, String intentId, long fillableFromUs) {}

  private record Place(String account, String instrument) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byAccount = account.compareTo(other.account);
      return byAccount != 0 ? byAccount : instrument.compareTo(other.instrument);
    }
  }

  /**
   * How many orders of its own, and how many requests for cancels, the gate makes of one entry: all
   * that an entry brings about stands in one journal line, a closing takes up to 2 KB of it and a
   * request up to 1 KB, and a line of more than 4 MiB the journal's topic would refuse for ever.
   */
  static final int OF_AN_ENTRY = 1_000;

  private final Map<Place, Live> live = new TreeMap<>();

  boolean isEmpty() {
    return live.isEmpty();
  }

  /** Sorted by account and instrument. */
  List<Live> all() {
    return List.copyOf(live.values());
  }

  void restore(Live order) {
    live.put(new Place(order.account, order.instrument), order);
  }

  /** The orders of an instrument that paper execution fills now. */
  List<Live> due(String instrument, long nowUs) {
    List<Live> due = new ArrayList<>(0);
    for (Live order : live.values()) {
      if (order.instrument.equals(instrument) && order.fillableFromUs <= nowUs) {
        due.add(order);
      }
    }
    return due;
  }

  void done(Live order) {
    live.remove(new Place(order.account, order.instrument));
  }

  /**
   * Closes every position of a scope, and asks for the cancel of what rests there, as far as one
   * entry holds; where something is left, an event says so.
   */
  static void flatten(
      GroupState state, Scope scope, Decision.Origin origin, String why, Effects effects) {
    if (isTriedOut(state, origin)) {
      return;
    }
    int left = 0;
    for (AccountBook book : state.books.values()) {
      for (Holding holding : List.copyOf(book.holdings())) {
        if (isIn(book, holding.instrument(), scope)
            && !close(state, book, holding, origin, why, effects)) {
          left++;
        }
      }
    }
    if (left > 0) {
      unfinished(scope, "positions", left, why, effects);
    }
    requestCancels(state, scope, origin, why, effects);
  }

  private static void unfinished(Scope scope, String what, int left, String why, Effects effects) {
    effects.event(
        Event.Type.FLATTEN_UNFINISHED,
        Event.Severity.CRITICAL,
        scope.toString(),
        null,
        detail ->
            detail
                .name("what")
                .value(what)
                .name("left")
                .value(left)
                .name("at_once")
                .value(OF_AN_ENTRY)
                .name("by")
                .value(why));
  }

  /** Asks for the cancel of each order of strategies that is at work in a scope. */
  static void requestCancels(
      GroupState state, Scope scope, Decision.Origin origin, String why, Effects effects) {
    if (isTriedOut(state, origin)) {
      return;
    }
    int left = 0;
    int asked = requests(effects);
    for (AccountBook book : state.books.values()) {
      for (Order order : book.orders().all()) {
        boolean isOfGate = order.intentId().startsWith(Intent.INTERNAL_PREFIX);
        if (!order.terminal() && !isOfGate && isIn(book, order, scope)) {
          if (asked >= OF_AN_ENTRY) {
            left++;
            continue;
          }
          asked++;
          effects.event(
              Event.Type.CANCEL_REQUEST,
              Event.Severity.WARNING,
              Scope.account(book.account().id()).toString(),
              order.instrument(),
              detail ->
                  detail
                      .name("intent_id")
                      .value(order.intentId())
                      .name("leaves_qty")
                      .value(order.openQty())
                      .name("by")
                      .value(why));
        }
      }
    }
    if (left > 0) {
      unfinished(scope, "orders", left, why, effects);
    }
  }

  private static int requests(Effects effects) {
    return (int)
        effects.events().stream()
            .filter(event -> event.type() == Event.Type.CANCEL_REQUEST)
            .count();
  }

  private static boolean isIn(AccountBook book, Order order, Scope scope) {
    return scope.kind() == Scope.Kind.STRATEGY
        ? scope.equals(Scope.strategy(book.account().id(), String.valueOf(order.strategy())))
        : isIn(book, order.instrument(), scope);
  }

  private static boolean isIn(AccountBook book, String instrument, Scope scope) {
    return switch (scope.kind()) {
      case FIRM -> true;
      case DESK -> scope.name().equals(book.account().desk());
      case ACCOUNT -> scope.name().equals(book.account().id());
      // A position is an account's: which strategy it came from is not kept.
      case STRATEGY -> false;
      case INSTRUMENT -> scope.name().equals(instrument);
      case VENUE -> scope.name().equals(Instrument.venueOf(instrument));
    };
  }

  /**
   * A gate that is not in force for all orders does not trade by itself; people's orders it does.
   */
  private static boolean isTriedOut(GroupState state, Decision.Origin origin) {
    return origin == Decision.Origin.STOP && !state.rollout.isFull();
  }

  /**
   * Closes one position, unless an order of the gate is doing so.
   *
   * @return false where it stays as it is, because the entry holds no more
   */
  static boolean close(
      GroupState state,
      AccountBook book,
      Holding holding,
      Decision.Origin origin,
      String why,
      Effects effects) {
    Place place = new Place(book.account().id(), holding.instrument());
    Live before = state.gateOrders.live.get(place);
    Order atWork = before == null ? null : book.orders().get(before.intentId);
    boolean isClosing = atWork != null && !atWork.terminal() && atWork.openQty().signum() > 0;
    if (isTriedOut(state, origin)
        || isClosing
        || holding.position().isFlat()
        || !book.isInitialised()) {
      return true;
    }
    if (effects.decisions().size() >= OF_AN_ENTRY) {
      return false;
    }
    Order order = order(state, book, holding, effects);
    effects.decide(decision(state, book, order, origin, holding, effects));
    book.orders().place(order);
    state.touch(book.account().id());
    state.counters.gateDecisions++;
    long latencyUs = state.configuration.execution().latencyUs();
    state.gateOrders.restore(
        new Live(
            book.account().id(),
            holding.instrument(),
            order.intentId(),
            state.gateTimeUs + latencyUs));
    effects.event(
        Event.Type.EXIT,
        Event.Severity.WARNING,
        Scope.account(book.account().id()).toString(),
        holding.instrument(),
        detail ->
            detail
                .name("action")
                .value(why)
                .name("intent_id")
                .value(order.intentId())
                .name("qty")
                .value(order.qty())
                .name("mark")
                .value(holding.mark()));
    return true;
  }

  private static Order order(GroupState state, AccountBook book, Holding holding, Effects effects) {
    BigDecimal qty = holding.position().qty();
    // A decision's place in the journal is taken once.
    String id =
        Intent.INTERNAL_PREFIX
            + "close:"
            + state.group()
            + ":"
            + effects.seq()
            + ":"
            + effects.nextSub();
    BigDecimal price = holding.mark() == null ? holding.position().averagePrice() : holding.mark();
    return new Order(
        id,
        id,
        null,
        holding.instrument(),
        qty.signum() > 0 ? Side.SELL : Side.BUY,
        OrderType.MARKET,
        TimeInForce.IOC,
        qty.abs(),
        null,
        price,
        true,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        false,
        null,
        state.gateTimeUs);
  }

  private static Decision decision(
      GroupState state,
      AccountBook book,
      Order order,
      Decision.Origin origin,
      Holding holding,
      Effects effects) {
    return new Decision(
        order.intentId(),
        origin,
        state.group(),
        book.account().id(),
        null,
        order.instrument(),
        Action.NEW,
        null,
        order.side(),
        order.type(),
        null,
        order.timeInForce(),
        true,
        order.qty(),
        new Ruling(Verdict.ALLOW, order.qty(), List.of(), List.of(), null),
        holding.mark(),
        null,
        null,
        new Decision.Metrics(book.equity(), holding.position().qty(), null, null),
        state.limitsVersion(),
        state.paramsVersion(),
        Decision.Rollout.FULL,
        null,
        state.gateTimeUs,
        state.gateTimeUs,
        state.gateTimeUs + state.parameters.validForUs(),
        effects.seq(),
        effects.nextSub());
  }
}
