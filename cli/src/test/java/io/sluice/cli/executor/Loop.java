package io.sluice.cli.executor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.Snapshot;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The gate and the executor in a loop: the fold's decisions go to the executor as bytes, what it
 * reports goes back into the fold, fills and statuses in their order but each at its own pace.
 */
final class Loop {
  static final String ETH = "X:ETH";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES)
          .enable(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES);

  private static final String CONFIGURATION =
      """
      {instruments: [
         {id: 'X:BTC', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001',
          min_qty: '0.001', max_qty: '1000', min_notional: '1'},
         {id: 'X:ETH', base: 'ETH', quote: 'USD', tick: '0.01', lot: '0.01',
          min_qty: '0.01', max_qty: '1000', min_notional: '1'}],
       accounts: [
         {id: 'demo', profile: 'p', currency: 'USD', kind: 'cash', cash: '10000'},
         {id: 'other', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000', leverage: '5'}],
       profiles: {p: {}},
       limits: [{scope: 'firm', max_qty: '30', max_notional: 'unlimited',
          collar: 'unlimited', max_position_notional: '6000',
          max_gross: 'unlimited', max_daily_loss: 'unlimited',
          max_drawdown: 'unlimited', max_consecutive_losses: 'unlimited',
          max_data_age_ms: 'unlimited'}],
       clock: 'wall',
       execution: {mode: 'external', fee: '0.002', slippage: '0.001'},
       market_worst_case: '0.1'}
      """;

  private final Configuration configuration = configuration();
  private final GroupFold fold = new GroupFold();
  private final GroupState state = new GroupState("firm");
  private final Desk desk;
  private final Map<String, BigDecimal> prices = new HashMap<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Deque<Message> fills = new ArrayDeque<>();
  private final Deque<Message> statuses = new ArrayDeque<>();
  private int collected;
  private long offset;

  Loop(double rejectShare, int partialFills) {
    desk = new Desk(configuration, Desk.terms(rejectShare, partialFills));
    ConfigChunks.split(configuration.forGroup("firm"))
        .forEach(chunk -> fold("config", chunk, null));
    deliverAll();
    desk.heartbeat();
    trade(Desk.BTC, "100", "10");
    trade(ETH, "50", "10");
  }

  private static Configuration configuration() {
    try {
      return Configuration.parse("test", JSON.readTree(CONFIGURATION));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void fold(String source, Message input, Snapshot snapshot) {
    Effects effects =
        fold.apply(
            state,
            new Entry("firm", new Cause(source, 0, ++offset, 0), desk.nowUs(), input, snapshot));
    if (effects != null) {
      state.journaled(effects.seq(), "0");
      decisions.addAll(effects.decisions());
      events.addAll(effects.events());
    }
  }

  // What happens.

  Loop trade(String instrument, String price, String qty) {
    BigDecimal last = new BigDecimal(price);
    prices.put(instrument, last);
    long nowUs = desk.nowUs();
    fold(
        "trades",
        new Mark(instrument, last, last, last, nowUs, null, false, nowUs, (int) ++offset),
        null);
    desk.trade(instrument, price, qty);
    return this;
  }

  /** An intent passes the gate; the decision on it has not reached the executor yet. */
  Decision intend(
      String account, String instrument, Side side, String qty, String limit, TimeInForce tif) {
    return intend(account, instrument, Action.NEW, null, side, qty, limit, tif, false);
  }

  Decision reduce(String account, String instrument, Side side, String qty) {
    return intend(account, instrument, Action.NEW, null, side, qty, null, TimeInForce.IOC, true);
  }

  Decision amend(String account, String instrument, String target, String qty, String limit) {
    return intend(account, instrument, Action.AMEND, target, null, qty, limit, null, false);
  }

  Decision cancel(String account, String instrument, String target) {
    return intend(account, instrument, Action.CANCEL, target, null, null, null, null, false);
  }

  private Decision intend(
      String account,
      String instrument,
      Action action,
      String target,
      Side side,
      String qty,
      String limit,
      TimeInForce tif,
      boolean reduceOnly) {
    OrderType type = limit == null ? OrderType.MARKET : OrderType.LIMIT;
    long nowUs = desk.nowUs();
    BigDecimal last = prices.get(instrument);
    fold(
        "intents",
        new Intent(
            "i-" + decisions.size(),
            action,
            target,
            account,
            "s",
            instrument,
            side,
            action == Action.NEW ? type : null,
            qty == null ? null : new BigDecimal(qty),
            limit == null ? null : new BigDecimal(limit),
            tif,
            reduceOnly,
            null,
            null,
            nowUs,
            null),
        new Snapshot(
            last, nowUs, null, null, null, null, null, 0.02, List.of(), false, false, nowUs));
    return decisions.get(decisions.size() - 1);
  }

  /** A decision reaches the executor. */
  void decide(Decision decision) {
    try {
      Instruction.read(decision.toJson()).ifPresent(desk::decide);
    } catch (UnreadableException e) {
      throw new AssertionError("the gate's decision cannot be read", e);
    }
  }

  /** Some of the executor's reports reach the gate. */
  void deliver(int someFills, int someStatuses) {
    collect();
    for (int i = 0; i < someStatuses && !statuses.isEmpty(); i++) {
      fold("orders", statuses.poll(), null);
    }
    for (int i = 0; i < someFills && !fills.isEmpty(); i++) {
      fold("fills", fills.poll(), null);
    }
  }

  void deliverAll() {
    deliver(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private void collect() {
    for (; collected < desk.written().size(); collected++) {
      Message message = desk.written().get(collected).message();
      if (message instanceof Fill) {
        fills.add(message);
      } else if (message instanceof OrderStatus) {
        statuses.add(message);
      } else {
        fold("accounts", message, null);
      }
    }
  }

  /** The venue's view of an account, which the gate compares with its own. */
  void reconcile(Message snapshot) {
    fold("accounts", snapshot, null);
  }

  // What to look at.

  Desk desk() {
    return desk;
  }

  List<Decision> decisions() {
    return decisions;
  }

  List<Event> events() {
    return events;
  }

  Map<String, AccountBook> books() {
    return state.books();
  }

  GroupState state() {
    return state;
  }
}
