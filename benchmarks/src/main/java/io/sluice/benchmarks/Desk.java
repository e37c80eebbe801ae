package io.sluice.benchmarks;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.JournalLine;
import io.sluice.domain.market.Liquidity;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A risk group at work, for the benchmarks of the fold: every account holds every instrument and
 * has working orders on both sides of it. Entries come every 20 ms of the group's clock. Whatever
 * it is made to fold comes in pairs that cancel out, a buy and a sell at one price, so that it can
 * go on for ever: cash, positions and equity swing around where they began, ids leave the window as
 * new ones enter it, ended orders are forgotten.
 */
final class Desk {
  /** Those in which orders are sent; in all others positions are held. */
  static final List<String> TRADED =
      List.of("BINANCE:BTCUSDT", "BINANCE:ETHUSDT", "BINANCE:SOLUSDT");

  private static final String GROUP = "firm";
  private static final List<String> STRATEGIES = List.of("trend", "carry", "maker");

  /** Cents, holdings and orders of the first three instruments, and of all others by turns. */
  private static final long[] PRICES = {6_000_000, 300_000, 15_000};

  private static final BigDecimal[] HELD = decimals("20", "400", "8000");
  private static final BigDecimal[] WORKING = decimals("1.2", "24", "480");
  private static final BigDecimal[] ORDERED = decimals("0.05", "1.2", "31.5");
  private static final BigDecimal[] FILLED = decimals("0.00001", "0.0002", "0.004");
  private static final int WORKING_ORDERS = 96;
  private static final long START_US = 1_750_000_000_000_000L;
  private static final long STEP_US = 20_000;
  private static final BigDecimal FEE = new BigDecimal("0.0125");
  private static final BigDecimal SPREAD = new BigDecimal("0.02");
  private static final double SIGMA_DAILY = 0.031234567891;
  private static final Liquidity LIQUIDITY =
      new Liquidity(
          new BigDecimal("500"),
          new BigDecimal("500"),
          new BigDecimal("5000"),
          new BigDecimal("90000"));

  private final GroupState state = new GroupState(GROUP);
  private final GroupFold fold = new GroupFold();
  private final List<String> accounts;
  private final List<String> instruments;
  private final BigDecimal[][] walk;
  private final List<Order> working = new ArrayList<>();
  private final int[] ordinals;
  private long nowUs = START_US;
  private long offset;
  private long intents;
  private long fills;
  private long statuses;
  private long marks;

  private record Order(String id, String account, int instrument, Side side) {}

  /** Four accounts that hold three instruments. */
  Desk() {
    this(DeskConfiguration.external().forGroup(GROUP));
  }

  /** A hundred accounts that hold twenty instruments, with fifty limits for each order. */
  static Desk large() {
    return new Desk(DeskConfiguration.large());
  }

  private Desk(Configuration configuration) {
    accounts = List.copyOf(configuration.accounts().keySet());
    instruments = new ArrayList<>(TRADED);
    configuration.instruments().keySet().stream()
        .filter(id -> !TRADED.contains(id))
        .forEach(instruments::add);
    walk = new BigDecimal[instruments.size()][512];
    ordinals = new int[instruments.size()];
    for (var chunk : ConfigChunks.split(configuration)) {
      fold(entry(chunk, null));
    }
    for (int i = 0; i < walk.length; i++) {
      for (int step = 0; step < walk[i].length; step++) {
        double angle = 2 * Math.PI * step / walk[i].length;
        long cents = Math.round(PRICES[i % PRICES.length] * (1 + 0.02 * Math.sin(angle)));
        walk[i][step] = BigDecimal.valueOf(cents, 2);
      }
    }
    for (String account : accounts) {
      List<AccountSnapshot.Holding> holdings = new ArrayList<>();
      for (int i = 0; i < instruments.size(); i++) {
        holdings.add(
            new AccountSnapshot.Holding(instruments.get(i), HELD[i % HELD.length], walk[i][0]));
      }
      fold(
          entry(
              new AccountSnapshot(account, "USDT", new BigDecimal("10000000"), holdings, nowUs),
              null));
    }
    for (int i = 0; i < instruments.size(); i++) {
      fold(mark());
    }
    placeWorkingOrders();
  }

  private static BigDecimal[] decimals(String... values) {
    BigDecimal[] decimals = new BigDecimal[values.length];
    for (int i = 0; i < values.length; i++) {
      decimals[i] = new BigDecimal(values[i]);
    }
    return decimals;
  }

  /**
   * On both sides of the first three instruments by turns, of all accounts. Their fills never use
   * them up: as many as are bought are sold, of orders that stay.
   */
  private void placeWorkingOrders() {
    for (int n = 0; n < WORKING_ORDERS; n++) {
      Side side = n % 2 == 0 ? Side.BUY : Side.SELL;
      int instrument = n / 2 % PRICES.length;
      String account = accounts.get(n / 2 / PRICES.length % accounts.size());
      BigDecimal away = side == Side.BUY ? new BigDecimal("0.97") : new BigDecimal("1.03");
      Entry entry =
          intent(
              account,
              instrument,
              side,
              OrderType.LIMIT,
              WORKING[instrument],
              limit(instrument, away),
              "carry");
      mustApprove(fold(entry));
      working.add(new Order(((Intent) entry.input()).intentId(), account, instrument, side));
    }
  }

  private BigDecimal limit(int instrument, BigDecimal away) {
    return price(instrument).multiply(away).setScale(2, RoundingMode.HALF_EVEN);
  }

  GroupState state() {
    return state;
  }

  /** Folds an entry and lets the journal grow by its line, which is not made. */
  Effects fold(Entry entry) {
    Effects effects = fold.apply(state, entry);
    if (effects != null) {
      state.journaled(effects.seq(), JournalLine.GENESIS);
    }
    return effects;
  }

  static Decision mustApprove(Effects effects) {
    Decision decision = effects.decisions().get(0);
    mustBeApproved(decision);
    return decision;
  }

  static void mustBeApproved(Decision decision) {
    if (decision.ruling().approvedQty().signum() == 0) {
      String json = new String(decision.toJson(), StandardCharsets.UTF_8);
      throw new IllegalStateException("refused: " + json);
    }
  }

  /** The next mark, of one instrument after the other, each at another price than the last. */
  Entry mark() {
    int i = (int) (marks++ % instruments.size());
    BigDecimal price = price(i);
    long slotUs = nowUs - nowUs % 1_000_000;
    Mark mark =
        new Mark(
            instruments.get(i),
            price,
            price,
            price,
            nowUs,
            nowUs,
            false,
            slotUs,
            ordinals[i]++,
            SIGMA_DAILY);
    return entry(mark, null);
  }

  /** The next fill of a working order: of a buy, then of a sell of the same account and price. */
  Entry fill() {
    long n = fills++;
    Order order = working.get((int) (n % working.size()));
    boolean isBuy = order.side == Side.BUY;
    Fill fill =
        new Fill(
            "f-" + n,
            order.id,
            order.account,
            "carry",
            instruments.get(order.instrument),
            order.side,
            FILLED[order.instrument],
            walk[order.instrument][(int) (n / 2 % 512)],
            isBuy ? FEE : FEE.negate(),
            "USDT",
            nowUs);
    return entry(fill, null);
  }

  /** The next acknowledgement of a working order. */
  Entry status() {
    Order order = working.get((int) (statuses++ % working.size()));
    OrderStatus status =
        new OrderStatus(
            order.id,
            order.account,
            instruments.get(order.instrument),
            OrderStatus.Status.ACKED,
            BigDecimal.ZERO,
            WORKING[order.instrument],
            nowUs);
    return entry(status, null);
  }

  /** The next order: market and limit, buys and sells by turns, over all accounts. */
  Entry intent() {
    return intent(intents / 2 % 2 == 0 ? OrderType.MARKET : OrderType.LIMIT);
  }

  Entry intent(OrderType type) {
    long n = intents;
    Side side = n % 2 == 0 ? Side.BUY : Side.SELL;
    int account = (int) (n / 4 % accounts.size());
    int instrument = (int) (n / 16 % PRICES.length);
    BigDecimal away = side == Side.BUY ? new BigDecimal("0.999") : new BigDecimal("1.001");
    return intent(
        accounts.get(account),
        instrument,
        side,
        type,
        ORDERED[instrument],
        type == OrderType.LIMIT ? limit(instrument, away) : null,
        STRATEGIES.get(instrument));
  }

  /** An order that several rules refuse or shrink: too large in every respect. */
  Entry refusedIntent() {
    return intent(
        accounts.get((int) (intents % accounts.size())),
        0,
        Side.BUY,
        OrderType.LIMIT,
        new BigDecimal("700"),
        limit(0, new BigDecimal("1.2")),
        STRATEGIES.get(0));
  }

  private Entry intent(
      String account,
      int instrument,
      Side side,
      OrderType type,
      BigDecimal qty,
      BigDecimal limitPrice,
      String strategy) {
    long n = intents++;
    BigDecimal last = walk[instrument][(int) (n / 2 % 512)];
    Intent intent =
        new Intent(
            "desk-7f3a9c-" + n,
            Action.NEW,
            null,
            account,
            strategy,
            instruments.get(instrument),
            side,
            type,
            qty,
            limitPrice,
            type == OrderType.MARKET ? TimeInForce.IOC : TimeInForce.GTC,
            false,
            0.62,
            0.0015,
            nowUs,
            null);
    Snapshot snapshot =
        new Snapshot(
                last,
                nowUs - 1_500,
                nowUs - 900,
                last.subtract(SPREAD),
                last.add(SPREAD),
                nowUs - 700,
                nowUs - 300,
                SIGMA_DAILY,
                List.of(),
                false,
                false,
                nowUs)
            .with(LIQUIDITY, null);
    return entry(intent, snapshot);
  }

  /** The fill and the end of an order that was approved: nothing of it stays reserved. */
  void settle(Decision decision) {
    BigDecimal qty = decision.ruling().approvedQty();
    fold(
        entry(
            new Fill(
                "x-" + decision.intentId(),
                decision.intentId(),
                decision.account(),
                decision.strategy(),
                decision.instrument(),
                decision.side(),
                qty,
                decision.referencePrice(),
                BigDecimal.ZERO,
                "USDT",
                nowUs),
            null));
    fold(
        entry(
            new OrderStatus(
                decision.intentId(),
                decision.account(),
                decision.instrument(),
                OrderStatus.Status.DONE,
                qty,
                BigDecimal.ZERO,
                nowUs),
            null));
  }

  private BigDecimal price(int instrument) {
    return walk[instrument][(int) (offset / 2 % 512)];
  }

  private Entry entry(Message message, Snapshot snapshot) {
    nowUs += STEP_US;
    Cause cause = new Cause("desk.jsonl", 0, ++offset, 0);
    return new Entry(GROUP, cause, nowUs, message, snapshot);
  }
}
