package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.group.Play.Move;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Reservations never leak, and sums are the sum of their parts, whatever happens in whatever order.
 */
class ReservationPropertiesTest {
  /** What people do to let orders through that the rules would not. */
  private static final Set<Play.What> LETS_MATCH =
      EnumSet.of(Play.What.RECONFIGURE, Play.What.ROLLOUT, Play.What.OVERRIDE);

  @Provide
  Arbitrary<List<Move>> moves() {
    return Play.moves(60);
  }

  @Property(tries = 300)
  void reservations_and_sums_equal_what_the_orders_and_books_add_up_to(
      @ForAll("moves") List<Move> moves, @ForAll boolean onPaper) {
    GroupUnderTest group = (onPaper ? Play.onPaper() : Play.setup()).start();
    Play play = new Play(group).start();

    play.all(moves, () -> everythingAddsUp(group));

    play.endAll();
    everythingAddsUp(group);
    for (AccountBook book : group.state().books().values()) {
      for (Holding holding : book.holdings()) {
        assertThat(holding.buyQty()).isEqualByComparingTo("0");
        assertThat(holding.sellQty()).isEqualByComparingTo("0");
        assertThat(holding.buyValue()).isEqualByComparingTo("0");
      }
      assertThat(book.reservedCash()).isEqualByComparingTo("0");
    }
  }

  private static void everythingAddsUp(GroupUnderTest group) {
    Collection<AccountBook> books = group.state().books().values();
    List<Holding> all = new ArrayList<>();
    for (AccountBook book : books) {
      for (Holding holding : book.holdings()) {
        all.add(holding);
        assertThat(holding.buyQty()).isEqualByComparingTo(open(book, holding, Side.BUY));
        assertThat(holding.sellQty()).isEqualByComparingTo(open(book, holding, Side.SELL));
        assertThat(holding.buyValue())
            .isEqualByComparingTo(
                sum(orders(book, holding, Side.BUY), ReservationPropertiesTest::worst));
        assertThat(holding.exposure()).isNotNegative();
      }
      for (Order order : book.orders().all()) {
        assertThat(order.openQty()).isNotNegative();
      }
      assertThat(book.equity()).isEqualByComparingTo(equity(book));
      assertThat(group.state().aggregates().equity(Scope.account(book.account().id())))
          .isEqualByComparingTo(book.equity());
    }
    BigDecimal exposure = sum(all, Holding::exposure);
    assertThat(group.state().aggregates().exposure(Scope.FIRM)).isEqualByComparingTo(exposure);
    assertThat(group.state().aggregates().exposure(Scope.desk("d"))).isEqualByComparingTo(exposure);
    assertThat(group.state().aggregates().exposure(Scope.venue("X")))
        .isEqualByComparingTo(exposure);
    assertThat(group.state().aggregates().equity(Scope.FIRM))
        .isEqualByComparingTo(sum(books, AccountBook::equity));
    for (String instrument : List.of(BTC, ETH)) {
      BigDecimal in = sum(of(all, h -> h.instrument().equals(instrument)), Holding::exposure);
      assertThat(group.state().aggregates().exposureIn(Scope.FIRM, instrument))
          .isEqualByComparingTo(in);
      assertThat(group.state().aggregates().exposure(Scope.instrument(instrument)))
          .isEqualByComparingTo(in);
    }
    for (Side side : Side.values()) {
      assertThat(group.state().aggregates().netTowards(side, Scope.FIRM))
          .isEqualByComparingTo(sum(all, holding -> holding.sideValue(side)));
    }
    ordersAddUp(group, Scope.FIRM, orders(books, order -> true));
    ordersAddUp(
        group, Scope.instrument(BTC), orders(books, order -> order.instrument().equals(BTC)));
    ordersAddUp(
        group,
        Scope.strategy("demo", "s"),
        orders(List.of(group.book()), order -> order.strategy() != null));
    ordersAddUp(group, Scope.strategy("demo", "null"), List.of());
  }

  private static void ordersAddUp(GroupUnderTest group, Scope scope, List<Order> orders) {
    assertThat(group.state().aggregates().ordersAtWork(scope)).isEqualTo(orders.size());
    assertThat(group.state().aggregates().unexecuted(scope))
        .isEqualByComparingTo(sum(orders, ReservationPropertiesTest::worst));
  }

  private static List<Order> orders(Collection<AccountBook> books, Predicate<Order> wanted) {
    return books.stream()
        .flatMap(book -> book.orders().all().stream())
        .filter(order -> !order.terminal() && order.openQty().signum() > 0)
        .filter(wanted)
        .toList();
  }

  private static BigDecimal worst(Order order) {
    BigDecimal own = order.openQty().multiply(order.price());
    if (order.amendment() == null) {
      return own;
    }
    Function<BigDecimal, BigDecimal> open =
        upTo -> upTo.max(order.cum()).subtract(order.filled()).max(BigDecimal.ZERO);
    return open.apply(order.qty())
        .multiply(order.price())
        .max(open.apply(order.amendment().qty()).multiply(order.amendment().price()));
  }

  private static BigDecimal equity(AccountBook book) {
    boolean isMargin = book.account().id().equals("demo");
    return sum(
            book.holdings(),
            holding ->
                holding.mark() == null
                    ? isMargin ? BigDecimal.ZERO : holding.position().cost()
                    : holding
                        .position()
                        .qty()
                        .multiply(holding.mark())
                        .subtract(isMargin ? holding.position().cost() : BigDecimal.ZERO))
        .add(book.cash());
  }

  @Property(tries = 200)
  void what_the_gate_closes_ends_flat_whatever_the_strategies_still_ask(
      @ForAll("closing") List<Move> moves) {
    GroupUnderTest group = Play.onPaper().start();
    Play play = new Play(group).start();
    play.all(moves, () -> {});
    for (String account : List.of("demo", "other")) {
      for (Order order : List.copyOf(group.book(account).orders().all())) {
        group.fold(
            "trades",
            new PaperTick(
                order.liveId(),
                account,
                order.instrument(),
                PaperTick.Status.CANCELLED,
                null,
                null,
                group.nowUs()),
            null);
      }
    }
    group.command("FLATTEN", "firm", "{}");
    play.all(moves, () -> {});
    group.advance(GroupUnderTest.SECOND);
    group.trade(BTC, "100");
    group.trade(ETH, "100");

    for (AccountBook book : group.state().books().values()) {
      for (Holding holding : book.holdings()) {
        assertThat(holding.position().qty()).as(holding.instrument()).isZero();
      }
    }
  }

  /** What strategies and the market do. */
  @Provide
  Arbitrary<List<Move>> closing() {
    return Play.moves(30)
        .map(
            moves ->
                moves.stream()
                    .filter(
                        move ->
                            move.what().compareTo(Play.What.CANCEL) <= 0
                                || move.what() == Play.What.TRADE
                                || move.what() == Play.What.MEET)
                    .toList());
  }

  private static BigDecimal open(AccountBook book, Holding holding, Side side) {
    return sum(orders(book, holding, side), Order::openQty);
  }

  private static List<Order> orders(AccountBook book, Holding holding, Side side) {
    return of(
        book.orders().all(),
        order -> order.side() == side && order.instrument().equals(holding.instrument()));
  }

  private static <T> List<T> of(Collection<T> all, Predicate<T> wanted) {
    return all.stream().filter(wanted).toList();
  }

  private static <T> BigDecimal sum(Collection<T> parts, Function<T, BigDecimal> value) {
    return parts.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Property(tries = 300)
  void a_burst_within_one_microsecond_never_exceeds_a_limit_together(
      @ForAll("burst") List<Move> burst, @ForAll @IntRange(min = 1, max = 2_000) int bound) {
    GroupUnderTest group =
        Play.setup()
            .limit("firm", "max_gross", String.valueOf(bound))
            .limit("instrument:X:BTC", "max_position_notional", String.valueOf(bound / 2))
            .limit("firm", "max_net_long", String.valueOf(bound / 3))
            .limit("firm", "max_net_short", String.valueOf(bound / 4))
            .limit("account:demo", "max_concentration", "0.01")
            .limit("desk:d", "max_open_orders", "7")
            .limit("venue:X", "max_unexecuted", String.valueOf(bound / 2))
            .start();
    Play play = new Play(group).start();
    play.all(
        burst,
        () -> {
          assertThat(group.state().aggregates().exposure(Scope.FIRM))
              .isLessThanOrEqualTo(BigDecimal.valueOf(bound));
          assertThat(group.state().aggregates().exposureIn(Scope.FIRM, BTC))
              .isLessThanOrEqualTo(BigDecimal.valueOf(bound / 2));
          assertThat(group.book("other").reservedCash())
              .isLessThanOrEqualTo(group.book("other").cash());
          assertThat(group.state().aggregates().netTowards(Side.BUY, Scope.FIRM))
              .isLessThanOrEqualTo(BigDecimal.valueOf(bound / 3));
          assertThat(group.state().aggregates().netTowards(Side.SELL, Scope.FIRM))
              .isLessThanOrEqualTo(BigDecimal.valueOf(bound / 4));
          assertThat(group.state().aggregates().exposureIn(Scope.account("demo"), ETH))
              .isLessThanOrEqualTo(BigDecimal.valueOf(100));
          assertThat(group.state().aggregates().ordersAtWork(Scope.desk("d")))
              .isLessThanOrEqualTo(7);
          assertThat(group.state().aggregates().unexecuted(Scope.venue("X")))
              .isLessThanOrEqualTo(BigDecimal.valueOf(bound / 2));
        });
  }

  @Property(tries = 200)
  void a_burst_within_one_microsecond_never_exceeds_a_rate_together(
      @ForAll("burst") List<Move> burst, @ForAll @IntRange(min = 1, max = 9) int bound) {
    GroupUnderTest group =
        Play.setup()
            .limit("firm", "max_new_rate", String.valueOf(bound))
            .limit("firm", "max_amend_rate", String.valueOf(bound))
            .limit("firm", "max_duplicates", "1")
            .start();
    new Play(group).start().all(burst, () -> {});

    for (Action action : List.of(Action.NEW, Action.AMEND)) {
      assertThat(
              group.decisions().stream()
                  .filter(decision -> decision.action() == action)
                  .filter(decision -> decision.ruling().approvedQty().signum() > 0))
          .hasSizeLessThanOrEqualTo(bound);
    }
    assertThat(
            group.decisions().stream()
                .filter(decision -> decision.ruling().approvedQty().signum() > 0)
                .filter(decision -> decision.action() == Action.NEW)
                .map(
                    d ->
                        d.account()
                            + d.instrument()
                            + d.side()
                            + d.requestedQty()
                            + d.limitPrice()))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 200)
  void no_two_approved_orders_could_match_each_other(@ForAll("moves") List<Move> moves) {
    GroupUnderTest group = Play.setup().with("self_match", "'deny'").start();
    Play play = new Play(group).start();
    play.all(
        moves.stream().filter(move -> !LETS_MATCH.contains(move.what())).toList(),
        () -> {
          List<Order> resting =
              orders(group.state().books().values(), order -> order.type() == OrderType.LIMIT);
          for (Order buy : of(resting, order -> order.side() == Side.BUY)) {
            for (Order sell : of(resting, order -> order.side() == Side.SELL)) {
              assertThat(
                      buy.instrument().equals(sell.instrument())
                          && buy.limitPrice().compareTo(sell.limitPrice()) >= 0)
                  .isFalse();
            }
          }
        });
  }

  @Provide
  Arbitrary<List<Move>> burst() {
    return Play.moves(30)
        .map(
            moves ->
                moves.stream()
                    .filter(move -> move.what().compareTo(Play.What.CANCEL) <= 0)
                    .toList());
  }
}
