package io.sluice.cli.executor;

import io.sluice.domain.config.Instrument;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A venue that exists on paper: it fills orders against public trades. Whatever is asked of it
 * arrives after a latency, in order. A MARKET order is filled at the newest trade's price; a LIMIT
 * order is filled where a trade crosses it, by no more than that trade's quantity, and rests until
 * then if it is GTC. It has no clock: it is told the time. What is random comes from a hash of the
 * decision_id. All that it knows is lost with it.
 */
final class PaperVenue {
  /**
   * How the venue behaves.
   *
   * @param latencyUs time until something sent arrives, microseconds, at least 0
   * @param slippage how far a fill is moved against the order, as a fraction of the price
   * @param fee fee rate on the value of a fill
   * @param rejectShare share of orders and amendments that are rejected, 0 to 1
   * @param partialFills in how many fills an order is filled, at least 1
   */
  record Terms(
      long latencyUs, BigDecimal slippage, BigDecimal fee, double rejectShare, int partialFills) {}

  private record Request(Instruction instruction, long dueUs) {}

  /** The newest trade; {@code left} is what limit orders have not taken of it. */
  private record Market(BigDecimal price, BigDecimal left) {}

  private static final int HASH_DIGITS = 8;
  private static final double HASHES = 0x1p32;

  private final Map<String, Instrument> instruments;
  private final Terms terms;
  private final Map<String, BigDecimal> positions;
  private final Deque<Request> underWay = new ArrayDeque<>();
  private final Map<String, PaperOrder> orders = new LinkedHashMap<>();
  private final Map<String, String> amended = new HashMap<>();
  private final Map<String, Market> markets = new HashMap<>();

  /**
   * @param positions what the accounts hold at the start, by {@link #holding}
   */
  PaperVenue(Map<String, Instrument> instruments, Terms terms, Map<String, BigDecimal> positions) {
    this.instruments = instruments;
    this.terms = terms;
    this.positions = new HashMap<>(positions);
  }

  /** The key of an account's position in an instrument. */
  static String holding(String account, String instrument) {
    return account + "\n" + instrument;
  }

  /** Something is on its way to the venue. */
  void send(Instruction instruction, long nowUs) {
    underWay.add(new Request(instruction, nowUs + terms.latencyUs()));
  }

  /** Time passes: what is due arrives. */
  List<Report> advance(long nowUs) {
    List<Report> reports = new ArrayList<>();
    while (!underWay.isEmpty() && underWay.peek().dueUs() <= nowUs) {
      Instruction arrived = underWay.poll().instruction();
      switch (arrived.action()) {
        case NEW -> place(arrived, nowUs, reports);
        case AMEND -> amend(arrived, nowUs, reports);
        case CANCEL -> cancel(arrived, nowUs, reports);
      }
    }
    return reports;
  }

  /** A public trade, after everything that is due by then. */
  List<Report> trade(Trade trade, long nowUs) {
    List<Report> reports = advance(nowUs);
    markets.put(trade.instrument(), new Market(trade.price(), trade.qty()));
    for (PaperOrder order : List.copyOf(orders.values())) {
      if (order.placed().instrument().equals(trade.instrument())) {
        match(order, nowUs, reports);
      }
    }
    return reports;
  }

  private void place(Instruction placed, long nowUs, List<Report> reports) {
    PaperOrder order = new PaperOrder(placed);
    boolean hasPrice = markets.containsKey(placed.instrument());
    if (!instruments.containsKey(placed.instrument())
        || isUnlucky(placed)
        || placed.type() == OrderType.MARKET && !hasPrice
        || order.isReduceOnly() && reducible(order).signum() == 0) {
      reports.add(order.status(Status.REJECTED, nowUs));
      return;
    }
    orders.put(placed.decisionId(), order);
    reports.add(order.status(Status.ACKED, nowUs));
    match(order, nowUs, reports);
    if (order.isAtOnce()) {
      end(order, Status.CANCELLED, nowUs, reports);
    }
  }

  private void amend(Instruction amendment, long nowUs, List<Report> reports) {
    PaperOrder order = find(amendment);
    if (order == null || isUnlucky(amendment)) {
      BigDecimal cum = order == null ? BigDecimal.ZERO : order.cum();
      BigDecimal leaves = order == null ? BigDecimal.ZERO : order.leaves();
      reports.add(Report.status(amendment, Status.REJECTED, cum, leaves, nowUs));
      return;
    }
    order.amend(amendment);
    amended.put(amendment.decisionId(), order.placed().decisionId());
    reports.add(Report.status(amendment, Status.ACKED, order.cum(), order.leaves(), nowUs));
    if (order.leaves().signum() == 0) {
      end(order, Status.DONE, nowUs, reports);
    } else {
      match(order, nowUs, reports);
    }
  }

  private void cancel(Instruction cancel, long nowUs, List<Report> reports) {
    PaperOrder order = find(cancel);
    if (order != null) {
      end(order, Status.CANCELLED, nowUs, reports);
    }
    Status answer = order == null ? Status.REJECTED : Status.DONE;
    reports.add(Report.status(cancel, answer, BigDecimal.ZERO, BigDecimal.ZERO, nowUs));
  }

  /** The working order an amendment or a cancel is about, named by its own id or an amendment's. */
  private PaperOrder find(Instruction about) {
    String target = about.targetId();
    return orders.get(amended.getOrDefault(target, target));
  }

  /** Fills an order as far as the market lets it: in one step if it rests, else in all of them. */
  private void match(PaperOrder order, long nowUs, List<Report> reports) {
    Instrument instrument = instruments.get(order.placed().instrument());
    Market market = markets.get(instrument.id());
    if (market == null || !order.isCrossedBy(market.price())) {
      return;
    }
    BigDecimal fillable = fillable(order, market, instrument);
    if (order.isAllOrNothing() && fillable.compareTo(order.leaves()) < 0) {
      return;
    }
    do {
      BigDecimal qty = order.slice(terms.partialFills(), instrument.lot()).min(fillable);
      if (qty.signum() > 0) {
        fill(order, qty, market.price(), instrument, nowUs, reports);
      }
      fillable = fillable.subtract(qty);
    } while (order.isAtOnce() && fillable.signum() > 0);
    if (order.isReduceOnly() && reducible(order).signum() == 0) {
      end(order, Status.CANCELLED, nowUs, reports);
    }
  }

  private BigDecimal fillable(PaperOrder order, Market market, Instrument instrument) {
    BigDecimal most = order.leaves();
    if (order.placed().type() == OrderType.LIMIT) {
      most = most.min(Decimals.floorTo(market.left(), instrument.lot()));
    }
    return order.isReduceOnly() ? most.min(reducible(order)) : most;
  }

  /** How much the order can trade and still bring the account's position closer to flat. */
  private BigDecimal reducible(PaperOrder order) {
    BigDecimal position = positions.getOrDefault(holding(order), BigDecimal.ZERO);
    return (order.buys() ? position.negate() : position).max(BigDecimal.ZERO);
  }

  private void fill(
      PaperOrder order,
      BigDecimal qty,
      BigDecimal tradePrice,
      Instrument instrument,
      long nowUs,
      List<Report> reports) {
    BigDecimal slip = tradePrice.multiply(terms.slippage());
    BigDecimal moved = order.buys() ? tradePrice.add(slip) : tradePrice.subtract(slip);
    BigDecimal price =
        order.within(Decimals.roundTo(moved, instrument.tick()).max(instrument.tick()));
    BigDecimal fee =
        qty.multiply(price)
            .multiply(instrument.multiplier())
            .multiply(terms.fee())
            .setScale(Decimals.DIVISION_SCALE, RoundingMode.HALF_EVEN);
    Instruction placed = order.placed();
    int number = order.filled(qty);
    reports.add(
        Report.of(
            new Fill(
                placed.decisionId() + "-" + number,
                placed.intentId(),
                placed.account(),
                placed.strategy(),
                placed.instrument(),
                placed.side(),
                qty,
                price,
                fee,
                instrument.quote(),
                nowUs)));
    positions.merge(holding(order), order.buys() ? qty : qty.negate(), BigDecimal::add);
    if (placed.type() == OrderType.LIMIT) {
      markets.computeIfPresent(
          instrument.id(), (id, market) -> new Market(market.price(), market.left().subtract(qty)));
    }
    if (order.leaves().signum() == 0) {
      end(order, Status.DONE, nowUs, reports);
    } else {
      reports.add(order.status(Status.ACKED, nowUs));
    }
  }

  /** Takes an order off the venue; one that has ended before is left as it was. */
  private void end(PaperOrder order, Status status, long nowUs, List<Report> reports) {
    String id = order.placed().decisionId();
    if (orders.remove(id) != null) {
      amended.values().removeIf(id::equals);
      reports.add(order.status(status, nowUs));
    }
  }

  private static String holding(PaperOrder order) {
    return holding(order.placed().account(), order.placed().instrument());
  }

  private boolean isUnlucky(Instruction instruction) {
    String hash = Sha256.hex("reject\n" + instruction.decisionId()).substring(0, HASH_DIGITS);
    return Long.parseLong(hash, 16) / HASHES < terms.rejectShare();
  }
}
