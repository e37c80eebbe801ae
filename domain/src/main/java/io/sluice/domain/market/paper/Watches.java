package io.sluice.domain.market.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The intents on one instrument that wait for the market on paper. An order is eligible for the
 * first trade at or after its time plus the latency: IOC and FOK end there, filled or expired; GTC
 * rests until a trade crosses it, for one hour.
 */
public final class Watches {
  /** The most watches an account may have on an instrument. */
  public static final int MAX_PER_ACCOUNT = 1_000;

  private static final long LIFE_US = 3_600_000_000L;
  private static final Comparator<Watch> CHEAPEST =
      Comparator.comparing(Watch::limitPrice).thenComparing(Watch::number);
  private static final Comparator<Watch> DEAREST =
      Comparator.comparing(Watch::limitPrice, Comparator.reverseOrder())
          .thenComparing(Watch::number);

  private final String instrument;
  private final long latencyUs;
  private final Map<String, Watch> live = new LinkedHashMap<>();
  private final Map<String, Integer> perAccount = new HashMap<>();
  private final Deque<Watch> waiting = new ArrayDeque<>();
  private final Deque<Watch> byExpiry = new ArrayDeque<>();
  private final TreeSet<Watch> restingBuys = new TreeSet<>(DEAREST);
  private final TreeSet<Watch> restingSells = new TreeSet<>(CHEAPEST);
  private long next;

  public Watches(String instrument, long latencyUs) {
    this.instrument = instrument;
    this.latencyUs = latencyUs;
  }

  /** Watches a NEW; returns false where the account has no room for one more. */
  public boolean add(Intent intent, long frontTimeUs) {
    boolean isOrder =
        intent.side() != null
            && intent.orderType() != null
            && intent.timeInForce() != null
            && (intent.orderType() == OrderType.MARKET || intent.limitPrice() != null);
    if (!isOrder || live.containsKey(id(intent.account(), intent.intentId()))) {
      return true;
    }
    if (perAccount.getOrDefault(intent.account(), 0) >= MAX_PER_ACCOUNT) {
      return false;
    }
    start(
        new Watch(
            next++,
            intent.intentId(),
            intent.intentId(),
            intent.account(),
            intent.side(),
            intent.orderType(),
            intent.timeInForce(),
            intent.orderType() == OrderType.MARKET ? null : intent.limitPrice(),
            frontTimeUs + latencyUs,
            frontTimeUs + LIFE_US));
    return true;
  }

  /**
   * Watches an AMEND beside the order it amends: which of them lives is the gate's decision. Same
   * answer as {@link #add}.
   */
  public boolean amend(Intent intent, long frontTimeUs) {
    List<Watch> order = versions(intent.account(), intent.targetIntentId());
    if (order.isEmpty() || live.containsKey(id(intent.account(), intent.intentId()))) {
      return true;
    }
    if (perAccount.getOrDefault(intent.account(), 0) >= MAX_PER_ACCOUNT) {
      return false;
    }
    Watch newest = order.get(order.size() - 1);
    start(newest.amendedBy(intent, next++, frontTimeUs + latencyUs, frontTimeUs + LIFE_US));
    return true;
  }

  /** Ends all versions of an order at once. */
  public List<PaperTick> cancel(Intent intent, long frontTimeUs) {
    List<PaperTick> ticks = new ArrayList<>();
    for (Watch watch : versions(intent.account(), intent.targetIntentId())) {
      end(watch);
      ticks.add(tick(watch, PaperTick.Status.CANCELLED, null, frontTimeUs));
    }
    return ticks;
  }

  /** What a trade does to the waiting orders, in the order in which their intents came. */
  public List<PaperTick> on(Trade trade, long frontTimeUs) {
    if (live.isEmpty()) {
      return List.of();
    }
    List<Watch> filled = new ArrayList<>();
    List<Watch> expired = new ArrayList<>(takeExpired(frontTimeUs));
    takeCrossed(restingBuys, trade.price(), filled);
    takeCrossed(restingSells, trade.price(), filled);
    while (!waiting.isEmpty() && waiting.peekFirst().eligibleUs() <= frontTimeUs) {
      Watch watch = waiting.removeFirst();
      if (!isLive(watch)) {
        continue;
      }
      if (watch.crosses(trade.price())) {
        filled.add(watch);
      } else if (watch.timeInForce() == TimeInForce.GTC) {
        (watch.side() == Side.BUY ? restingBuys : restingSells).add(watch);
      } else {
        expired.add(watch);
      }
    }
    return ticks(filled, expired, trade, frontTimeUs);
  }

  private List<PaperTick> ticks(
      List<Watch> filled, List<Watch> expired, Trade trade, long frontTimeUs) {
    if (filled.isEmpty() && expired.isEmpty()) {
      return List.of();
    }
    List<Watch> ended = new ArrayList<>(filled);
    ended.addAll(expired);
    ended.sort(Comparator.comparingLong(Watch::number));
    List<PaperTick> ticks = new ArrayList<>();
    for (Watch watch : ended) {
      end(watch);
      boolean isFilled = filled.contains(watch);
      PaperTick.Status status = isFilled ? PaperTick.Status.FILLED : PaperTick.Status.EXPIRED;
      ticks.add(tick(watch, status, isFilled ? trade : null, frontTimeUs));
    }
    return ticks;
  }

  private List<Watch> takeExpired(long frontTimeUs) {
    List<Watch> expired = new ArrayList<>();
    while (!byExpiry.isEmpty() && byExpiry.peekFirst().expiresUs() <= frontTimeUs) {
      Watch watch = byExpiry.removeFirst();
      if (isLive(watch)) {
        expired.add(watch);
        end(watch);
      }
    }
    return expired;
  }

  private static void takeCrossed(TreeSet<Watch> resting, BigDecimal price, List<Watch> filled) {
    while (!resting.isEmpty() && resting.first().crosses(price)) {
      filled.add(resting.pollFirst());
    }
  }

  private void start(Watch watch) {
    live.put(id(watch.account(), watch.intentId()), watch);
    perAccount.merge(watch.account(), 1, Integer::sum);
    waiting.addLast(watch);
    byExpiry.addLast(watch);
  }

  private void end(Watch watch) {
    if (live.remove(id(watch.account(), watch.intentId()), watch)) {
      perAccount.computeIfPresent(
          watch.account(), (account, count) -> count == 1 ? null : count - 1);
      if (watch.limitPrice() != null) {
        restingBuys.remove(watch);
        restingSells.remove(watch);
      }
    }
  }

  private boolean isLive(Watch watch) {
    return live.get(id(watch.account(), watch.intentId())) == watch;
  }

  private List<Watch> versions(String account, String targetId) {
    Watch target = live.get(id(account, targetId));
    String rootId = target == null ? targetId : target.rootId();
    List<Watch> versions = new ArrayList<>();
    for (Watch watch : live.values()) {
      if (watch.rootId().equals(rootId) && watch.account().equals(account)) {
        versions.add(watch);
      }
    }
    return versions;
  }

  private PaperTick tick(Watch watch, PaperTick.Status status, Trade trade, long frontTimeUs) {
    return new PaperTick(
        watch.intentId(),
        watch.account(),
        instrument,
        status,
        trade == null ? null : trade.price(),
        trade == null ? null : trade.qty(),
        frontTimeUs);
  }

  private static String id(String account, String intentId) {
    return account + "\n" + intentId;
  }

  public void write(JsonWriter json) {
    json.beginObject().name("next").value(next).name("live").beginArray();
    for (Watch watch : live.values()) {
      boolean rests =
          watch.limitPrice() != null
              && (restingBuys.contains(watch) || restingSells.contains(watch));
      json.beginObject()
          .name("number")
          .value(watch.number())
          .name("intent_id")
          .value(watch.intentId());
      json.name("root_id").value(watch.rootId()).name("account").value(watch.account());
      json.name("side").value(watch.side()).name("order_type").value(watch.type());
      json.name("time_in_force")
          .value(watch.timeInForce())
          .name("limit_price")
          .value(watch.limitPrice());
      json.name("eligible_us")
          .value(watch.eligibleUs())
          .name("expires_us")
          .value(watch.expiresUs());
      json.name("rests").value(rests).endObject();
    }
    json.endArray().endObject();
  }

  public static Watches read(String instrument, long latencyUs, ObjectNode state)
      throws UnreadableException {
    Watches watches = new Watches(instrument, latencyUs);
    watches.next = new Fields(state).whole("next");
    for (JsonNode node : state.path("live")) {
      Fields fields = new Fields((ObjectNode) node);
      Watch watch =
          new Watch(
              fields.whole("number"),
              fields.text("intent_id"),
              fields.text("root_id"),
              fields.text("account"),
              fields.enumOf("side", Side.class),
              fields.enumOf("order_type", OrderType.class),
              fields.enumOf("time_in_force", TimeInForce.class),
              fields.optionalAmount("limit_price"),
              fields.whole("eligible_us"),
              fields.whole("expires_us"));
      watches.start(watch);
      if (fields.optionalFlag("rests")) {
        watches.waiting.removeLast();
        (watch.side() == Side.BUY ? watches.restingBuys : watches.restingSells).add(watch);
      }
    }
    return watches;
  }
}
