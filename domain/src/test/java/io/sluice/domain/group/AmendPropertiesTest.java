package io.sluice.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.Play.Move;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** No rule can be got around by an amendment, whatever its limit and wherever it stands. */
class AmendPropertiesTest {
  /** What lets through an order for its id, or leaves another configuration in force. */
  private static final Set<Play.What> LEFT_OUT =
      EnumSet.of(
          Play.What.ROLLOUT,
          Play.What.OVERRIDE,
          Play.What.RECONFIGURE,
          Play.What.HALF_A_CONFIGURATION,
          Play.What.REPEAT,
          Play.What.OTHER_CONTENT);

  /** An order that is sent in part, and then amended to be the whole. */
  record Order(
      Side side, int part, int rest, Integer limit, int more, boolean reduceOnly, String account) {
    GroupUnderTest.Wish wish(GroupUnderTest group, int qty, int further) {
      GroupUnderTest.Wish wish = side == Side.BUY ? group.buy("" + qty) : group.sell("" + qty);
      wish = limit == null ? wish : wish.limit(String.valueOf(limit + further));
      return (reduceOnly ? wish.reduceOnly() : wish).account(account);
    }

    /** A limit price that fills sooner than that of the part. */
    int further() {
      return side == Side.BUY ? more : -more;
    }

    BigDecimal atOnce(GroupUnderTest group) {
      return approved(wish(group, part + rest, further()).id("whole"));
    }

    /** Null where not even the part is approved. */
    BigDecimal byAmending(GroupUnderTest group) {
      if (approved(wish(group, part, 0).id("part")).signum() == 0) {
        return null;
      }
      GroupUnderTest.Wish whole = group.amend("part").qty(String.valueOf(part + rest));
      whole = limit == null ? whole : whole.limit(String.valueOf(limit + further()));
      return approved(whole.id("whole").account(account));
    }

    private static BigDecimal approved(GroupUnderTest.Wish wish) {
      return wish.send().ruling().approvedQty();
    }
  }

  private static final List<Order> HALVES =
      List.of(
          new Order(Side.BUY, 5, 5, null, 0, false, "demo"),
          new Order(Side.SELL, 5, 5, 101, 4, false, "demo"));

  @Provide
  Arbitrary<List<Move>> moves() {
    return Play.moves(15)
        .map(moves -> moves.stream().filter(move -> !LEFT_OUT.contains(move.what())).toList());
  }

  @Provide
  Arbitrary<Order> orders() {
    return Combinators.combine(
            Arbitraries.of(Side.class),
            Arbitraries.integers().between(1, 10),
            // Often a little more, so that many an amendment passes and there is something to
            // compare.
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 40), Arbitraries.integers().between(1, 4)),
            Arbitraries.integers().between(85, 115).injectNull(0.3),
            Arbitraries.integers().between(0, 20),
            Arbitraries.of(false, false, false, true),
            Arbitraries.of("demo", "other"))
        .as(Order::new);
  }

  @Property(tries = 500)
  void a_part_that_is_amended_to_the_whole_is_never_more_than_the_whole_at_once(
      @ForAll("moves") List<Move> moves,
      @ForAll("orders") Order order,
      @ForAll LimitKey key,
      @ForAll @IntRange(max = 11) int which,
      @ForAll @IntRange(max = 1000) int bound,
      @ForAll boolean amongMany) {
    GroupUnderTest group =
        (amongMany ? Play.limited() : Play.setup())
            .limit(
                LimitPropertiesTest.scope(key, which),
                key.key(),
                LimitPropertiesTest.bound(key, bound))
            .start();
    new Play(group).start().all(moves, () -> {});

    BigDecimal amended = order.byAmending(group.again());
    BigDecimal atOnce = order.atOnce(group.again());

    Statistics.label("amended to more")
        .collect(amended != null && amended.compareTo(BigDecimal.valueOf(order.part())) > 0)
        .coverage(coverage -> coverage.check(true).percentage(share -> share >= 10));
    if (amended != null) {
      assertThat(amended).isLessThanOrEqualTo(atOnce);
    }
  }

  /**
   * Of each limit in turn, at each of its scopes, bounds from nothing to more than the whole: what
   * they make of the whole at once they make of the amendment, so that no rule may leave one out.
   */
  @Example
  void whatever_limits_the_whole_at_once_limits_the_amendment_to_it() {
    Set<LimitKey> limited = EnumSet.noneOf(LimitKey.class);
    for (LimitKey key : LimitKey.values()) {
      for (int which = 0; which < key.scopes().size(); which++) {
        for (int bound : List.of(10, 50, 100, 150)) {
          GroupUnderTest group = held(key, which, bound);
          for (Order order : HALVES) {
            BigDecimal atOnce = order.atOnce(group.again());
            BigDecimal amended = order.byAmending(group.again());
            if (amended != null) {
              assertThat(amended).as("%s, bound %s", key, bound).isLessThanOrEqualTo(atOnce);
              if (atOnce.compareTo(BigDecimal.valueOf(order.part() + order.rest())) < 0) {
                limited.add(key);
              }
            }
          }
        }
      }
    }
    assertThat(limited)
        .contains(
            LimitKey.MAX_QTY,
            LimitKey.MAX_NOTIONAL,
            LimitKey.COLLAR,
            LimitKey.MAX_PRICE_DRIFT,
            LimitKey.MAX_POSITION_NOTIONAL,
            LimitKey.MAX_GROSS,
            LimitKey.MAX_NET_LONG,
            LimitKey.MAX_NET_SHORT,
            LimitKey.MAX_CONCENTRATION,
            LimitKey.MAX_ASSET_CONCENTRATION,
            LimitKey.MAX_UNEXECUTED,
            LimitKey.MAX_LEVERAGE_USE,
            LimitKey.MAX_DAILY_ALLOCATION);
  }

  private static GroupUnderTest held(LimitKey key, int which, int bound) {
    GroupUnderTest group =
        Play.setup()
            .limit(
                LimitPropertiesTest.scope(key, which),
                key.key(),
                LimitPropertiesTest.bound(key, bound))
            .start();
    new Play(group).start();
    return group;
  }
}
