package io.sluice.domain.account;

import io.sluice.domain.config.Account;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The books of one account: cash, holdings, orders at work, profit, equity and the run of losses.
 */
public final class AccountBook {
  /** The fills that are kept until the books start; of more the oldest go. */
  private static final int MAX_EARLY_FILLS = 1_000;

  private final Account account;
  private final BigDecimal feeRate;
  private final Function<String, BigDecimal> rateOf;
  private final Holdings holdings;
  private final Orders orders;
  private final Deque<Fill> early = new ArrayDeque<>();
  private final StrategyPositions positions = new StrategyPositions();
  private final StrategyValues strategyValues;
  private final Allocations allocations = new Allocations();

  private boolean initialised;
  private long snapshotUs = -1;
  private BigDecimal cash = BigDecimal.ZERO;
  private BigDecimal realised = BigDecimal.ZERO;
  private BigDecimal fees = BigDecimal.ZERO;
  private BigDecimal equity = BigDecimal.ZERO;
  private BigDecimal startEquity = BigDecimal.ZERO;
  private RunOfLosses losses = RunOfLosses.NONE;
  private TrackRecord trackRecord = TrackRecord.NONE;

  /**
   * @param feeRate what is set aside for fees, as a fraction of value
   * @param rateOf what a unit of a currency is worth in the account's, or null where that is not
   *     known
   * @param newHolding makes an empty holding in an instrument
   * @param atWork is told of every change in what works
   */
  public AccountBook(
      Account account,
      BigDecimal feeRate,
      Function<String, BigDecimal> rateOf,
      Function<String, Holding> newHolding,
      AtWork atWork) {
    this.account = account;
    this.holdings = new Holdings(account, newHolding);
    this.strategyValues = new StrategyValues(positions, holdings::get);
    this.orders =
        new Orders(
            holdings::in,
            strategyValues,
            (before, after, multiplier) -> {
              positions.working(before, after);
              atWork.changed(before, after, multiplier);
            });
    this.feeRate = feeRate;
    this.rateOf = rateOf;
  }

  public Account account() {
    return account;
  }

  /**
   * Whether the books are known: from the configured cash in paper mode, else from the first
   * position snapshot.
   */
  public boolean isInitialised() {
    return initialised;
  }

  public BigDecimal cash() {
    return cash;
  }

  public BigDecimal realised() {
    return realised;
  }

  public BigDecimal fees() {
    return fees;
  }

  /**
   * Cash plus what the holdings are worth: their value for a cash account, their unrealised profit
   * for a margin one.
   */
  public BigDecimal equity() {
    return equity;
  }

  public BigDecimal startEquity() {
    return startEquity;
  }

  /** Losing round trips since the last winning one. */
  public int lossesInARow() {
    return losses.length();
  }

  /** The run of losses at which the account was last halted for it, 0 for none in this run. */
  public int haltedAtLosses() {
    return losses.haltedAt();
  }

  /** The run of losses as it stands has had its halt. */
  public void haltedForLosses() {
    losses = losses.halted();
  }

  /** Gate time of the last losing round trip, epoch microseconds, or null. */
  public Long lastLossUs() {
    return losses.lastUs();
  }

  /** How the account has done so far. */
  public TrackRecord trackRecord() {
    return trackRecord;
  }

  /**
   * UTC days have ended.
   *
   * @param profit of the first of them, a loss below 0
   * @param dayStart equity at its start
   * @param ended how many, from 1
   */
  public void daysEnded(BigDecimal profit, BigDecimal dayStart, long ended) {
    if (initialised && dayStart.signum() > 0) {
      trackRecord = trackRecord.withDays(profit, dayStart, ended);
    }
  }

  long snapshotUs() {
    return snapshotUs;
  }

  public Collection<Holding> holdings() {
    return holdings.all();
  }

  public Orders orders() {
    return orders;
  }

  /** Whose its positions are. */
  public StrategyPositions positions() {
    return positions;
  }

  /** What of its positions and orders is whose, in value. */
  public StrategyValues strategyValues() {
    return strategyValues;
  }

  /** What its strategies were let open today. */
  public Allocations allocations() {
    return allocations;
  }

  /** The holding in an instrument, or null where the account has never had one. */
  public Holding holding(String instrument) {
    return holdings.get(instrument);
  }

  public BigDecimal unrealised() {
    return holdings.unrealised();
  }

  public BigDecimal exposure() {
    return holdings.exposure();
  }

  /** Whether a position has no price yet, so that equity is a guess. */
  public boolean hasUnpricedPosition() {
    return holdings.hasUnpriced();
  }

  /** Cash set aside for buy orders at work, fees included. */
  public BigDecimal reservedCash() {
    return withFee(holdings.buyValue());
  }

  /** A value with what is set aside for its fee. */
  public BigDecimal withFee(BigDecimal value) {
    return value.add(value.multiply(feeRate));
  }

  /** Books start with cash only: an account in paper mode. */
  public void start(BigDecimal startingCash) {
    cash = startingCash;
    initialised = true;
    revalue();
    startEquity = equity;
  }

  /**
   * Books start as the venue sees them. Orders at work stay; fills that came before the snapshot
   * and are stamped after it are booked on top.
   */
  public void start(BigDecimal venueCash, Map<String, Position> venuePositions, long atUs) {
    cash = venueCash;
    holdings.all().forEach(holding -> holding.setPosition(Position.FLAT));
    venuePositions.forEach((instrument, position) -> holdings.in(instrument).setPosition(position));
    for (Holding holding : holdings.all()) {
      positions.set(holding.instrument(), holding.position());
      holding.setRoundTrip(BigDecimal.ZERO);
      holding.setAwaitsFirstValue(holding.mark() == null);
    }
    snapshotUs = atUs;
    initialised = true;
    revalue();
    startEquity = equity;
    List<Fill> kept = List.copyOf(early);
    early.clear();
    kept.forEach(fill -> bookNow(fill, fill.eventTimeUs()));
  }

  /**
   * Books are put right as a statement of the venue says. Orders at work stay, profit and runs of
   * losses too; a round trip goes on unless its position has changed sides.
   */
  public void correct(Correction correction) {
    if (correction.cash() != null) {
      cash = correction.cash();
    }
    correction
        .positions()
        .forEach(
            (instrument, position) -> {
              Holding holding = holdings.in(instrument);
              if (holding.position().qty().signum() != position.qty().signum()) {
                holding.setRoundTrip(BigDecimal.ZERO);
              }
              holding.setPosition(position);
              positions.set(instrument, position);
              holding.setAwaitsFirstValue(holding.mark() == null);
            });
    snapshotUs = Math.max(snapshotUs, correction.asOfUs());
    revalue();
  }

  /** Fills stamped from here on are not in the snapshot the books started from. */
  public long fillableFromUs() {
    return snapshotUs + 1;
  }

  /** Whether the books were set by a position snapshot rather than by configuration. */
  public boolean hasSnapshot() {
    return snapshotUs >= 0;
  }

  /**
   * Values one of the holdings at a price, or only at a rate where it has no price yet.
   *
   * @param price the newest, or null
   * @param multiplier money of the account per price unit and quantity
   * @return whether either is another than before
   */
  public boolean value(Holding holding, BigDecimal price, BigDecimal multiplier) {
    boolean isConverted = holding.multiplier().compareTo(multiplier) != 0;
    boolean isMarked =
        price != null && (holding.mark() == null || holding.mark().compareTo(price) != 0);
    if (!isConverted && !isMarked) {
      return false;
    }
    BigDecimal before = holdings.worth(holding);
    if (isConverted) {
      orders.setMultiplier(holding, multiplier);
    }
    if (isMarked) {
      holding.setMark(price);
    }
    equity = equity.add(holdings.worth(holding)).subtract(before);
    return true;
  }

  /**
   * Books a fill: its order's reservation shrinks, the position, cash, fees and profit follow. A
   * fill stamped at or before the snapshot the books started from is in them already and only ends
   * its reservation. Before the books start it is kept until they do.
   *
   * @return the profit less fees of the round trip that the fill ended, or null where it ended none
   */
  public BigDecimal book(Fill fill, long nowUs) {
    orders.fill(fill, nowUs);
    if (!initialised) {
      if (early.size() == MAX_EARLY_FILLS) {
        early.removeFirst();
      }
      early.addLast(fill);
      return null;
    }
    return bookNow(fill, nowUs);
  }

  /** A fee in a currency that there is no rate of cannot be booked. */
  public boolean isFeeBooked(Fill fill) {
    return fee(fill) != null;
  }

  /** In the account's currency, or null where it has no rate. */
  private BigDecimal fee(Fill fill) {
    if (fill.feeCurrency() == null || fill.feeCurrency().equals(account.currency())) {
      return fill.fee();
    }
    BigDecimal rate = rateOf.apply(fill.feeCurrency());
    return rate == null ? null : fill.fee().multiply(rate);
  }

  private BigDecimal bookNow(Fill fill, long nowUs) {
    if (fill.eventTimeUs() <= snapshotUs) {
      return null;
    }
    Holding holding = holdings.in(fill.instrument());
    Position.Filled filled = holding.position().fill(fill.side(), fill.qty(), fill.price());
    BigDecimal profit = filled.realised().multiply(holding.multiplier());
    BigDecimal converted = fee(fill);
    BigDecimal fee = converted == null ? BigDecimal.ZERO : converted;
    BigDecimal value = fill.qty().multiply(fill.price()).multiply(holding.multiplier());
    BigDecimal flow =
        account.kind() == Account.Kind.MARGIN
            ? profit
            : fill.side() == Side.BUY ? value.negate() : value;
    cash = cash.add(flow).subtract(fee);
    realised = realised.add(profit);
    fees = fees.add(fee);
    BigDecimal roundTrip = holding.roundTrip().add(profit).subtract(fee);
    holding.setPosition(filled.position());
    // A venue's report need not say whose order it fills.
    Order order = fill.intentId() == null ? null : orders.of(fill.intentId());
    positions.filled(
        fill.instrument(),
        order == null ? fill.strategy() : order.strategy(),
        fill.side() == Side.BUY ? fill.qty() : fill.qty().negate(),
        filled.position());
    holding.setRoundTrip(filled.closed() ? BigDecimal.ZERO : roundTrip);
    revalue();
    if (!filled.closed()) {
      return null;
    }
    trackRecord = trackRecord.withRoundTrip(roundTrip);
    losses = losses.after(roundTrip, nowUs);
    return roundTrip;
  }

  public void forgetLosses() {
    losses = losses.over();
  }

  private void revalue() {
    equity = cash.add(holdings.worth());
  }

  /** Puts everything into the empty books of the same account under another configuration. */
  public void moveInto(AccountBook next) {
    next.restore(initialised, snapshotUs, cash, realised, fees, startEquity, losses);
    for (Holding holding : holdings.all()) {
      next.restoreHolding(
          holding.instrument(),
          holding.position(),
          holding.roundTrip(),
          holding.mark(),
          holding.awaitsFirstValue());
    }
    for (Holding holding : holdings.all()) {
      next.restoreExit(holding.instrument(), holding.stopDistance(), holding.best());
      next.positions.restore(holding.instrument(), positions.quantities(holding.instrument()));
    }
    next.restore(trackRecord);
    allocations
        .byStrategy()
        .forEach((strategy, value) -> next.allocations.add(strategy, allocations.utcDay(), value));
    orders.moveInto(next.orders);
    early.forEach(next::restoreEarly);
  }

  /** Everything that cannot be derived, as it was; holdings and orders follow. */
  void restore(
      boolean wasInitialised,
      long oldSnapshotUs,
      BigDecimal oldCash,
      BigDecimal oldRealised,
      BigDecimal oldFees,
      BigDecimal oldStartEquity,
      RunOfLosses oldLosses) {
    initialised = wasInitialised;
    snapshotUs = oldSnapshotUs;
    cash = oldCash;
    realised = oldRealised;
    fees = oldFees;
    startEquity = oldStartEquity;
    losses = oldLosses;
    revalue();
  }

  void restore(TrackRecord oldTrackRecord) {
    trackRecord = oldTrackRecord;
  }

  void restoreHolding(
      String instrument,
      Position position,
      BigDecimal roundTrip,
      BigDecimal mark,
      boolean awaitsFirstValue) {
    Holding holding = holdings.in(instrument);
    holding.setPosition(position);
    holding.setRoundTrip(roundTrip);
    if (mark != null) {
      holding.setMark(mark);
    }
    holding.setAwaitsFirstValue(awaitsFirstValue);
    revalue();
  }

  void restoreExit(String instrument, BigDecimal stopDistance, BigDecimal best) {
    holdings.in(instrument).restoreExit(stopDistance, best);
  }

  void restoreEarly(Fill fill) {
    early.addLast(fill);
  }

  Collection<Fill> early() {
    return early;
  }
}
