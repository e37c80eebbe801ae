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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private final Map<Id, Watch> live = new LinkedHashMap<>();
  private final Map<Id, List<Watch>> versions = new HashMap<>();
  private final Map<String, Integer> perAccount = new HashMap<>();
  private final TreeMap<Long, Watch> waiting = new TreeMap<>();
  private final TreeSet<Watch> restingBuys = new TreeSet<>(DEAREST);
  private final TreeSet<Watch> restingSells = new TreeSet<>(CHEAPEST);
  private long next;
  private boolean isChanged = true;

  /** An intent; or an order, by the intent that began it. */
  private record Id(String account, String intentId) {}

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
    if (!isOrder || live.containsKey(new Id(intent.account(), intent.intentId()))) {
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
    List<Watch> order = versionsOf(intent.account(), intent.targetIntentId());
    if (order.isEmpty() || live.containsKey(new Id(intent.account(), intent.intentId()))) {
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
    for (Watch watch : versionsOf(intent.account(), intent.targetIntentId())) {
      end(watch);
      ticks.add(tick(watch, PaperTick.Status.CANCELLED, null, frontTimeUs));
    }
    return ticks;
  }

  /** When the next order's hour is over, on the front's clock; Long.MAX_VALUE without one. */
  public long nextExpiryUs() {
    return live.isEmpty() ? Long.MAX_VALUE : live.values().iterator().next().expiresUs();
  }

  /** Ends the orders whose hour is over. */
  public List<PaperTick> expire(long frontTimeUs) {
    if (nextExpiryUs() > frontTimeUs) {
      return List.of();
    }
    List<Watch> expired = new ArrayList<>();
    for (Watch watch : live.values()) {
      if (watch.expiresUs() > frontTimeUs) {
        break;
      }
      expired.add(watch);
    }
    List<PaperTick> ticks = new ArrayList<>();
    for (Watch watch : expired) {
      end(watch);
      ticks.add(tick(watch, PaperTick.Status.EXPIRED, null, frontTimeUs));
    }
    return ticks;
  }

  /** What a trade does to the waiting orders, in the order in which their intents came. */
  public List<PaperTick> on(Trade trade, long frontTimeUs) {
    if (live.isEmpty()) {
      return List.of();
    }
    TreeMap<Long, PaperTick> ticks = new TreeMap<>();
    fillCrossed(restingBuys, trade, frontTimeUs, ticks);
    fillCrossed(restingSells, trade, frontTimeUs, ticks);
    while (!waiting.isEmpty() && waiting.firstEntry().getValue().eligibleUs() <= frontTimeUs) {
      Watch watch = waiting.pollFirstEntry().getValue();
      isChanged = true;
      if (watch.crosses(trade.price())) {
        ticks.put(watch.number(), fill(watch, trade, frontTimeUs));
      } else if (watch.timeInForce() == TimeInForce.GTC) {
        resting(watch).add(watch);
      } else {
        end(watch);
        ticks.put(watch.number(), tick(watch, PaperTick.Status.EXPIRED, null, frontTimeUs));
      }
    }
    return ticks.isEmpty() ? List.of() : List.copyOf(ticks.values());
  }

  private void fillCrossed(
      TreeSet<Watch> resting, Trade trade, long frontTimeUs, Map<Long, PaperTick> ticks) {
    while (!resting.isEmpty() && resting.first().crosses(trade.price())) {
      Watch watch = resting.first();
      ticks.put(watch.number(), fill(watch, trade, frontTimeUs));
    }
  }

  private PaperTick fill(Watch watch, Trade trade, long frontTimeUs) {
    end(watch);
    return tick(watch, PaperTick.Status.FILLED, trade, frontTimeUs);
  }

  private void start(Watch watch) {
    isChanged = true;
    live.put(new Id(watch.account(), watch.intentId()), watch);
    versions
        .computeIfAbsent(new Id(watch.account(), watch.rootId()), order -> new ArrayList<>(1))
        .add(watch);
    perAccount.merge(watch.account(), 1, Integer::sum);
    waiting.put(watch.number(), watch);
  }

  private void end(Watch watch) {
    isChanged = true;
    live.remove(new Id(watch.account(), watch.intentId()));
    versions.computeIfPresent(
        new Id(watch.account(), watch.rootId()),
        (order, watches) -> {
          watches.remove(watch);
          return watches.isEmpty() ? null : watches;
        });
    perAccount.computeIfPresent(watch.account(), (account, count) -> count == 1 ? null : count - 1);
    if (waiting.remove(watch.number()) == null && watch.limitPrice() != null) {
      resting(watch).remove(watch);
    }
  }

  private TreeSet<Watch> resting(Watch watch) {
    return watch.side() == Side.BUY ? restingBuys : restingSells;
  }

  /**
   * The live versions of the order that an intent began or is a version of, in the order in which
   * they came.
   */
  private List<Watch> versionsOf(String account, String targetId) {
    Watch target = live.get(new Id(account, targetId));
    String rootId = target == null ? targetId : target.rootId();
    return List.copyOf(versions.getOrDefault(new Id(account, rootId), List.of()));
  }

  /** Whether anything has changed since the last call. */
  public boolean takeChanged() {
    boolean wasChanged = isChanged;
    isChanged = false;
    return wasChanged;
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

  public void write(JsonWriter json) {
    json.beginObject().name("next").value(next).name("live").beginArray();
    for (Watch watch : live.values()) {
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
      json.endObject();
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
    }
    watches.isChanged = false;
    return watches;
  }
}
