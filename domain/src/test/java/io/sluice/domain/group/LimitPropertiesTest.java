package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.account.Order;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.group.Play.Move;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** What no state and no intent may bring about. */
class LimitPropertiesTest {
  /** In shadow and in part the gate lets through what it would refuse, so it is in force here. */
  private static final Set<Play.What> LEFT_OUT =
      EnumSet.of(
          Play.What.HALT,
          Play.What.SET_LIMITS,
          Play.What.ROLLOUT,
          Play.What.RECONFIGURE,
          Play.What.HALF_A_CONFIGURATION,
          Play.What.REPEAT,
          Play.What.OTHER_CONTENT);

  @Provide
  Arbitrary<List<Move>> moves() {
    return Play.moves(25)
        .map(moves -> moves.stream().filter(move -> !LEFT_OUT.contains(move.what())).toList());
  }

  /** A last intent, after the moves. */
  record Last(
      boolean amends, Side side, int qty, Integer limit, boolean reduceOnly, String account) {
    Decision send(GroupUnderTest group) {
      return send(group, UnaryOperator.identity());
    }

    Decision send(GroupUnderTest group, UnaryOperator<GroupUnderTest.Wish> change) {
      List<Order> orders = new ArrayList<>(group.book(account).orders().all());
      GroupUnderTest.Wish wish;
      if (amends && !orders.isEmpty()) {
        Order order = orders.get(qty % orders.size());
        wish = group.amend(order.intentId()).qty(String.valueOf(qty)).in(order.instrument());
      } else {
        wish = side == Side.BUY ? group.buy("" + qty) : group.sell("" + qty);
        wish = limit == null ? wish : wish.limit(String.valueOf(limit));
      }
      wish = wish.id("last").account(account);
      return change.apply(reduceOnly ? wish.reduceOnly() : wish).send();
    }
  }

  @Provide
  Arbitrary<Last> last() {
    return Combinators.combine(
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(3, false), net.jqwik.api.Tuple.of(1, true)),
            Arbitraries.of(Side.class),
            Arbitraries.integers().between(1, 60),
            Arbitraries.integers().between(60, 140).injectNull(0.4),
            Arbitraries.of(false, false, false, true),
            Arbitraries.of("demo", "other"))
        .as(Last::new);
  }

  private static GroupUnderTest after(List<Move> moves) {
    GroupUnderTest group = Play.setup().start();
    new Play(group).start().all(moves, () -> {});
    return group;
  }

  /** A property of orders that are refused whatever the limit says nothing. */
  private static void covered(BigDecimal approved, double percent) {
    Statistics.label("approved")
        .collect(approved.signum() > 0)
        .coverage(coverage -> coverage.check(true).percentage(share -> share >= percent));
  }

  static String scope(LimitKey key, int which) {
    List<Scope.Kind> kinds = new ArrayList<>(key.scopes());
    return switch (kinds.get(which % kinds.size())) {
      case FIRM -> "firm";
      case DESK -> "desk:d";
      case ACCOUNT -> which % 2 == 0 ? "account:demo" : "account:other";
      case STRATEGY -> "strategy:demo/s";
      case INSTRUMENT -> "instrument:X:BTC";
      case VENUE -> "venue:X";
    };
  }

  static String bound(LimitKey key, int thousandths) {
    return switch (key.unit()) {
      case QUANTITY -> BigDecimal.valueOf(thousandths, 1).toPlainString();
      case MONEY -> String.valueOf(thousandths * (key.isBreaker() ? 1 : 10));
      case FRACTION -> BigDecimal.valueOf(thousandths, 3).toPlainString();
      case RATIO -> BigDecimal.valueOf(thousandths, 2).toPlainString();
      case COUNT -> String.valueOf(1 + thousandths / 200);
      case MILLISECONDS -> String.valueOf(thousandths * 200);
    };
  }

  @Property(tries = 300)
  void a_tighter_limit_never_permits_more(
      @ForAll("moves") List<Move> moves,
      @ForAll("last") Last last,
      @ForAll LimitKey key,
      @ForAll @IntRange(max = 11) int which,
      @ForAll @IntRange(max = 1000) int bound,
      @ForAll @IntRange(max = 1000) int other) {
    GroupUnderTest original = after(moves);
    String scope = scope(key, which);

    int least = Math.min(bound, other);
    int most = Math.max(bound, other);
    BigDecimal tight = permitted(original, last, key, scope, key.isFloor() ? most : least);
    BigDecimal loose = permitted(original, last, key, scope, key.isFloor() ? least : most);

    covered(loose, 8);
    assertThat(tight).isLessThanOrEqualTo(loose);
    assertThat(loose).isLessThanOrEqualTo(approved(last.send(original.again())));
  }

  /** The same where many limits bind already, and one more is set at a scope that has others. */
  @Property(tries = 120)
  void a_tighter_limit_among_many_never_permits_more(
      @ForAll("moves") List<Move> moves,
      @ForAll("last") Last last,
      @ForAll LimitKey key,
      @ForAll @IntRange(max = 11) int which,
      @ForAll @IntRange(max = 1000) int bound,
      @ForAll @IntRange(max = 1000) int other) {
    GroupUnderTest original = Play.limited().start();
    new Play(original).start().all(moves, () -> {});
    String scope = scope(key, which);
    int least = Math.min(bound, other);
    int most = Math.max(bound, other);
    BigDecimal[] permitted = new BigDecimal[2];
    for (int i = 0; i < 2; i++) {
      GroupUnderTest group = original.again();
      int thousandths = key.isFloor() == (i == 0) ? most : least;
      group.configure(
          Play.limited().limit(scope, key.key(), bound(key, thousandths)).configuration());
      permitted[i] = approved(last.send(group));
    }

    covered(permitted[1], 0.5);
    assertThat(permitted[0]).isLessThanOrEqualTo(permitted[1]);
  }

  private static BigDecimal permitted(
      GroupUnderTest original, Last last, LimitKey key, String scope, int thousandths) {
    GroupUnderTest group = original.again();
    Configuration limited =
        Play.setup().limit(scope, key.key(), bound(key, thousandths)).configuration();
    group.configure(limited);
    return approved(last.send(group));
  }

  private static BigDecimal approved(Decision decision) {
    return decision.ruling().approvedQty();
  }

  @Property(tries = 150)
  void a_limit_set_by_command_never_permits_more(
      @ForAll("moves") List<Move> moves,
      @ForAll("last") Last last,
      @ForAll LimitKey key,
      @ForAll @IntRange(max = 11) int which,
      @ForAll @IntRange(max = 1000) int bound) {
    GroupUnderTest original = after(moves);
    GroupUnderTest group = original.again();
    group.command(
        "SET_LIMITS", scope(key, which), "{" + key.key() + ": '" + bound(key, bound) + "'}");

    BigDecimal before = approved(last.send(original.again()));
    covered(before, 15);
    assertThat(approved(last.send(group))).isLessThanOrEqualTo(before);
  }

  /** What can be missing; market data in whole, because one price stands in for another. */
  enum Missing {
    PRICES,
    LIMIT,
    ACCOUNT,
    INSTRUMENT,
    BOOKS
  }

  @Property(tries = 120)
  void what_is_missing_never_turns_a_refusal_into_an_approval(
      @ForAll("moves") List<Move> moves,
      @ForAll("last") Last last,
      @ForAll Missing missing,
      @ForAll("required") LimitKey key) {
    GroupUnderTest original = after(moves);
    GroupUnderTest group = original.again();
    UnaryOperator<GroupUnderTest.Wish> change = UnaryOperator.identity();
    switch (missing) {
      case PRICES -> change = wish -> wish.seeing(s -> Snapshot.empty(group.nowUs()));
      case LIMIT -> {
        LimitKey required = key.isRequired() ? key : LimitKey.MAX_QTY;
        group.configure(Play.setup().unset(required.key()).configuration());
      }
      case ACCOUNT -> change = wish -> wish.account("nobody");
      case INSTRUMENT -> change = wish -> wish.in("X:DOGE");
      case BOOKS -> {
        GroupUnderTest unknown = Play.setup().unknownBooks().start();
        new Play(unknown).start();
        assertThat(approved(last.send(unknown))).isZero();
      }
    }

    covered(approved(last.send(original.again())), 15);
    Decision decision = last.send(group, change);
    if (missing != Missing.BOOKS) {
      assertThat(approved(decision)).isZero();
    }
  }

  @Provide
  Arbitrary<LimitKey> required() {
    return Arbitraries.of(LimitKey.class).filter(LimitKey::isRequired);
  }

  @Property(tries = 120)
  void where_trade_and_quote_agree_taking_either_away_permits_no_more(
      @ForAll("moves") List<Move> moves, @ForAll("last") Last last, @ForAll boolean trade) {
    GroupUnderTest original = after(moves);
    for (String instrument : List.of(BTC, ETH)) {
      original.trade(instrument, "100");
      original.quote(instrument, "100", "100");
    }
    BigDecimal both =
        approved(last.send(original.again(), wish -> wish.seeing(s -> priced(s, true, true))));
    BigDecimal one =
        approved(last.send(original.again(), wish -> wish.seeing(s -> priced(s, trade, !trade))));

    covered(both, 15);
    assertThat(one).isLessThanOrEqualTo(both);
  }

  private static Snapshot priced(Snapshot s, boolean trade, boolean quote) {
    BigDecimal price = new BigDecimal("100");
    Long at = GroupUnderTest.START_US;
    return new Snapshot(
        trade ? price : null,
        trade ? at : null,
        null,
        quote ? price : null,
        quote ? price : null,
        quote ? at : null,
        null,
        null,
        s.crashes(),
        false,
        false,
        s.frontTimeUs());
  }

  @Property(tries = 200)
  void while_reducing_a_position_never_grows_and_never_changes_its_sign(
      @ForAll("reducing") List<Move> moves,
      @ForAll @IntRange(min = -40, max = 40) int position,
      @ForAll boolean byDrawdown,
      @ForAll boolean onPaper) {
    GroupUnderTest.Setup setup =
        GroupUnderTest.setup().limit("firm", "max_drawdown", byDrawdown ? "0" : "unlimited");
    GroupUnderTest group = (onPaper ? setup.paper() : setup).start();
    group.trade(BTC, "100");
    if (position != 0) {
      Side side = position > 0 ? Side.BUY : Side.SELL;
      group.advance(1).fill(null, side, String.valueOf(Math.abs(position)), "100");
    }
    group.crashed(BTC, !byDrawdown);
    if (byDrawdown) {
      assertThat(group.events()).isNotEmpty();
    }
    BigDecimal[] before = {group.position(BTC)};
    new Play(group)
        .all(
            moves,
            () -> {
              BigDecimal now = group.position(BTC);
              assertThat(now.abs()).isLessThanOrEqualTo(before[0].abs());
              assertThat(now.signum() * before[0].signum()).isNotNegative();
              before[0] = now;
            });
  }

  @Property(tries = 200)
  void while_reducing_the_gate_s_own_orders_neither_grow_a_position_nor_change_its_sign(
      @ForAll("closing") List<Move> moves,
      @ForAll @IntRange(min = -40, max = 40) int position,
      @ForAll boolean flattening) {
    GroupUnderTest group =
        GroupUnderTest.setup()
            .paper()
            .profile("exits", "{stop: '0.05', target: '0.1', trailing: '0.03'}")
            .profile(
                "max_drawdown",
                "[{bound: '0', then: 'reducing', release: 'person'}, {bound: '0.01', then: '"
                    + (flattening ? "flatten" : "reducing")
                    + "', release: 'person'}]")
            .start();
    group.trade(BTC, "100");
    if (position != 0) {
      Side side = position > 0 ? Side.BUY : Side.SELL;
      group.advance(1).fill(null, side, String.valueOf(Math.abs(position)), "100");
    }
    BigDecimal[] before = {group.position(BTC)};
    new Play(group)
        .all(
            moves,
            () -> {
              BigDecimal now = group.position(BTC);
              assertThat(now.abs()).isLessThanOrEqualTo(before[0].abs());
              assertThat(now.signum() * before[0].signum()).isNotNegative();
              before[0] = now;
            });
  }

  /** On paper, so that a reduce-only order fills as a venue would fill it. */
  @Provide
  Arbitrary<List<Move>> closing() {
    Set<Play.What> done = EnumSet.range(Play.What.BUY, Play.What.CANCEL);
    done.addAll(EnumSet.of(Play.What.MEET, Play.What.TRADE, Play.What.FLATTEN, Play.What.TIME));
    return Play.moves(40)
        .map(
            moves ->
                moves.stream()
                    .filter(move -> done.contains(move.what()))
                    .map(
                        move ->
                            new Move(
                                move.what(),
                                move.what() == Play.What.MEET ? move.where() / 2 * 2 : 0,
                                move.amount()))
                    .toList());
  }

  @Provide
  Arbitrary<List<Move>> reducing() {
    Set<Play.What> done = EnumSet.range(Play.What.BUY, Play.What.FILL_ALL);
    done.addAll(EnumSet.of(Play.What.ACK, Play.What.CANCELLED, Play.What.STATUS_OF_AMENDMENT));
    return Play.moves(40)
        .map(
            moves ->
                moves.stream()
                    .filter(move -> done.contains(move.what()))
                    .map(move -> new Move(move.what(), 0, move.amount()))
                    .toList());
  }

  @Property(tries = 150)
  void what_nobody_or_one_person_has_signed_never_permits_more(
      @ForAll("moves") List<Move> moves,
      @ForAll("last") Last last,
      @ForAll boolean signed,
      @ForAll LimitKey key,
      @ForAll("commands") List<Integer> commands) {
    Configuration terms =
        Play.setup()
            .with("control", signed ? Officers.CONTROL : "{authority: 'tighten'}")
            .limit(scope(key, 0), key.key(), bound(key, 500))
            .configuration();
    GroupUnderTest original = after(moves);
    GroupUnderTest without = original.again();
    without.configure(terms);
    GroupUnderTest with = original.again();
    with.configure(terms);

    for (int command : commands) {
      Command given = command(with, key, command);
      with.give(signed ? Officers.signed(given, "ann", "ann2") : given);
    }
    with.clock(500);
    without.clock(500);

    BigDecimal before = approved(last.send(without));
    covered(before, 15);
    assertThat(approved(last.send(with))).isLessThanOrEqualTo(before);
  }

  /** Under an id that is no other order's or command's, so that what follows has the same ids. */
  private static Command command(GroupUnderTest group, LimitKey key, int number) {
    String limits = "{" + key.key() + ": '" + bound(key, number) + "'}";
    String scope = scope(key, number);
    long now = group.nowUs();
    String id = "t-" + group.entries().size();
    return switch (number % 10) {
      case 0 -> of(id, "RESUME", scope, "{}", now, null, null);
      case 1 -> of(id, "SET_LIMITS", scope, limits, now, now + number, null);
      case 2 -> of(id, "SET_LIMITS", scope, limits, now, null, now + number);
      case 3 -> of(id, "RESET_BREAKER", "firm", "{limit: 'max_drawdown'}", now, null, null);
      case 4 -> of(id, "UNRESTRICT", "firm", "{assets: ['BTC']}", now, null, null);
      case 5 ->
          of(id, "ROLLOUT", "firm", "{percent: '" + number / 10 % 101 + "'}", now, null, null);
      case 6 ->
          of(
              id,
              "SET_PARAMETERS",
              "firm",
              "{market_worst_case: '0." + number + "'}",
              now,
              null,
              null);
      case 7 ->
          of(
              id,
              "OVERRIDE",
              "account:demo",
              "{intent_id: 'i-" + number / 10 + "', rules: ['R03', 'R04', 'R08', 'R09']}",
              now,
              null,
              now + GroupUnderTest.HOUR);
      default -> of(id, "SET_LIMITS", scope, limits, now, null, null);
    };
  }

  private static Command of(
      String id, String command, String scope, String body, long now, Long fromUs, Long untilUs) {
    return new Command(
        id,
        command,
        scope,
        GroupUnderTest.json(body),
        "risk",
        "test",
        now,
        fromUs,
        untilUs,
        GroupUnderTest.json("[]"));
  }

  @Provide
  Arbitrary<List<Integer>> commands() {
    return Arbitraries.integers().between(1, 1000).list().ofMinSize(1).ofMaxSize(6);
  }
}
