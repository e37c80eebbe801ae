package io.sluice.domain.group;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Order;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.JournalLine;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Correlation;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.Signal;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.VenueStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A risk group that a test trades with: it configures one, says what happens, and looks at the
 * decisions. Unless a test says otherwise there is one margin account {@code demo} with 10,000 USD
 * and leverage 10, execution is external, and every limit is unlimited.
 */
public final class GroupUnderTest {
  public static final String BTC = "X:BTC";
  public static final String ETH = "X:ETH";

  /** Noon of a day. */
  public static final long START_US =
      1_700_000_000_000_000L / 86_400_000_000L * 86_400_000_000L + 43_200_000_000L;

  public static final long SECOND = 1_000_000L;
  public static final long MINUTE = 60 * SECOND;
  public static final long HOUR = 60 * MINUTE;
  public static final long DAY = 24 * HOUR;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES)
          .enable(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES);

  /** Builds the configuration. */
  public static final class Setup {
    private final ObjectNode configuration;
    private boolean storesAtEveryStep;
    private boolean startsUnknown;
    private boolean wasAccepted;

    private Setup() {
      configuration =
          (ObjectNode)
              json(
                  """
                  {instruments: [
                     {id: 'X:BTC', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001',
                      min_qty: '0.001', max_qty: '1000000', min_notional: '1'},
                     {id: 'X:ETH', base: 'ETH', quote: 'USD', tick: '0.01', lot: '0.001',
                      min_qty: '0.001', max_qty: '1000000', min_notional: '1'}],
                   accounts: [{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin',
                      cash: '10000', leverage: '10'}],
                   profiles: {p: {}},
                   limits: [{scope: 'firm', max_qty: 'unlimited', max_notional: 'unlimited',
                      collar: 'unlimited', max_position_notional: 'unlimited',
                      max_gross: 'unlimited', max_daily_loss: 'unlimited',
                      max_drawdown: 'unlimited', max_consecutive_losses: 'unlimited',
                      max_data_age_ms: 'unlimited'}],
                   execution: {mode: 'external', fee: '0', slippage: '0'},
                   market_worst_case: '0.1'}
                  """);
    }

    /** Sets one top-level key. */
    public Setup with(String key, String json) {
      configuration.set(key, json(json));
      return this;
    }

    /** Sets a limit at a scope. */
    public Setup limit(String scope, String key, String limit) {
      ArrayNode limits = configuration.withArray("/limits");
      for (JsonNode at : limits) {
        if (at.get("scope").textValue().equals(scope)) {
          ((ObjectNode) at).set(key, limitJson(limit));
          return this;
        }
      }
      limits.addObject().put("scope", scope).set(key, limitJson(limit));
      return this;
    }

    /** Takes a limit of the firm away. */
    public Setup unset(String key) {
      ((ObjectNode) configuration.withArray("/limits").get(0)).remove(key);
      return this;
    }

    /** Sets a limit of the profile that the account names. */
    public Setup profile(String key, String limit) {
      configuration.withObject("/profiles").withObject("/p").set(key, limitJson(limit));
      return this;
    }

    /** The one account is a cash account with this much. */
    public Setup cash(String cash) {
      return with(
          "accounts",
          "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'cash', cash: '" + cash + "'}]");
    }

    public Setup paper() {
      return with("execution", "{mode: 'paper', latency_ms: 250, fee: '0', slippage: '0'}");
    }

    /** No snapshot of the accounts has come yet. */
    public Setup unknownBooks() {
      startsUnknown = true;
      return this;
    }

    /** The state is stored and restored after every entry. */
    public Setup storing() {
      storesAtEveryStep = true;
      return this;
    }

    /** It stands in state, where an earlier build has accepted it. */
    public Setup accepted() {
      wasAccepted = true;
      return this;
    }

    public Configuration configuration() {
      return wasAccepted
          ? Configuration.accepted("test", configuration)
          : Configuration.parse("test", configuration);
    }

    public GroupUnderTest start() {
      GroupUnderTest group = new GroupUnderTest(storesAtEveryStep);
      Configuration read = configuration();
      group.configure(read);
      if (!startsUnknown) {
        group.startBooks(read);
      }
      return group;
    }
  }

  private final GroupFold fold = new GroupFold();
  private final boolean storesAtEveryStep;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<byte[]> lines = new ArrayList<>();
  private final Map<String, Snapshot> markets = new HashMap<>();
  private final Map<String, byte[]> parts = new TreeMap<>();
  private StateParts tracking = new StateParts();
  private GroupState state = new GroupState("firm");
  private long nowUs = START_US;
  private long offset;
  private int ids;

  private GroupUnderTest(boolean storesAtEveryStep) {
    this.storesAtEveryStep = storesAtEveryStep;
  }

  public static Setup setup() {
    return new Setup();
  }

  /** A group that has nothing yet, to fold recorded entries. */
  public static GroupUnderTest empty() {
    return new GroupUnderTest(false);
  }

  public static GroupUnderTest emptyStoring() {
    return new GroupUnderTest(true);
  }

  /** Another group with the same history, in the same market, for what happens next. */
  public GroupUnderTest again() {
    GroupUnderTest group = new GroupUnderTest(storesAtEveryStep);
    entries.forEach(group::fold);
    group.markets.putAll(markets);
    group.nowUs = nowUs;
    group.offset = offset;
    group.ids = ids;
    return group;
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static JsonNode limitJson(String limit) {
    return json(limit.startsWith("{") || limit.startsWith("[") ? limit : "'" + limit + "'");
  }

  public void configure(Configuration configuration) {
    for (ConfigChunk chunk : ConfigChunks.split(configuration)) {
      fold("config", chunk, null);
    }
  }

  private void startBooks(Configuration configuration) {
    if (configuration.execution().mode() == io.sluice.domain.config.Execution.Mode.EXTERNAL) {
      configuration
          .accounts()
          .values()
          .forEach(
              account ->
                  snapshot(account.id(), account.cash().toPlainString(), "{}", nowUs - SECOND));
    }
  }

  // What happens.

  public GroupUnderTest advance(long us) {
    nowUs += us;
    return this;
  }

  public long nowUs() {
    return nowUs;
  }

  /** A trade: the front knows it and sends a mark. */
  public Effects trade(String instrument, String price) {
    BigDecimal last = new BigDecimal(price);
    Snapshot known = markets.getOrDefault(instrument, Snapshot.empty(nowUs));
    markets.put(
        instrument,
        new Snapshot(
            last,
            nowUs,
            null,
            known.bid(),
            known.ask(),
            known.quoteEventTimeUs(),
            known.quoteReceiveTimeUs(),
            0.02,
            known.crashes(),
            false,
            false,
            nowUs));
    return mark(instrument, price);
  }

  /** A mark alone: the front's next snapshot does not know of it. */
  public Effects mark(String instrument, String price) {
    BigDecimal last = new BigDecimal(price);
    return fold(
        "trades",
        new Mark(instrument, last, last, last, nowUs, null, false, nowUs, (int) ++offset),
        null);
  }

  /** A mark with the daily volatility of its instrument. */
  public Effects mark(String instrument, String price, double sigmaDaily) {
    BigDecimal last = new BigDecimal(price);
    return fold(
        "trades",
        new Mark(
            instrument, last, last, last, nowUs, null, false, nowUs, (int) ++offset, sigmaDaily),
        null);
  }

  /** A quote, which only the front knows. */
  public GroupUnderTest quote(String instrument, String bid, String ask) {
    Snapshot known = markets.getOrDefault(instrument, Snapshot.empty(nowUs));
    markets.put(
        instrument,
        new Snapshot(
            known.last(),
            known.lastEventTimeUs(),
            known.lastReceiveTimeUs(),
            new BigDecimal(bid),
            new BigDecimal(ask),
            nowUs,
            null,
            0.02,
            known.crashes(),
            false,
            false,
            nowUs));
    return this;
  }

  /** A crash episode begins on an instrument, or ends. */
  public GroupUnderTest crashed(String instrument, boolean crashed) {
    Snapshot known = markets.getOrDefault(instrument, Snapshot.empty(nowUs));
    List<CrashRule> rules =
        crashed ? List.of(new CrashRule(10_000, new BigDecimal("0.02"))) : List.of();
    markets.put(
        instrument,
        new Snapshot(
            known.last(),
            known.lastEventTimeUs(),
            known.lastReceiveTimeUs(),
            known.bid(),
            known.ask(),
            known.quoteEventTimeUs(),
            known.quoteReceiveTimeUs(),
            0.02,
            rules,
            false,
            false,
            nowUs));
    return this;
  }

  /** The front has never heard of the instrument. */
  public GroupUnderTest forgetMarket(String instrument) {
    markets.remove(instrument);
    return this;
  }

  public Wish buy(String qty) {
    return new Wish(Side.BUY, qty);
  }

  public Wish sell(String qty) {
    return new Wish(Side.SELL, qty);
  }

  public Wish amend(String target) {
    Wish wish = new Wish(null, null);
    wish.action = Action.AMEND;
    wish.target = target;
    wish.type = null;
    wish.tif = null;
    return wish;
  }

  public Wish cancel(String target) {
    Wish wish = amend(target);
    wish.action = Action.CANCEL;
    return wish;
  }

  /** An intent that is about to be sent. */
  public final class Wish {
    private String id = "i-" + ++ids;
    private Action action = Action.NEW;
    private String target;
    private String account = "demo";
    private String strategy = "s";
    private String instrument = BTC;
    private Side side;
    private OrderType type = OrderType.MARKET;
    private BigDecimal qty;
    private BigDecimal limit;
    private TimeInForce tif = TimeInForce.GTC;
    private boolean reduceOnly;
    private Double confidence;
    private Signal signal = Signal.NONE;
    private Long eventTimeUs = nowUs;
    private String model;
    private Long scoreTimeUs;
    private Function<Snapshot, Snapshot> seen = Function.identity();

    private Wish(Side side, String qty) {
      this.side = side;
      this.qty = qty == null ? null : new BigDecimal(qty);
    }

    public Wish id(String value) {
      id = value;
      return this;
    }

    public Wish account(String value) {
      account = value;
      return this;
    }

    public Wish strategy(String value) {
      strategy = value;
      return this;
    }

    public Wish in(String value) {
      instrument = value;
      return this;
    }

    public Wish side(Side value) {
      side = value;
      return this;
    }

    public Wish qty(String value) {
      qty = new BigDecimal(value);
      return this;
    }

    public Wish limit(String value) {
      limit = new BigDecimal(value);
      type = action == Action.NEW ? OrderType.LIMIT : type;
      return this;
    }

    public Wish tif(TimeInForce value) {
      tif = value;
      return this;
    }

    public Wish reduceOnly() {
      reduceOnly = true;
      return this;
    }

    /** A model made it, with a score of this confidence and stamp. */
    public Wish model(String name, Double confident, Long scoredUs) {
      model = name;
      confidence = confident;
      scoreTimeUs = scoredUs;
      return this;
    }

    public Wish confident(double value) {
      confidence = value;
      return this;
    }

    /** Stop and target, either of them null for none. */
    public Wish stop(String stopLoss, String takeProfit) {
      signal =
          new Signal(
              stopLoss == null ? null : new BigDecimal(stopLoss),
              takeProfit == null ? null : new BigDecimal(takeProfit),
              signal.confirmations());
      return this;
    }

    public Wish confirmed(Map<String, Side> frames) {
      signal = new Signal(signal.stopLoss(), signal.takeProfit(), frames);
      return this;
    }

    /** The inputs of the model behind it have drifted this far. */
    public Wish drifted(double drift) {
      signal = new Signal(signal.stopLoss(), signal.takeProfit(), signal.confirmations(), drift);
      return this;
    }

    public Wish at(Long eventUs) {
      eventTimeUs = eventUs;
      return this;
    }

    /** What the front saw, otherwise than the test's market. */
    public Wish seeing(Function<Snapshot, Snapshot> change) {
      seen = change;
      return this;
    }

    public Intent intent() {
      return new Intent(
          id,
          action,
          target,
          account,
          strategy,
          instrument,
          side,
          type,
          qty,
          limit,
          tif,
          reduceOnly,
          confidence,
          null,
          signal,
          eventTimeUs,
          model,
          model == null ? null : model + "-7",
          scoreTimeUs,
          null);
    }

    public Snapshot snapshot() {
      return seen.apply(market(instrument));
    }

    /** Sends it and returns the decision on it, null where there is none. */
    public Decision send() {
      Effects effects = sendAgain();
      if (effects == null) {
        return null;
      }
      // Its snapshot may have led to orders of the gate's own.
      return effects.decisions().stream()
          .filter(decision -> decision.origin().isAsked())
          .findFirst()
          .orElse(null);
    }

    /** Sends it and returns everything that follows, null for nothing. */
    public Effects sendAgain() {
      return GroupUnderTest.this.fold("intents", intent(), snapshot());
    }
  }

  public Snapshot market(String instrument) {
    return markets.getOrDefault(instrument, Snapshot.empty(nowUs));
  }

  public Effects fill(String intentId, Side side, String qty, String price) {
    return fill("f-" + ++ids, intentId, BTC, side, qty, price, "0");
  }

  public Effects fill(
      String fillId,
      String intentId,
      String instrument,
      Side side,
      String qty,
      String price,
      String fee) {
    return fill("demo", fillId, intentId, instrument, side, qty, price, fee, nowUs);
  }

  public Effects fill(
      String account,
      String fillId,
      String intentId,
      String instrument,
      Side side,
      String qty,
      String price,
      String fee,
      long stampUs) {
    return fold(
        "fills",
        new Fill(
            fillId,
            intentId,
            account,
            "s",
            instrument,
            side,
            new BigDecimal(qty),
            new BigDecimal(price),
            new BigDecimal(fee),
            "USD",
            stampUs),
        null);
  }

  public Effects status(String intentId, OrderStatus.Status status, String cum) {
    Order order = book().orders().of(intentId);
    return fold(
        "orders",
        new OrderStatus(
            intentId,
            "demo",
            order == null ? BTC : order.instrument(),
            status,
            new BigDecimal(cum),
            BigDecimal.ZERO,
            nowUs),
        null);
  }

  public Effects tick(String intentId, PaperTick.Status status, String price) {
    return fold(
        "trades",
        new PaperTick(
            intentId,
            "demo",
            BTC,
            status,
            price == null ? null : new BigDecimal(price),
            price == null ? null : BigDecimal.ONE,
            nowUs),
        null);
  }

  /** A position snapshot; positions as {@code {'X:BTC': ['1', '100']}}. */
  public Effects snapshot(String account, String cash, String positions) {
    return snapshot(account, cash, positions, nowUs);
  }

  public Effects snapshot(String account, String cash, String positions, long stampUs) {
    List<AccountSnapshot.Holding> holdings = new ArrayList<>();
    json(positions)
        .properties()
        .forEach(
            position ->
                holdings.add(
                    new AccountSnapshot.Holding(
                        position.getKey(),
                        new BigDecimal(position.getValue().get(0).textValue()),
                        new BigDecimal(position.getValue().get(1).textValue()))));
    return fold(
        "accounts",
        new AccountSnapshot(account, "USD", new BigDecimal(cash), holdings, stampUs),
        null);
  }

  public Effects command(String command, String scope, String body) {
    return command("c-" + ++ids, command, scope, body, null, null);
  }

  public Effects command(
      String id, String command, String scope, String body, Long effectiveAtUs, Long expiresAtUs) {
    return fold(
        "control",
        new Command(
            id,
            command,
            scope,
            json(body),
            "risk",
            "test",
            START_US,
            effectiveAtUs,
            expiresAtUs,
            json("[]"),
            null),
        null);
  }

  public Effects heartbeat(String scope) {
    return heartbeat(scope, nowUs);
  }

  public Effects heartbeat(String scope, long sentUs) {
    return fold(
        "control",
        new Command(
            "beat", "HEARTBEAT", scope, json("{}"), "s", null, sentUs, null, null, json("[]")),
        null);
  }

  public Effects venue(String venue, VenueStatus.Status status) {
    return fold("venues", new VenueStatus(venue, status, nowUs), null);
  }

  /** An estimate of how two assets move together, as of now. */
  public Effects correlated(String a, String b, String value) {
    return fold("estimates", new Correlation(a, b, new BigDecimal(value), nowUs), null);
  }

  /** A command as it is, signed or not. */
  public Effects give(Command command) {
    return fold("control", command, null);
  }

  /** Time passes and a clock entry says so. */
  public Effects clock(long us) {
    advance(us);
    return fold("clock", new ClockTick(nowUs), null);
  }

  public Effects fold(String source, Message input, Snapshot snapshot) {
    return fold(new Entry("firm", new Cause(source, 0, ++offset, 0), nowUs, input, snapshot));
  }

  /** The offset of the next record. */
  public long nextOffset() {
    return ++offset;
  }

  public Effects fold(Entry entry) {
    entries.add(entry);
    Effects effects = fold.apply(state, entry);
    if (effects != null) {
      JournalLine line =
          JournalLine.of(
              entry, effects.seq(), effects.gateTimeUs(), effects.decisions(), state.headHash());
      state.journaled(effects.seq(), line.hash());
      lines.add(line.bytes());
      decisions.addAll(effects.decisions());
      events.addAll(effects.events());
    }
    if (storesAtEveryStep) {
      storeAndRestore();
    }
    return effects;
  }

  /** Stores the state and goes on with what is read back. */
  public void storeAndRestore() {
    tracking
        .takeChanged(state)
        .forEach(
            (name, part) -> {
              if (part == null) {
                parts.remove(name);
              } else {
                parts.put(name, part);
              }
            });
    restore();
  }

  /** Goes on with what is stored. */
  public void restore() {
    tracking = new StateParts();
    state = StateReader.read("firm", parts, tracking);
  }

  // What to look at.

  public GroupState state() {
    return state;
  }

  public AccountBook book() {
    return book("demo");
  }

  public AccountBook book(String account) {
    return state.books().get(account);
  }

  public Order order(String intentId) {
    return book().orders().get(intentId);
  }

  public BigDecimal position(String instrument) {
    return book().holding(instrument) == null
        ? BigDecimal.ZERO
        : book().holding(instrument).position().qty();
  }

  public List<Entry> entries() {
    return entries;
  }

  public List<Decision> decisions() {
    return decisions;
  }

  public List<Event> events() {
    return events;
  }

  public List<Event> events(Event.Type type) {
    return events.stream().filter(event -> event.type() == type).toList();
  }

  /** The journal, one line each. */
  public List<byte[]> lines() {
    return lines;
  }

  public Map<String, byte[]> parts() {
    return parts;
  }

  public static Outcome outcome(Decision decision, String rule) {
    return decision.ruling().outcomes().stream()
        .filter(outcome -> outcome.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }
}
