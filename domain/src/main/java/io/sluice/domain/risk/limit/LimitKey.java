package io.sluice.domain.risk.limit;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The limits there are: name in configuration and SET_LIMITS bodies, unit, where they may stand,
 * what a breach does.
 */
public enum LimitKey {
  /** Largest order, in the instrument's base unit. */
  MAX_QTY("max_qty", Unit.QUANTITY, Consequence.DENY, Release.NONE),
  /** Largest order value at its worst case, in the account's currency. */
  MAX_NOTIONAL("max_notional", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Furthest limit price from the reference price, as a fraction of it. */
  COLLAR("collar", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Largest position value in one instrument, working orders included. */
  MAX_POSITION_NOTIONAL("max_position_notional", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Largest sum of position values over all instruments, working orders included. */
  MAX_GROSS("max_gross", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Largest value of all positions netted, with working buys filled. */
  MAX_NET_LONG("max_net_long", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Largest value short of all positions netted, with working sells filled. */
  MAX_NET_SHORT("max_net_short", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Largest position value in one instrument in units of equity, working orders included. */
  MAX_CONCENTRATION("max_concentration", Unit.RATIO, Consequence.DENY, Release.NONE),
  /** The same over all instruments of one asset, not netted. */
  MAX_ASSET_CONCENTRATION("max_asset_concentration", Unit.RATIO, Consequence.DENY, Release.NONE),
  /** Highest correlation of instruments in which the same way may be bet. */
  MAX_CORRELATION("max_correlation", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Most orders at work. */
  MAX_OPEN_ORDERS("max_open_orders", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Largest value of orders at work, unexecuted part, at their worst case. */
  MAX_UNEXECUTED("max_unexecuted", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Most new orders asked for within the message window. */
  MAX_NEW_RATE("max_new_rate", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Most amendments asked for within the message window. */
  MAX_AMEND_RATE("max_amend_rate", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Most cancels within the message window, above which nothing but cancels passes. */
  MAX_CANCEL_RATE("max_cancel_rate", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Most orders with the same terms within the duplicate window. */
  MAX_DUPLICATES("max_duplicates", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Most messages to the venue for each fill within the ratio window. */
  MAX_ORDER_TO_TRADE("max_order_to_trade", Unit.RATIO, Consequence.DENY, Release.NONE),
  /** Most cancels for each new order within the ratio window. */
  MAX_CANCEL_RATIO("max_cancel_ratio", Unit.RATIO, Consequence.DENY, Release.NONE),
  /** Furthest order price from the reference price at the drift window's start, a fraction. */
  MAX_PRICE_DRIFT("max_price_drift", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Least time since another strategy's order the other way in the same instrument. */
  MIN_OPPOSITE_GAP_MS("min_opposite_gap_ms", Unit.MILLISECONDS, Consequence.DENY, Release.NONE),
  /** Least way to the take profit for each unit of way to the stop loss. */
  MIN_RISK_REWARD("min_risk_reward", Unit.RATIO, Consequence.DENY, Release.NONE),
  /** Least confidence of a signal. */
  MIN_CONFIDENCE("min_confidence", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Fewest time frames that point the order's way. */
  MIN_CONFIRMATIONS("min_confirmations", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Largest fall of equity since the start of the UTC day. */
  MAX_DAILY_LOSS("max_daily_loss", Unit.MONEY, Consequence.DENY, Release.NEXT_UTC_DAY),
  /** Largest fall of equity over seven UTC days, today included. */
  MAX_WEEKLY_LOSS("max_weekly_loss", Unit.MONEY, Consequence.DENY, Release.PERSON),
  /** Largest fall of equity from its peak, as a fraction of the peak. */
  MAX_DRAWDOWN("max_drawdown", Unit.FRACTION, Consequence.REDUCING, Release.PERSON),
  /** Losing round trips in a row that stop the account. */
  MAX_CONSECUTIVE_LOSSES(
      "max_consecutive_losses", Unit.COUNT, Consequence.HALT, Release.cooldown(3_600_000_000L)),
  /** Entries of a strategy into an instrument after its first within the reentry window. */
  MAX_REENTRIES("max_reentries", Unit.COUNT, Consequence.HALT, Release.PERSON),
  /** Oldest market data an order may be decided on. */
  MAX_DATA_AGE_MS("max_data_age_ms", Unit.MILLISECONDS, Consequence.DENY, Release.NONE),
  /** Furthest reference price from the median of the asset's venues, as a fraction of it. */
  MAX_REFERENCE_DEVIATION("max_reference_deviation", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Widest quote, as a fraction of its middle. */
  MAX_SPREAD("max_spread", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** How far the bid must not stand over the ask, as a fraction of their middle. */
  CROSSED_BOOK("crossed_book", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Longest silence of who promised heartbeats. */
  MAX_SILENCE_MS("max_silence_ms", Unit.MILLISECONDS, Consequence.DENY, Release.NONE),
  /** Daily volatility above which orders shrink, as a fraction. */
  TARGET_SIGMA_DAILY("target_sigma_daily", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Largest order as a share of the quantity traded in the last hour. */
  MAX_HOUR_SHARE("max_hour_share", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Largest order as a share of the quantity traded in the last 24 hours. */
  MAX_DAY_SHARE("max_day_share", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Largest order as a share of what the quote shows on the other side. */
  MAX_QUOTE_SHARE("max_quote_share", Unit.RATIO, Consequence.DENY, Release.NONE),
  /** Furthest an order may be expected to move the price, as a fraction of it. */
  MAX_IMPACT("max_impact", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Largest value at risk of an account over a day at 99 %, in its currency. */
  MAX_VAR("max_var", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Largest expected shortfall of an account over a day at 99 %, in its currency. */
  MAX_ES("max_es", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** In how many things an account's books and the venue's reports may differ, less one. */
  MAX_RECON_BREAKS("max_recon_breaks", Unit.COUNT, Consequence.REDUCING, Release.PERSON),
  /** Largest maintenance margin of an account over its equity; the venue liquidates at 1. */
  MAX_MARGIN_RATIO("max_margin_ratio", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Largest funding rate that a new position pays, a fraction of its value each interval. */
  MAX_FUNDING("max_funding", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Oldest score of a model that an order may stand on. */
  MAX_SCORE_AGE_MS("max_score_age_ms", Unit.MILLISECONDS, Consequence.DENY, Release.NONE),
  /** Largest order of full confidence, in value. */
  BASE_SIZE("base_size", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Largest loss of a position at its stop, in units of equity. */
  MAX_POSITION_RISK("max_position_risk", Unit.RATIO, Consequence.DENY, Release.NONE),
  /** Largest loss of all positions at their stops, in units of equity. */
  MAX_PORTFOLIO_RISK("max_portfolio_risk", Unit.RATIO, Consequence.DENY, Release.NONE),
  /** Largest loss of all positions at their stops before it is critical, in units of equity. */
  CRITICAL_PORTFOLIO_RISK(
      "critical_portfolio_risk", Unit.RATIO, Consequence.REDUCING, Release.RECOVERED),
  /** Least value of an order that opens or grows a position, in the account's currency. */
  MIN_NOTIONAL("min_notional", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Largest part of equity times leverage that an account's exposure may take. */
  MAX_LEVERAGE_USE("max_leverage_use", Unit.FRACTION, Consequence.DENY, Release.NONE),
  /** Most positions of an account, each strategy's in each instrument counted by itself. */
  MAX_POSITIONS("max_positions", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Most instruments in which one strategy of an account has a position. */
  MAX_STRATEGY_POSITIONS("max_strategy_positions", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Most strategies of an account that have a position in one instrument. */
  MAX_INSTRUMENT_POSITIONS("max_instrument_positions", Unit.COUNT, Consequence.DENY, Release.NONE),
  /** Largest value that one strategy of an account may open on a UTC day. */
  MAX_DAILY_ALLOCATION("max_daily_allocation", Unit.MONEY, Consequence.DENY, Release.NONE),
  /** Shortest time from a losing round trip of the account to its next order that opens. */
  LOSS_COOLDOWN_MS("loss_cooldown_ms", Unit.MILLISECONDS, Consequence.DENY, Release.NONE),
  /** Shortest time from the end of a breach to the next order that opens. */
  BREAKER_COOLDOWN_MS("breaker_cooldown_ms", Unit.MILLISECONDS, Consequence.DENY, Release.NONE);

  /** What a bound is measured in, and so which values it may take. */
  public enum Unit {
    QUANTITY("a quantity of at least 0"),
    MONEY("an amount of at least 0"),
    FRACTION("a fraction from 0 to 1"),
    RATIO("a ratio of at least 0"),
    COUNT("a whole number of at least 1"),
    MILLISECONDS("whole milliseconds of at least 0");

    private final String expected;

    Unit(String expected) {
      this.expected = expected;
    }

    public String expected() {
      return expected;
    }

    boolean allows(BigDecimal bound) {
      return switch (this) {
        case QUANTITY, MONEY, RATIO -> bound.signum() >= 0;
        case FRACTION -> bound.signum() >= 0 && bound.compareTo(BigDecimal.ONE) <= 0;
        case COUNT -> isWhole(bound) && bound.signum() > 0;
        case MILLISECONDS -> isWhole(bound) && bound.signum() >= 0;
      };
    }

    private static boolean isWhole(BigDecimal bound) {
      return bound.remainder(BigDecimal.ONE).signum() == 0
          && bound.precision() - bound.scale() <= 15;
    }
  }

  /** What an account cannot trade without, if only as unlimited. */
  private static final Set<LimitKey> REQUIRED =
      EnumSet.of(
          MAX_QTY,
          MAX_NOTIONAL,
          COLLAR,
          MAX_POSITION_NOTIONAL,
          MAX_GROSS,
          MAX_DAILY_LOSS,
          MAX_DRAWDOWN,
          MAX_CONSECUTIVE_LOSSES,
          MAX_DATA_AGE_MS);

  private static final Set<LimitKey> BREAKERS =
      EnumSet.of(
          MAX_DAILY_LOSS,
          MAX_WEEKLY_LOSS,
          MAX_DRAWDOWN,
          MAX_CONSECUTIVE_LOSSES,
          MAX_RECON_BREAKS,
          MAX_REENTRIES,
          CRITICAL_PORTFOLIO_RISK);
  private static final Set<LimitKey> FLOORS =
      EnumSet.of(
          LOSS_COOLDOWN_MS,
          BREAKER_COOLDOWN_MS,
          MIN_NOTIONAL,
          MIN_OPPOSITE_GAP_MS,
          MIN_RISK_REWARD,
          MIN_CONFIDENCE,
          MIN_CONFIRMATIONS);
  private static final Set<Scope.Kind> ACCOUNTS =
      EnumSet.of(Scope.Kind.FIRM, Scope.Kind.DESK, Scope.Kind.ACCOUNT);
  private static final Set<Scope.Kind> PROMISES =
      EnumSet.range(Scope.Kind.FIRM, Scope.Kind.STRATEGY);

  private final String key;
  private final String unsetText;
  private final Unit unit;
  private final Consequence then;
  private final Release release;

  LimitKey(String key, Unit unit, Consequence then, Release release) {
    this.key = key;
    this.unsetText = key + " is not set";
    this.unit = unit;
    this.then = then;
    this.release = release;
  }

  public String key() {
    return key;
  }

  public Unit unit() {
    return unit;
  }

  /** What a rule says whose limit nobody has set. */
  public String unsetText() {
    return unsetText;
  }

  /** The same of a rule that has several limits. */
  public static String unsetText(LimitKey... keys) {
    return Arrays.stream(keys).map(key -> key.unsetText).collect(Collectors.joining(", "));
  }

  /** What a breach does where the limit is written in its short form. */
  public Consequence defaultConsequence() {
    return then;
  }

  public Release defaultRelease() {
    return release;
  }

  /**
   * Whether an order is refused where nobody has set it (R02). The other limits are controls that a
   * desk adds: where none is set there is none.
   */
  public boolean isRequired() {
    return REQUIRED.contains(this);
  }

  /** The limits that are required, in the order in which they are declared. */
  public static Set<LimitKey> required() {
    return Collections.unmodifiableSet(REQUIRED);
  }

  /** Whether what is observed must not be less than the bound: a larger one is tighter. */
  public boolean isFloor() {
    return FLOORS.contains(this);
  }

  /** A breaker latches when it is breached; the other limits bound each order by itself. */
  public boolean isBreaker() {
    return BREAKERS.contains(this);
  }

  /** The kinds of scope this limit can be set at: where what it bounds is kept. */
  public Set<Scope.Kind> scopes() {
    return switch (this) {
      case MAX_SILENCE_MS, MAX_REENTRIES -> PROMISES;
      case MAX_VAR,
          MAX_ES,
          MAX_MARGIN_RATIO,
          MAX_LEVERAGE_USE,
          CRITICAL_PORTFOLIO_RISK,
          MAX_POSITIONS,
          MAX_STRATEGY_POSITIONS,
          MAX_INSTRUMENT_POSITIONS,
          MAX_DAILY_ALLOCATION ->
          EnumSet.of(Scope.Kind.ACCOUNT);
      case MAX_DAILY_LOSS,
          MAX_WEEKLY_LOSS,
          MAX_DRAWDOWN,
          MAX_CONSECUTIVE_LOSSES,
          MAX_RECON_BREAKS,
          LOSS_COOLDOWN_MS,
          BREAKER_COOLDOWN_MS,
          MAX_POSITION_RISK,
          MAX_PORTFOLIO_RISK,
          MAX_CONCENTRATION,
          MAX_ASSET_CONCENTRATION,
          MIN_OPPOSITE_GAP_MS,
          MAX_CORRELATION ->
          ACCOUNTS;
      default -> EnumSet.allOf(Scope.Kind.class);
    };
  }

  /** The names of the limits that latch. */
  public static List<String> breakers() {
    return BREAKERS.stream().map(LimitKey::key).toList();
  }

  /** The limit of a name, or null. */
  public static LimitKey of(String key) {
    for (LimitKey candidate : values()) {
      if (candidate.key.equals(key)) {
        return candidate;
      }
    }
    return null;
  }
}
