package io.sluice.domain.risk;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.Profile;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Delimited;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.market.Regime;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * An intent together with everything a rule may look at: the account's books, the instrument, the
 * market then, the limits. For an amendment the order's terms are completed from the order it
 * amends, and what that order reserves is left out, so that the amendment is judged as the order it
 * would become.
 */
public final class Proposal {
  private static final MathContext LONGEST =
      new MathContext(Decimals.MAX_DIGITS, RoundingMode.DOWN);

  private final Intent intent;
  private final Snapshot market;
  private final GroupView group;
  private final AccountBook book;
  private final Instrument instrument;
  private final BigDecimal multiplier;
  private final Order target;
  private final Side side;
  private final OrderType type;
  private final TimeInForce timeInForce;
  private final BigDecimal limitPrice;
  private final BigDecimal qty;
  private final BigDecimal filled;
  private final BigDecimal openQty;
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
    boolean amends = intent.action() == Action.AMEND;
    this.target =
        amends && book != null && intent.targetIntentId() != null
            ? book.orders().get(intent.targetIntentId())
            : null;
    this.side = target == null ? intent.side() : target.side();
    this.type = target == null ? intent.orderType() : target.type();
    this.timeInForce = target == null ? intent.timeInForce() : target.timeInForce();
    this.limitPrice =
        intent.limitPrice() == null && target != null ? target.limitPrice() : intent.limitPrice();
    this.qty = intent.qty() == null && target != null ? target.qty() : intent.qty();
    this.filled = target == null ? BigDecimal.ZERO : target.filled();
    this.openQty = qty == null ? null : qty.subtract(filled).max(BigDecimal.ZERO);
    this.limits =
        book == null || instrument == null
            ? null
            : inForce.of(book.account(), intent.strategy(), instrument, Regime.of(market));
    this.reference =
        ReferencePrice.of(
            market,
            group.gateTimeUs(),
            limits == null ? null : limits.bound(LimitKey.MAX_DATA_AGE_MS));
    this.price = side == null || type == null || multiplier == null ? null : worstCase();
  }

  /** Where the limits of an order come from. */
  @FunctionalInterface
  public interface LimitsInForce {
    Limits of(Account account, String strategy, Instrument instrument, Regime regime);
  }

  private BigDecimal worstCase() {
    BigDecimal highest = reference.highest();
    if (type == OrderType.LIMIT && limitPrice != null) {
      return side == Side.SELL && highest != null ? limitPrice.max(highest) : limitPrice;
    }
    if (type == OrderType.LIMIT || highest == null) {
      return null;
    }
    return side == Side.BUY ? highest.add(highest.multiply(group.marketWorstCase())) : highest;
  }

  /**
   * Whether the rules beyond validity can be asked: account, instrument, side, type and quantity
   * are known.
   */
  public boolean isComplete() {
    return book != null
        && instrument != null
        && side != null
        && type != null
        && qty != null
        && qty.signum() > 0
        && (type == OrderType.MARKET || limitPrice != null);
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
    return target;
  }

  public Side side() {
    return side;
  }

  public OrderType type() {
    return type;
  }

  public TimeInForce timeInForce() {
    return timeInForce;
  }

  public BigDecimal limitPrice() {
    return limitPrice;
  }

  /** The requested total, the filled part of an amended order included. */
  public BigDecimal qty() {
    return qty;
  }

  /** What is left to fill of the requested total. */
  public BigDecimal openQty() {
    return openQty;
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
    return intent.reduceOnly() || target != null && target.reduceOnly();
  }

  /** Whose order it is: the amended one's, for an amendment; null where nobody says. */
  public String strategy() {
    return target == null ? intent.strategy() : target.strategy();
  }

  /** What of the exposure in the instrument is the strategy's own. */
  public Exposed exposedOfStrategy() {
    return Exposed.ofStrategy(this);
  }

  /** The intent that made the order: the amended one's, for an amendment. */
  public String orderId() {
    return target == null ? intent.intentId() : target.intentId();
  }

  /** The same for orders with the same terms, as a hash of account, strategy, and what is asked. */
  public String print() {
    if (print == null) {
      print = HexFormat.of().toHexDigits(Sha256.prefix(terms().getBytes(StandardCharsets.UTF_8)));
    }
    return print;
  }

  private String terms() {
    return String.join(
        "\n",
        Delimited.text(intent.account()),
        Delimited.text(intent.strategy()),
        instrument.id(),
        side.name(),
        type.name(),
        Decimals.plain(qty),
        limitPrice == null ? "" : Decimals.plain(limitPrice));
  }

  /** What the venue holds against its minimum value: the limit price, else the reference price. */
  public BigDecimal nominalPrice() {
    return limitPrice != null ? limitPrice : reference.price();
  }

  /** The least that a quantity may be worth: at the lower of the prices that it could have. */
  public BigDecimal leastValueOf(BigDecimal quantity) {
    BigDecimal nominal = nominalPrice();
    BigDecimal least = limitPrice == null ? reference.lowest() : nominal;
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
    BigDecimal away = side == Side.BUY ? entry.subtract(stop) : stop.subtract(entry);
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
              : holding().reducible(side, targetOpenQty()).min(openQty());
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
    return target == null ? BigDecimal.ZERO : target.openQty();
  }

  /** The value of what the amended order reserves now; 0 for a new order. */
  public BigDecimal targetOpenValue() {
    return target == null ? BigDecimal.ZERO : target.openValue().multiply(multiplier);
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
    int ofOrder = Math.max(qty.scale(), filled.scale());
    int ofPosition = Math.max(reducibleQty().scale(), instrument.lot().scale());
    return quantity(value, unitValue, Math.max(0, Math.max(ofOrder, ofPosition)));
  }

  /** With so many decimals, unless those leave nothing or more than any number has. */
  static BigDecimal quantity(BigDecimal value, BigDecimal unitValue, int decimals) {
    if (value.signum() <= 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal quantity = value.divide(unitValue, decimals, RoundingMode.DOWN);
    // Of an order that is filled in part, the least bit more keeps what is filled; 0 does not.
    boolean isTold = quantity.signum() > 0 && quantity.precision() <= LONGEST.getPrecision();
    return isTold ? quantity : quotient(value, unitValue);
  }

  /** How often one value goes into another, to 38 digits rounded down; at least 0. */
  public static BigDecimal quotient(BigDecimal value, BigDecimal of) {
    return value.signum() <= 0 ? BigDecimal.ZERO : value.divide(of, LONGEST);
  }

  /** The permitted part of the total, where this much of the open part is permitted. */
  public BigDecimal totalFor(BigDecimal permittedOpen) {
    return filled.add(permittedOpen.max(BigDecimal.ZERO)).min(qty);
  }

  public Outcome pass(Rule rule, BigDecimal observed, BigDecimal limit) {
    return new Outcome(rule.code(), Result.PASS, observed, limit, qty, null, null);
  }

  public Outcome refused(Rule rule, BigDecimal observed, BigDecimal limit, String why) {
    return new Outcome(rule.code(), Result.REFUSED, observed, limit, BigDecimal.ZERO, why, null);
  }

  /** PASS, LIMITED or REFUSED by how much of the open part is permitted. */
  public Outcome permitted(
      Rule rule, BigDecimal observed, BigDecimal limit, BigDecimal permittedOpen, String why) {
    return inState(rule, observed, limit, permittedOpen, why, null);
  }

  /** The same from a rule that is in a trading state. */
  public Outcome inState(
      Rule rule,
      BigDecimal observed,
      BigDecimal limit,
      BigDecimal permittedOpen,
      String why,
      Consequence state) {
    BigDecimal open = openQty();
    if (permittedOpen.compareTo(open) >= 0) {
      return new Outcome(rule.code(), Result.PASS, observed, limit, qty, null, state);
    }
    BigDecimal total =
        permittedOpen.signum() <= 0
            ? BigDecimal.ZERO
            : Decimals.floorTo(totalFor(permittedOpen), instrument.lot());
    Result result = total.signum() == 0 ? Result.REFUSED : Result.LIMITED;
    return new Outcome(rule.code(), result, observed, limit, total, why, state);
  }

  /**
   * Nobody has set the rule's limit at a scope that applies, so there is nothing to hold the order
   * against. That permits everything, unless {@code not_fed} says otherwise; R02 refuses where the
   * limit is a required one.
   */
  public Outcome unset(Rule rule, LimitKey key) {
    return notFed(rule, null, key.unsetText(), NotFed.ALLOW);
  }

  /** The same of a rule with several limits, or one that is switched on otherwise. */
  public Outcome unset(Rule rule, String why) {
    return notFed(rule, null, why, NotFed.ALLOW);
  }

  /**
   * The rule is wanted and what it looks at has not come. That permits nothing, unless {@code
   * not_fed} says otherwise.
   *
   * @param limit what would be held against it, or null
   * @param why names what is missing, and what to do
   */
  public Outcome notFed(Rule rule, BigDecimal limit, String why) {
    return notFed(rule, limit, why, NotFed.DENY);
  }

  /** The same of a rule that always lets a position come closer to flat. */
  public Outcome notFedToOpen(Rule rule, BigDecimal limit, String why) {
    if (group.notFed(rule.code(), NotFed.DENY) == NotFed.ALLOW) {
      return notFed(rule, limit, why);
    }
    BigDecimal reducing = permitted(rule, null, limit, reducibleQty(), why).permitted();
    return new Outcome(
        rule.code(),
        Result.NOT_FED,
        null,
        limit,
        reducing,
        why
            + "; only what brings the position closer to flat passes, because not_fed is deny for"
            + " this rule",
        null);
  }

  /** The rule lacks what it looks at; {@code unlessSaid} is what that means by default. */
  public Outcome notFed(Rule rule, BigDecimal limit, String why, NotFed unlessSaid) {
    return group.notFed(rule.code(), unlessSaid) == NotFed.ALLOW
        ? new Outcome(rule.code(), Result.NOT_FED, null, limit, qty, why, null)
        : new Outcome(
            rule.code(),
            Result.NOT_FED,
            null,
            limit,
            BigDecimal.ZERO,
            why + "; the order is refused, because not_fed is deny for this rule",
            null);
  }
}
