package io.sluice.domain.risk;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.Profile;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.market.Regime;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;

/**
 * An intent together with everything a rule may look at: the account's books, the instrument, the
 * market then, the limits. What an amended order reserves is left out, so that the amendment is
 * judged as the order it would become.
 */
public final class Proposal {
  private final Intent intent;
  private final Snapshot market;
  private final GroupView group;
  private final AccountBook book;
  private final Instrument instrument;
  private final BigDecimal multiplier;
  private final OrderTerms terms;
  private final ReferencePrice reference;
  private final BigDecimal price;
  private final Limits limits;

  // Many rules ask for these: each is found once, when the first one does.
  private Holding holding;
  private BigDecimal reducibleQty;
  private BigDecimal openValue;
  private Exposed exposed;
  private String print;

  /**
   * @param group the group's state around the account
   */
  public Proposal(Intent intent, Snapshot market, GroupView group) {
    this(intent, market, group, group::limits);
  }

  /**
   * @param inForce the limits that the order is held against, in place of the group's
   */
  public Proposal(Intent intent, Snapshot market, GroupView group, LimitsInForce inForce) {
    this.intent = intent;
    this.market = market;
    this.group = group;
    this.book = group.book(intent.account());
    this.instrument = intent.instrument() == null ? null : group.instrument(intent.instrument());
    this.multiplier =
        book == null || instrument == null ? null : group.multiplier(instrument, book.account());
    this.terms = OrderTerms.of(intent, book);
    this.limits =
        book == null || instrument == null
            ? null
            : inForce.of(book.account(), intent.strategy(), instrument, Regime.of(market));
    this.reference =
        ReferencePrice.of(
            market,
            group.gateTimeUs(),
            limits == null ? null : limits.bound(LimitKey.MAX_DATA_AGE_MS));
    this.price =
        terms.side() == null || terms.type() == null || multiplier == null
            ? null
            : reference.worstCase(terms, group.marketWorstCase());
  }

  /** Where the limits of an order come from. */
  @FunctionalInterface
  public interface LimitsInForce {
    Limits of(Account account, String strategy, Instrument instrument, Regime regime);
  }

  /**
   * Whether the rules beyond validity can be asked: account, instrument, side, type and quantity
   * are known.
   */
  public boolean isComplete() {
    return book != null && instrument != null && terms.areComplete();
  }

  public Intent intent() {
    return intent;
  }

  public Snapshot market() {
    return market;
  }

  public GroupView group() {
    return group;
  }

  /** What people have lifted for this order, or null. */
  public NamedOverride override() {
    return group.override(intent.account(), intent.intentId());
  }

  /** The account's books, or null for an unknown account. */
  public AccountBook book() {
    return book;
  }

  /** The listed instrument, or null. */
  public Instrument instrument() {
    return instrument;
  }

  /** For an amendment the order it amends, or null where there is none. */
  public Order target() {
    return terms.target();
  }

  public Side side() {
    return terms.side();
  }

  public OrderType type() {
    return terms.type();
  }

  public TimeInForce timeInForce() {
    return terms.timeInForce();
  }

  public BigDecimal limitPrice() {
    return terms.limitPrice();
  }

  /** The requested total, the filled part of an amended order included. */
  public BigDecimal qty() {
    return terms.qty();
  }

  /** What is left to fill of the requested total. */
  public BigDecimal openQty() {
    return terms.openQty();
  }

  /** The mid of a fresh, uncrossed quote, else the newest trade's price, else null. */
  public BigDecimal referencePrice() {
    return reference.price();
  }

  /** The age of the reference price in microseconds, or null without one. */
  public Long referenceAgeUs() {
    return reference.ageUs();
  }

  /**
   * The mid of a quote that is too old for {@code max_data_age_ms} but would count without it; else
   * null. Orders are held against it too: a tighter limit that takes the quote's place away must
   * not let more through at the price that comes instead.
   */
  public BigDecimal staleMid() {
    return reference.staleMid();
  }

  /** Money of the account per price unit and quantity; null where there is no rate. */
  public BigDecimal multiplier() {
    return multiplier;
  }

  /**
   * What a unit is valued at, its worst case, in the currency of the instrument's prices; null
   * where the order cannot be priced or has no value in the account's currency.
   */
  public BigDecimal price() {
    return price;
  }

  public Limits limits() {
    return limits;
  }

  /** The profile that the order's account names. */
  public Profile profile() {
    return group.profile(book.account());
  }

  /** The account's holding in the instrument, or null where it never had one. */
  public Holding holding() {
    if (holding == null) {
      holding = book.holding(instrument.id());
    }
    return holding;
  }

  /** The signed position in the instrument. */
  public BigDecimal position() {
    Holding holding = holding();
    return holding == null ? BigDecimal.ZERO : holding.position().qty();
  }

  /** Whether the order asks to be reduce-only, or amends one that is. */
  public boolean isReduceOnly() {
    return intent.reduceOnly() || target() != null && target().reduceOnly();
  }

  /** Whose order it is: the amended one's, for an amendment; null where nobody says. */
  public String strategy() {
    return target() == null ? intent.strategy() : target().strategy();
  }

  /** What of the exposure in the instrument is the strategy's own. */
  public Exposed exposedOfStrategy() {
    return Exposed.ofStrategy(this);
  }

  /** The intent that made the order: the amended one's, for an amendment. */
  public String orderId() {
    return target() == null ? intent.intentId() : target().intentId();
  }

  /** The same for orders with the same terms, as a hash of account, strategy, and what is asked. */
  public String print() {
    if (print == null) {
      print = terms.print(intent, instrument.id());
    }
    return print;
  }

  /** What the venue holds against its minimum value: the limit price, else the reference price. */
  public BigDecimal nominalPrice() {
    return limitPrice() != null ? limitPrice() : reference.price();
  }

  /** The least that a quantity may be worth: at the lower of the prices that it could have. */
  public BigDecimal leastValueOf(BigDecimal quantity) {
    BigDecimal nominal = nominalPrice();
    BigDecimal least = limitPrice() == null ? reference.lowest() : nominal;
    return quantity.multiply(least).multiply(multiplier);
  }

  /**
   * How far the position's stop is from the order's price, as a fraction of it: as the profile
   * says, which may leave the intent a choice; null where there is none or it cannot be told.
   */
  public BigDecimal stopDistance() {
    return profile().exits().stopDistance(market.sigmaDaily(), intendedStop());
  }

  private BigDecimal intendedStop() {
    BigDecimal stop = intent.signal().stopLoss();
    BigDecimal entry = nominalPrice();
    if (stop == null || entry == null) {
      return null;
    }
    BigDecimal away = side() == Side.BUY ? entry.subtract(stop) : stop.subtract(entry);
    return Decimals.divide(away, entry);
  }

  /**
   * How much of the order would bring the position closer to flat, other working orders on its side
   * counted; as the books stood when it was first asked for.
   */
  public BigDecimal reducibleQty() {
    if (reducibleQty == null) {
      reducibleQty =
          holding() == null
              ? BigDecimal.ZERO
              : holding().reducible(side(), targetOpenQty()).min(openQty());
    }
    return reducibleQty;
  }

  /** The value of what is left to fill of the requested total, at the order's worst case. */
  public BigDecimal openValue() {
    if (openValue == null) {
      openValue = valueOf(openQty());
    }
    return openValue;
  }

  /** The account's exposure in the instrument; as the books stood when it was first asked for. */
  public Exposed exposed() {
    if (exposed == null) {
      exposed = Exposed.by(this);
    }
    return exposed;
  }

  /** What the amended order reserves now; 0 for a new order. */
  public BigDecimal targetOpenQty() {
    return target() == null ? BigDecimal.ZERO : target().openQty();
  }

  /** The value of what the amended order reserves now; 0 for a new order. */
  public BigDecimal targetOpenValue() {
    return target() == null ? BigDecimal.ZERO : target().openValue().multiply(multiplier);
  }

  /** The value of a quantity at the order's worst case, in the account's currency. */
  public BigDecimal valueOf(BigDecimal quantity) {
    return quantity.multiply(price).multiply(multiplier);
  }

  /**
   * The quantity that a value buys at the order's worst case, rounded down as finely as quantities
   * are told apart that it can be compared with or be a part of; at least 0.
   */
  public BigDecimal quantityFor(BigDecimal value) {
    return quantityFor(value, price.multiply(multiplier));
  }

  /** The same at this much a unit. */
  public BigDecimal quantityFor(BigDecimal value, BigDecimal unitValue) {
    int ofOrder = Math.max(qty().scale(), terms.filled().scale());
    int ofPosition = Math.max(reducibleQty().scale(), instrument.lot().scale());
    return Quantity.of(value, unitValue, Math.max(0, Math.max(ofOrder, ofPosition)));
  }

  /** The permitted part of the total, where this much of the open part is permitted. */
  public BigDecimal totalFor(BigDecimal permittedOpen) {
    return terms.filled().add(permittedOpen.max(BigDecimal.ZERO)).min(qty());
  }
}
