package io.sluice.domain.account;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What an account has and has at work in one instrument, with the sums that limits are held
 * against.
 *
 * <p>Exposure is the worse side: the position with all working buys filled, or with all working
 * sells filled, in value; buys and sells at work are never netted.
 */
public final class Holding {
  private final String instrument;
  private final List<Total> totals;
  private final LatestMark latestMark;

  private BigDecimal multiplier;
  private Position position = Position.FLAT;
  private BigDecimal buyQty = BigDecimal.ZERO;
  private BigDecimal buyWorth = BigDecimal.ZERO;
  private BigDecimal buyValue = BigDecimal.ZERO;
  private BigDecimal sellQty = BigDecimal.ZERO;
  private BigDecimal sellWorth = BigDecimal.ZERO;
  private BigDecimal sellValue = BigDecimal.ZERO;
  private BigDecimal roundTrip = BigDecimal.ZERO;
  private BigDecimal mark;
  private BigDecimal exposure = BigDecimal.ZERO;
  private BigDecimal value = BigDecimal.ZERO;

  // The signed position with all working buys filled; of the short one with all sells.
  private BigDecimal bought = BigDecimal.ZERO;
  private BigDecimal sold = BigDecimal.ZERO;
  private double largerSide;

  private boolean awaitsFirstValue;
  private BigDecimal stopDistance;
  private BigDecimal best;

  /**
   * @param multiplier money of the account per price unit and quantity
   * @param totals the sums over wider scopes that this holding is a part of
   * @param latestMark the newest of the instrument; its price is told by {@link #setMark}
   */
  public Holding(
      String instrument, BigDecimal multiplier, List<Total> totals, LatestMark latestMark) {
    this.instrument = instrument;
    this.multiplier = multiplier;
    this.totals = new ArrayList<>(totals);
    this.latestMark = latestMark;
  }

  /** The same holding, which is new and has nothing, as a part of one more sum. */
  Holding partOf(Total total) {
    totals.add(total);
    return this;
  }

  /** The same holding, valued at a price. */
  public Holding markedAt(BigDecimal price) {
    setMark(price);
    return this;
  }

  public String instrument() {
    return instrument;
  }

  public Position position() {
    return position;
  }

  /** Money of the account per price unit and quantity: a rate is in it. */
  public BigDecimal multiplier() {
    return multiplier;
  }

  public BigDecimal buyQty() {
    return buyQty;
  }

  public BigDecimal buyValue() {
    return buyValue;
  }

  public BigDecimal sellQty() {
    return sellQty;
  }

  /** The newest mark of the instrument, if one has come: how old its price is. */
  public LatestMark latestMark() {
    return latestMark;
  }

  /** The price it is valued at, or null where none is known yet. */
  public BigDecimal mark() {
    return mark;
  }

  public BigDecimal exposure() {
    return exposure;
  }

  /** Realised profit less fees since the position was last flat. */
  BigDecimal roundTrip() {
    return roundTrip;
  }

  /** How far the stop is from the entry, as a fraction of it; null where no order has set it. */
  public BigDecimal stopDistance() {
    return stopDistance;
  }

  /** An order that opens or adds sets the distance of the position's stop. */
  public void setStopDistance(BigDecimal distance) {
    stopDistance = distance;
  }

  /** The best price since the position was opened, or null before its first mark. */
  public BigDecimal best() {
    return best;
  }

  /** Takes note of a price; returns whether it is better than any before. */
  public boolean improve(BigDecimal price) {
    boolean isBetter =
        best == null
            || (position.qty().signum() > 0
                ? price.compareTo(best) > 0
                : price.compareTo(best) < 0);
    if (isBetter) {
      best = price;
    }
    return isBetter;
  }

  void restoreExit(BigDecimal distance, BigDecimal bestPrice) {
    stopDistance = distance;
    best = bestPrice;
  }

  /** The signed value of a part of the position; at cost where it has no price yet. */
  BigDecimal valueOf(BigDecimal qty) {
    if (qty.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal price = mark == null ? position.averagePrice() : mark;
    return price == null ? BigDecimal.ZERO : qty.multiply(price).multiply(multiplier);
  }

  /** The signed value of the position; at cost where it has no price yet. */
  BigDecimal value() {
    return value;
  }

  /** Profit of the position at its mark; 0 where it has none. */
  public BigDecimal unrealised() {
    return value.subtract(position.cost().multiply(multiplier));
  }

  /**
   * How much of an order on this side would bring the position closer to flat, working orders on
   * that side counted.
   */
  public BigDecimal reducible(Side side, BigDecimal workingOfThisOrder) {
    BigDecimal against = side == Side.SELL ? position.qty() : position.qty().negate();
    BigDecimal working = (side == Side.SELL ? sellQty : buyQty).subtract(workingOfThisOrder);
    return against.subtract(working).max(BigDecimal.ZERO);
  }

  /**
   * The value on the order's side before the order: the signed position towards it, plus what works
   * on that side.
   */
  public BigDecimal sideValue(Side side) {
    return side == Side.BUY ? bought : sold;
  }

  /**
   * The larger of both sides' values, of equals that of buys, as the nearest double: below 0 where
   * sells are larger.
   */
  public double largerSideAsDouble() {
    if (Double.isNaN(largerSide)) {
      largerSide = Decimals.toDouble(bought.compareTo(sold) >= 0 ? bought : sold.negate());
    }
    return largerSide;
  }

  void setPosition(Position next) {
    if (next.qty().signum() != position.qty().signum()) {
      best = null;
    }
    position = next;
    update();
  }

  void setRoundTrip(BigDecimal next) {
    roundTrip = next;
  }

  void setMark(BigDecimal price) {
    mark = price;
    awaitsFirstValue = false;
    update();
  }

  /**
   * Whether the position came with a snapshot and has had no price since: it stands at what it once
   * cost, so its first price brings neither profit nor loss.
   */
  public boolean awaitsFirstValue() {
    return awaitsFirstValue && mark == null && !position.isFlat();
  }

  void setAwaitsFirstValue(boolean awaits) {
    awaitsFirstValue = awaits;
  }

  /**
   * Adds what an order reserves, or takes it away with a negative quantity and worth.
   *
   * @param worth in price units
   */
  void work(Side side, BigDecimal qty, BigDecimal worth) {
    if (side == Side.BUY) {
      buyQty = buyQty.add(qty);
      buyWorth = buyWorth.add(worth);
    } else {
      sellQty = sellQty.add(qty);
      sellWorth = sellWorth.add(worth);
    }
    addWork(side, worth.multiply(multiplier));
    update();
  }

  private void addWork(Side side, BigDecimal change) {
    for (Total total : totals) {
      total.addWork(side, change);
    }
    if (side == Side.BUY) {
      buyValue = buyValue.add(change);
    } else {
      sellValue = sellValue.add(change);
    }
  }

  /** The currency that the instrument is priced in is worth more or less than before. */
  void setMultiplier(BigDecimal next) {
    multiplier = next;
    addWork(Side.BUY, buyWorth.multiply(next).subtract(buyValue));
    addWork(Side.SELL, sellWorth.multiply(next).subtract(sellValue));
    update();
  }

  /** Whether there is neither a position nor an order at work. */
  public boolean isEmpty() {
    return position.isFlat() && buyQty.signum() == 0 && sellQty.signum() == 0;
  }

  private void update() {
    BigDecimal worth =
        mark == null
            ? position.cost().multiply(multiplier)
            : position.qty().multiply(mark).multiply(multiplier);
    if (worth.compareTo(value) != 0) {
      BigDecimal change = worth.subtract(value);
      for (Total total : totals) {
        total.addNet(change);
      }
      value = worth;
    }
    bought = value.add(buyValue);
    sold = sellValue.subtract(value);
    largerSide = Double.NaN;
    BigDecimal next = bought.max(sold).max(BigDecimal.ZERO);
    if (next.compareTo(exposure) != 0) {
      BigDecimal change = next.subtract(exposure);
      for (Total total : totals) {
        total.addExposure(change);
      }
      exposure = next;
    }
  }
}
