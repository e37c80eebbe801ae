package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Order;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.VenueStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Plays made-up moves on a group of two accounts. The same moves on groups with the same history
 * mean the same.
 */
public final class Play {
  /** Tries of a property; more with the long tests. */
  static final int TRIES = Boolean.getBoolean("sluice.long") ? 5_000 : 150;

  private static final String PAPER =
      "{mode: 'paper', latency_ms: 250, slippage: '0.001', fee: '0.001', twin: true}";

  static final String ACCOUNTS =
      """
      [{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000', leverage: '5',
        desk: 'd'},
       {id: 'other', profile: 'q', currency: 'USD', kind: 'cash', cash: '20000', desk: 'd'}]
      """;

  /** Those of the second account lead to orders of the gate's own. */
  private static final String PROFILES =
      """
      {p: {},
       q: {confidence_ladder: [{from: '0', size: '1'}], flash_crash: 'flatten',
           critical_portfolio_risk: '0.01', max_leverage_use: '0.4',
           correlation: {warn_above: '0.5', shrink_above: '0.7', size: '0.5'},
           exits: {stop: '0.06', stop_sigmas: '4', target: '0.1', trailing: '0.04'}}}
      """;

  /** What is done, where, and how much. */
  enum What {
    BUY,
    SELL,
    BUY_LIMIT,
    SELL_LIMIT,
    REDUCE,
    AMEND_QTY,
    AMEND_PRICE,
    CANCEL,
    FILL_SOME,
    FILL_ALL,
    FOREIGN_FILL,
    ACK,
    REJECTED,
    CANCELLED,
    EXPIRED,
    STATUS_OF_AMENDMENT,
    TRADE,
    QUOTE,
    CRASH,
    CALM,
    MEET,
    FLATTEN,
    HALT,
    RESUME,
    SET_LIMITS,
    RESTRICT,
    UNRESTRICT,
    RESET_BREAKER,
    SET_PARAMETERS,
    OVERRIDE,
    ROLLOUT,
    USER_RULE,
    NO_USER_RULE,
    HEARTBEAT,
    VENUE,
    SNAPSHOT,
    RECONFIGURE,
    REFUSED_CONFIGURATION,
    HALF_A_CONFIGURATION,
    REPEAT,
    OTHER_CONTENT,
    TIME,
    CLOCK
  }

  record Move(What what, int where, int amount) {}

  private final GroupUnderTest group;

  Play(GroupUnderTest group) {
    this.group = group;
  }

  static GroupUnderTest.Setup setup() {
    return GroupUnderTest.setup()
        .with("accounts", ACCOUNTS)
        .with("profiles", PROFILES)
        .with(
            "user_rules",
            "[{name: 'r0', when: 'intent.qty > 35.0', then: 'deny'},"
                + " {name: 'half', when: 'intent.notional == null || intent.notional > 3000.0',"
                + " then: 'shrink', factor: '0.5'},"
                + " {name: 'say', when: 'account.equity < 9900.0', then: 'alert'}]");
  }

  /** Limits that often bind. */
  public static GroupUnderTest.Setup limited() {
    return setup()
        .limit("firm", "max_qty", "40")
        .limit("firm", "max_notional", "3000")
        .limit("firm", "collar", "0.2")
        .limit("desk:d", "max_position_notional", "5000")
        .limit("firm", "max_gross", "6000")
        .limit(
            "account:demo",
            "max_daily_loss",
            "[{bound: '200', then: 'halt', release: '60m', rearms: true}, {share: '0.04'}]")
        .limit("firm", "max_weekly_loss", "{bound: '900', then: 'reducing', release: '1d'}")
        .limit(
            "firm",
            "max_drawdown",
            "[{bound: '0.01', then: 'warn'}, {bound: '0.03', smoothing: '20s'},"
                + " {bound: '0.05', then: 'flatten', release: '2m'},"
                + " {bound: '0.06', then: 'halt', release: 'person', event: 'trading_halted'}]")
        .profile("max_position_notional", "{share: '0.2'}")
        .limit("firm", "loss_cooldown_ms", "20000")
        .limit("firm", "breaker_cooldown_ms", "60000")
        .limit("instrument:X:BTC", "max_notional", "{bound: '2500', regimes: {flash_crash: '0'}}")
        .limit("instrument:X:ETH", "max_qty", "30")
        .limit("firm", "max_net_long", "4000")
        .limit("firm", "max_net_short", "3000")
        .limit("account:demo", "max_concentration", "0.4")
        .limit("firm", "max_asset_concentration", "0.3")
        .limit("strategy:demo/s", "max_open_orders", "4")
        .limit("desk:d", "max_unexecuted", "5000")
        .with("order_flow", "{message_window: '5s', ratio_window: '10m', ratio_min_messages: 5}")
        .limit("account:demo", "max_new_rate", "4")
        .limit("firm", "max_amend_rate", "2")
        .limit("venue:X", "max_cancel_rate", "3")
        .limit("firm", "max_duplicates", "1")
        .limit("desk:d", "max_order_to_trade", "6")
        .limit("firm", "max_cancel_ratio", "2")
        .limit("firm", "max_price_drift", "0.3")
        .with("self_match", "'deny'")
        .limit("strategy:demo/s", "max_reentries", "3")
        .limit("desk:d", "max_reentries", "{bound: '4', then: 'reducing', release: '5m'}")
        .limit("firm", "min_opposite_gap_ms", "2000")
        .limit("strategy:demo/s", "max_silence_ms", "21600000")
        .limit("account:demo", "max_instrument_positions", "1")
        .limit("account:demo", "max_daily_allocation", "{share: '0.5'}")
        .limit("desk:d", "min_notional", "120")
        .profile("max_consecutive_losses", "2")
        .limit("firm", "max_data_age_ms", "60000");
  }

  /** The same on the wall clock. */
  static GroupUnderTest.Setup live() {
    return limited().with("clock", "'wall'");
  }

  /** The same on paper, where marks fill the gate's own orders, with a twin of each account. */
  static GroupUnderTest.Setup onPaper() {
    return limited().with("execution", PAPER);
  }

  static Arbitrary<List<Move>> moves(int most) {
    Arbitrary<Move> move =
        Combinators.combine(
                Arbitraries.of(What.class),
                Arbitraries.integers().between(0, 7),
                Arbitraries.integers().between(1, 40))
            .as(Move::new);
    return move.list().ofMaxSize(most);
  }

  Play start() {
    group.trade(BTC, "100");
    group.trade(ETH, "50");
    group.heartbeat("strategy:demo/s");
    return this;
  }

  void all(List<Move> moves, Runnable afterEach) {
    for (Move move : moves) {
      make(move);
      afterEach.run();
    }
  }

  void make(Move move) {
    String account = move.where() % 2 == 0 ? "demo" : "other";
    String instrument = move.where() / 2 % 2 == 0 ? BTC : ETH;
    String qty = String.valueOf(move.amount());
    String price = String.valueOf(80 + move.amount());
    switch (move.what()) {
      case BUY -> group.buy(qty).account(account).in(instrument).send();
      case SELL -> group.sell(qty).account(account).in(instrument).send();
      case BUY_LIMIT -> group.buy(qty).limit(price).account(account).in(instrument).send();
      case SELL_LIMIT -> group.sell(qty).limit(price).account(account).in(instrument).send();
      case REDUCE -> group.sell(qty).reduceOnly().account(account).in(instrument).send();
      case AMEND_QTY -> amend(move, wish -> wish.qty(qty));
      case AMEND_PRICE -> amend(move, wish -> wish.limit(price));
      case CANCEL -> {
        Order order = order(move);
        if (order != null) {
          group.cancel(order.intentId()).account(account).in(order.instrument()).send();
        }
      }
      case FILL_SOME -> fill(move, BigDecimal.valueOf(move.amount(), 1));
      case FILL_ALL -> fill(move, null);
      case FOREIGN_FILL ->
          group.fill(
              account,
              "x-" + group.entries().size(),
              null,
              instrument,
              move.amount() % 2 == 0 ? Side.BUY : Side.SELL,
              qty,
              price,
              "0.1",
              group.nowUs());
      case ACK -> status(move, OrderStatus.Status.ACKED, false);
      case REJECTED -> status(move, OrderStatus.Status.REJECTED, false);
      case CANCELLED -> status(move, OrderStatus.Status.CANCELLED, false);
      case EXPIRED -> status(move, OrderStatus.Status.EXPIRED, false);
      case STATUS_OF_AMENDMENT ->
          status(
              move,
              OrderStatus.Status.values()[move.amount() % OrderStatus.Status.values().length],
              true);
      case TRADE -> group.trade(instrument, price);
      case QUOTE ->
          group.quote(instrument, price, String.valueOf(80 + move.amount() + move.where() - 1));
      case CRASH -> group.crashed(instrument, true);
      case CALM -> group.crashed(instrument, false);
      case MEET -> meet(move);
      case FLATTEN ->
          group.command(
              "g-" + group.entries().size(),
              "FLATTEN",
              scope(move),
              "{}",
              null,
              group.nowUs() + move.amount() * GroupUnderTest.SECOND);
      case HALT ->
          group.command(
              "h-" + group.entries().size(),
              "HALT",
              scope(move),
              "{}",
              move.amount() > 20 ? group.nowUs() + move.amount() * GroupUnderTest.MINUTE : null,
              group.nowUs() + 60 * GroupUnderTest.MINUTE);
      case RESUME -> group.command("RESUME", scope(move), "{}");
      case SET_LIMITS ->
          group.command(
              "l-" + group.entries().size(),
              "SET_LIMITS",
              scope(move),
              "{max_qty: '" + qty + "', max_notional: '" + move.amount() * 100 + "'}",
              null,
              group.nowUs() + 10 * GroupUnderTest.MINUTE);
      case RESTRICT ->
          group.command(
              "t-" + group.entries().size(),
              "RESTRICT",
              scope(move),
              move.amount() % 2 == 0 ? "{assets: ['BTC']}" : "{instruments: ['X:ETH', 'X:BTC']}",
              move.amount() > 30 ? group.nowUs() + move.amount() * GroupUnderTest.MINUTE : null,
              group.nowUs() + 60 * GroupUnderTest.MINUTE);
      case UNRESTRICT -> group.command("UNRESTRICT", scope(move), "{assets: ['BTC']}");
      case RESET_BREAKER ->
          group.command(
              "RESET_BREAKER",
              scope(move),
              "{limit: '"
                  + (move.amount() % 2 == 0 ? "max_drawdown" : "max_consecutive_losses")
                  + "'}");
      case SET_PARAMETERS ->
          group.command(
              "p-" + group.entries().size(),
              "SET_PARAMETERS",
              "firm",
              "{market_worst_case: '0." + (10 + move.amount()) + "', max_clock_skew_ms: 4000}",
              move.amount() > 30 ? group.nowUs() + move.amount() * GroupUnderTest.MINUTE : null,
              group.nowUs() + 60 * GroupUnderTest.MINUTE);
      case OVERRIDE ->
          group.command(
              "v-" + group.entries().size(),
              "OVERRIDE",
              "account:" + account,
              "{intent_id: 'i-" + move.amount() + "', rules: ['R03', 'R08', 'R22', 'R33']}",
              null,
              group.nowUs() + 30 * GroupUnderTest.MINUTE);
      case ROLLOUT ->
          group.command(
              "ROLLOUT",
              "firm",
              move.amount() % 3 == 0
                  ? "{percent: '100'}"
                  : "{plan: [{percent: '0', for: '1m'}, {percent: '"
                      + move.amount()
                      + "', for: '10m'}, {percent: '100'}], health: {max_breaches: 0}}");
      case USER_RULE ->
          group.command(
              "u-" + group.entries().size(),
              "SET_USER_RULE",
              "firm",
              "{name: '"
                  + List.of("half", "say", "other").get(move.where() % 3)
                  + "', when: 'intent.qty > "
                  + move.amount()
                  + ".0', then: 'shrink', factor: '0.5'}",
              move.amount() > 30 ? group.nowUs() + move.amount() * GroupUnderTest.MINUTE : null,
              move.where() > 5 ? group.nowUs() + 60 * GroupUnderTest.MINUTE : null);
      case NO_USER_RULE ->
          group.command(
              "n-" + group.entries().size(),
              "REMOVE_USER_RULE",
              "firm",
              "{name: '" + List.of("half", "say", "other").get(move.where() % 3) + "'}",
              null,
              move.where() > 5 ? group.nowUs() + 20 * GroupUnderTest.MINUTE : null);
      case HEARTBEAT ->
          group.heartbeat(
              move.where() < 4 ? "strategy:demo/s" : "account:other",
              group.nowUs() - move.amount() * GroupUnderTest.SECOND);
      case VENUE ->
          group.venue(
              move.where() < 4 ? "X" : "made-up",
              VenueStatus.Status.values()[move.amount() % VenueStatus.Status.values().length]);
      case SNAPSHOT -> group.snapshot(account, "5000", "{'X:BTC': ['" + qty + "', '90']}");
      case RECONFIGURE -> group.configure(other(move));
      case REFUSED_CONFIGURATION ->
          group.configure(
              limited()
                  .with("accounts", ACCOUNTS.replace("id: 'other'", "id: 'another'"))
                  .configuration());
      case HALF_A_CONFIGURATION -> halfAConfiguration(move);
      case REPEAT -> group.fold(repeated(move));
      case OTHER_CONTENT -> group.buy(qty).id("i-" + move.amount()).sendAgain();
      case TIME -> group.advance(move.amount() * GroupUnderTest.SECOND * (1 << 2 * move.where()));
      case CLOCK -> group.clock(move.amount() * GroupUnderTest.MINUTE);
    }
  }

  private void halfAConfiguration(Move move) {
    var chunk = io.sluice.domain.journal.ConfigChunks.split(other(move)).get(0);
    group.fold(
        "config",
        new io.sluice.domain.wire.ConfigChunk(
            "h" + move.where(), 1, 2, chunk.ruleSet(), chunk.content()),
        null);
  }

  private Configuration other(Move move) {
    boolean isPaper =
        group.state().configuration.execution().mode()
            == io.sluice.domain.config.Execution.Mode.PAPER;
    return (isPaper ? onPaper() : limited())
        .with("clock", "'" + group.state().configuration.clock() + "'")
        .with("id_window", "'" + (1 + move.where()) + "m'")
        .with("fill_window", "'" + 2 * (1 + move.where()) + "m'")
        .with("order_flow", "{message_window: '" + (1 + move.where()) + "s', drift_window: '30s'}")
        .with("accounts", ACCOUNTS.replace("leverage: '5'", "leverage: '" + move.amount() + "'"))
        .limit("firm", "max_qty", String.valueOf(10 + move.where()))
        .configuration();
  }

  private io.sluice.domain.journal.Entry repeated(Move move) {
    var entries = group.entries();
    return entries.get(Math.floorMod(entries.size() - move.amount(), entries.size()));
  }

  private static String scope(Move move) {
    return List.of(
            "firm",
            "account:demo",
            "account:other",
            "strategy:demo/s",
            "instrument:X:BTC",
            "venue:X",
            "desk:d",
            "instrument:X:ETH")
        .get(move.where());
  }

  private AccountBook book(Move move) {
    return group.book(move.where() % 2 == 0 ? "demo" : "other");
  }

  /** One of the account's orders, or null. */
  private Order order(Move move) {
    List<Order> orders = new ArrayList<>(book(move).orders().all());
    return orders.isEmpty() ? null : orders.get(move.amount() % orders.size());
  }

  private void amend(Move move, java.util.function.UnaryOperator<GroupUnderTest.Wish> change) {
    Order order = order(move);
    if (order != null) {
      change
          .apply(
              group
                  .amend(order.intentId())
                  .account(book(move).account().id())
                  .in(order.instrument()))
          .send();
    }
  }

  private void fill(Move move, BigDecimal most) {
    Order order = order(move);
    if (order == null || order.openQty().signum() == 0) {
      return;
    }
    BigDecimal qty = most == null ? order.openQty() : most.min(order.openQty());
    group.fill(
        book(move).account().id(),
        "f-" + group.entries().size(),
        order.intentId(),
        order.instrument(),
        order.side(),
        qty.toPlainString(),
        order.price().setScale(2, java.math.RoundingMode.UP).toPlainString(),
        "0.05",
        group.nowUs());
  }

  /** Paper execution meets one of the account's orders. */
  private void meet(Move move) {
    Order order = order(move);
    if (order == null) {
      return;
    }
    PaperTick.Status status = PaperTick.Status.values()[move.where() / 2 % 3];
    boolean isFilled = status == PaperTick.Status.FILLED;
    group.fold(
        "trades",
        new PaperTick(
            order.liveId(),
            book(move).account().id(),
            order.instrument(),
            status,
            isFilled ? BigDecimal.valueOf(80L + move.amount()) : null,
            isFilled ? BigDecimal.ONE : null,
            group.nowUs()),
        null);
  }

  private void status(Move move, OrderStatus.Status status, boolean ofAmendment) {
    Order order = order(move);
    if (order == null) {
      return;
    }
    String id =
        ofAmendment && order.amendment() != null ? order.amendment().intentId() : order.intentId();
    BigDecimal cum = order.filled().add(BigDecimal.valueOf(move.where() % 3)).min(order.qty());
    group.fold(
        "orders",
        new OrderStatus(
            id,
            book(move).account().id(),
            order.instrument(),
            status,
            cum,
            BigDecimal.ZERO,
            group.nowUs()),
        null);
  }

  /** Every order ends and everything the venue filled is booked. */
  void endAll() {
    // A fill that ends an order may cost so much that the gate closes what is left.
    List<Order> working = working();
    while (!working.isEmpty()) {
      working.forEach(this::end);
      working = working();
    }
  }

  private List<Order> working() {
    List<Order> working = new ArrayList<>();
    for (AccountBook book : group.state().books().values()) {
      for (Order order : book.orders().all()) {
        if (!order.terminal() || order.openQty().signum() > 0) {
          working.add(order);
        }
      }
    }
    return working;
  }

  private void end(Order order) {
    String account = accountOf(order);
    if (!order.terminal()) {
      group.fold(
          "orders",
          new OrderStatus(
              order.intentId(),
              account,
              order.instrument(),
              OrderStatus.Status.CANCELLED,
              order.done(),
              BigDecimal.ZERO,
              group.nowUs()),
          null);
    }
    Order ended = group.book(account).orders().get(order.intentId());
    if (ended != null && ended.openQty().signum() > 0) {
      group.fill(
          account,
          "end-" + group.entries().size(),
          ended.intentId(),
          ended.instrument(),
          ended.side(),
          ended.openQty().toPlainString(),
          "100",
          "0",
          group.nowUs());
    }
  }

  private String accountOf(Order order) {
    return group.book("demo").orders().get(order.intentId()) == order ? "demo" : "other";
  }
}
