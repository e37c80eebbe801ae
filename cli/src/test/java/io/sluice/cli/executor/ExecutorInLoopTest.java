package io.sluice.cli.executor;

import static io.sluice.cli.executor.Desk.BTC;
import static io.sluice.cli.executor.Desk.SECOND;
import static io.sluice.cli.executor.Loop.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/**
 * The gate and the executor in a loop, whatever happens between them: late and repeated decisions,
 * silence of the gate, kills at any point of a write. Every approval ends once, nothing is done
 * twice, and the gate's books say what was filled.
 */
class ExecutorInLoopTest {
  private static final int TRIES = 500;

  enum What {
    MARKET,
    LIMIT,
    IOC,
    FOK,
    REDUCE,
    AMEND,
    CANCEL,
    TRADE,
    TIME,
    SILENCE,
    DECIDE_LATER,
    LATE,
    REPEAT,
    DELIVER,
    RESTART,
    KILL_IN_DECISION,
    KILL_IN_TRADE,
    STOP
  }

  /** What an ordinary day is made of. */
  private static final List<What> USUAL =
      List.of(What.MARKET, What.LIMIT, What.LIMIT, What.AMEND, What.TRADE, What.TIME, What.TIME);

  record Move(What what, int where, int amount) {}

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(What.class)), Tuple.of(4, Arbitraries.of(USUAL))),
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(1, 40))
        .as(Move::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = TRIES)
  void every_approval_ends_once_and_the_books_say_what_was_filled(
      @ForAll("moves") List<Move> moves) {
    Loop loop = new Loop(0.15, 3);
    List<Decision> waiting = new ArrayList<>();
    for (Move move : moves) {
      make(loop, move, waiting);
    }
    waiting.forEach(loop::decide);
    loop.desk().latency();
    loop.desk().start();
    loop.deliverAll();

    everyApprovalEndedOnce(loop);
    theGateAgrees(loop);
  }

  private static void make(Loop loop, Move move, List<Decision> waiting) {
    String account = move.where() % 2 == 0 ? "demo" : "other";
    String instrument = move.where() / 2 % 2 == 0 ? BTC : ETH;
    Side side = move.where() < 5 ? Side.BUY : Side.SELL;
    String qty = new BigDecimal(move.amount()).movePointLeft(1).toPlainString();
    String price = String.valueOf((instrument.equals(BTC) ? 80 : 30) + move.amount());
    Desk desk = loop.desk();
    switch (move.what()) {
      case MARKET ->
          loop.decide(loop.intend(account, instrument, side, qty, null, TimeInForce.IOC));
      case LIMIT ->
          loop.decide(loop.intend(account, instrument, side, qty, price, TimeInForce.GTC));
      case IOC -> loop.decide(loop.intend(account, instrument, side, qty, price, TimeInForce.IOC));
      case FOK -> loop.decide(loop.intend(account, instrument, side, qty, price, TimeInForce.FOK));
      case REDUCE -> loop.decide(loop.reduce(account, instrument, Side.SELL, qty));
      case AMEND -> {
        Order order = order(loop, account, move);
        if (order != null) {
          String limit = order.limitPrice() == null || move.amount() % 2 == 0 ? null : price;
          loop.decide(loop.amend(account, order.instrument(), order.intentId(), qty, limit));
        }
      }
      case CANCEL -> {
        Order order = order(loop, account, move);
        if (order != null) {
          loop.decide(loop.cancel(account, order.instrument(), order.intentId()));
        }
      }
      case TRADE -> loop.trade(instrument, price, qty);
      case TIME -> desk.advance(move.amount() * 10_000L).heartbeat();
      case SILENCE -> desk.advance(61 * SECOND);
      case DECIDE_LATER ->
          waiting.add(loop.intend(account, instrument, side, qty, price, TimeInForce.GTC));
      case LATE -> {
        waiting.forEach(loop::decide);
        waiting.clear();
      }
      case REPEAT -> {
        if (!loop.decisions().isEmpty()) {
          loop.decide(loop.decisions().get(move.amount() % loop.decisions().size()));
        }
      }
      case DELIVER -> loop.deliver(move.where(), move.amount() % 8);
      case RESTART -> desk.start().heartbeat();
      case KILL_IN_DECISION -> {
        Decision decision = loop.intend(account, instrument, side, qty, price, TimeInForce.GTC);
        desk.killedWhenWritten(move.where() % 3, () -> loop.decide(decision)).heartbeat();
        waiting.add(decision);
      }
      case KILL_IN_TRADE ->
          desk.killedWhenWritten(move.where(), () -> loop.trade(instrument, price, qty))
              .heartbeat();
      case STOP -> desk.stop().start().heartbeat();
    }
  }

  private static Order order(Loop loop, String account, Move move) {
    List<Order> orders = new ArrayList<>(loop.books().get(account).orders().all());
    if (move.where() > 1) {
      orders.removeIf(Order::terminal);
    }
    return orders.isEmpty() ? null : orders.get(move.amount() % orders.size());
  }

  private static void everyApprovalEndedOnce(Loop loop) {
    Set<String> fillIds = new HashSet<>();
    for (Decision decision : loop.decisions()) {
      boolean isApproved = decision.ruling().approvedQty().signum() > 0;
      String id = decision.intentId();
      List<OrderStatus> statuses = loop.desk().statuses(id);
      BigDecimal filled = BigDecimal.ZERO;
      for (Fill fill : loop.desk().fills(id)) {
        assertThat(fillIds.add(fill.fillId())).as("%s comes once", fill).isTrue();
        filled = filled.add(fill.qty());
      }
      if (decision.action() == Action.AMEND) {
        assertThat(statuses).as("answers to amendment %s", id).hasSize(isApproved ? 1 : 0);
        assertThat(filled).isZero();
        continue;
      }
      if (!isApproved && decision.action() != Action.CANCEL) {
        assertThat(statuses).as("of %s, which was refused", id).isEmpty();
        assertThat(filled).isZero();
        continue;
      }
      assertThat(statuses.stream().filter(status -> status.status().isTerminal()))
          .as("ends of %s: %s", id, statuses)
          .hasSize(1);
      OrderStatus last = statuses.get(statuses.size() - 1);
      assertThat(last.status().isTerminal()).as("nothing is said of %s after its end", id).isTrue();
      assertThat(last.cumQty()).as("filled of %s", id).isEqualByComparingTo(filled);
      assertThat(last.leavesQty()).isZero();
      if (last.status() == Status.EXPIRED || last.status() == Status.REJECTED) {
        assertThat(filled).as("of %s, which did not get to the venue's book", id).isZero();
      }
      assertThat(statuses)
          .extracting(OrderStatus::cumQty)
          .isSortedAccordingTo(BigDecimal::compareTo);
    }
  }

  private static void theGateAgrees(Loop loop) {
    Map<String, BigDecimal> positions = new TreeMap<>();
    BigDecimal cash = new BigDecimal("10000");
    for (Report report : loop.desk().written()) {
      if (report.message() instanceof Fill fill) {
        BigDecimal signed = fill.side() == Side.BUY ? fill.qty() : fill.qty().negate();
        positions.merge(
            PaperVenue.holding(fill.account(), fill.instrument()), signed, BigDecimal::add);
        if (fill.account().equals("demo")) {
          cash = cash.subtract(signed.multiply(fill.price())).subtract(fill.fee());
        }
      }
    }
    for (AccountBook book : loop.books().values()) {
      for (Order order : book.orders().all()) {
        assertThat(order.terminal()).as("%s has ended", order).isTrue();
        assertThat(order.openQty()).as("%s reserves nothing", order).isZero();
        assertThat(order.filled()).isLessThanOrEqualTo(mostApproved(loop, order));
      }
      assertThat(book.reservedCash()).isZero();
      List<AccountSnapshot.Holding> held = new ArrayList<>();
      for (Holding holding : book.holdings()) {
        BigDecimal sum =
            positions.getOrDefault(
                PaperVenue.holding(book.account().id(), holding.instrument()), BigDecimal.ZERO);
        assertThat(holding.position().qty()).isEqualByComparingTo(sum);
        held.add(new AccountSnapshot.Holding(holding.instrument(), sum, BigDecimal.ONE));
      }
      BigDecimal expected = book.account().id().equals("demo") ? cash : book.cash();
      loop.reconcile(
          new AccountSnapshot(book.account().id(), "USD", expected, held, loop.desk().nowUs()));
    }
    assertThat(loop.events())
        .as("the venue's view and the gate's are one")
        .extracting(Event::type)
        .doesNotContain(Event.Type.RECON_BREAK, Event.Type.UNKNOWN_ACCOUNT);
  }

  /** The largest total any decision approved for an order. */
  private static BigDecimal mostApproved(Loop loop, Order order) {
    return loop.decisions().stream()
        .filter(
            decision ->
                decision.intentId().equals(order.intentId())
                    || decision.action() == Action.AMEND
                        && order.intentId().equals(decision.targetIntentId()))
        .map(decision -> decision.ruling().approvedQty())
        .max(BigDecimal::compareTo)
        .orElseThrow();
  }

  @Test
  void an_account_answers_NOT_INITIALISED_until_the_executor_has_spoken() {
    Loop loop = new Loop(0, 2);
    assertThat(loop.books().values()).allMatch(AccountBook::isInitialised);

    Decision buy = loop.intend("demo", BTC, Side.BUY, "1", null, TimeInForce.IOC);
    assertThat(buy.ruling().approvedQty()).isEqualByComparingTo("1");
    assertThat(loop.books().get("demo").orders().get("i-0").openQty()).isEqualByComparingTo("1");
    loop.decide(buy);
    loop.desk().latency();
    loop.deliver(0, 10);
    assertThat(loop.books().get("demo").orders().get("i-0").openQty())
        .as("what the venue filled stays reserved until the fills come")
        .isEqualByComparingTo("1");
    loop.deliverAll();

    AccountBook demo = loop.books().get("demo");
    assertThat(demo.orders().get("i-0").openQty()).isZero();
    assertThat(demo.holding(BTC).position().qty()).isEqualByComparingTo("1");
    assertThat(demo.cash()).as("10000 - 100.1 - 0.2 %").isEqualByComparingTo("9899.6998");
    assertThat(demo.fees()).isEqualByComparingTo("0.2002");
  }

  @Test
  void an_approval_that_is_not_sent_frees_what_it_reserved() {
    Loop loop = new Loop(0, 2);
    Decision buy = loop.intend("demo", BTC, Side.BUY, "1", "99", TimeInForce.GTC);
    assertThat(loop.books().get("demo").reservedCash()).isEqualByComparingTo("99.198");
    loop.desk().advance(5 * SECOND);
    loop.decide(buy);
    loop.deliverAll();

    assertThat(loop.desk().statuses("i-0"))
        .extracting(OrderStatus::status)
        .containsExactly(Status.EXPIRED);
    assertThat(loop.books().get("demo").reservedCash()).isZero();
  }
}
