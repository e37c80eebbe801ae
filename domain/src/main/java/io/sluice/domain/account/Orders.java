package io.sluice.domain.account;

import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** An account's orders and their amendments; what they reserve works in its holdings. */
public final class Orders {
  private final Function<String, Holding> holdingIn;
  private final StrategyValues ofStrategies;
  private final AtWork atWork;

  // Hashed: there may be hundreds of thousands, and a search among sorted ones is a dozen misses.
  private final Map<String, Order> byIntent = new HashMap<>();

  private final Map<String, String> amended = new TreeMap<>();
  private final Map<String, List<String>> amendmentsOf = new HashMap<>();
  private final Set<String> touched = new HashSet<>();
  private final PriorityQueue<Ended> ended =
      new PriorityQueue<>(Comparator.comparingLong(Ended::atUs));

  /** An order that was at its end at a time; what it is now, the order itself says. */
  private record Ended(String intentId, long atUs) {}

  /**
   * @param holdingIn the account's holding in an instrument
   * @param ofStrategies is told of every change in what is reserved
   * @param atWork is told of every change in what works
   */
  Orders(Function<String, Holding> holdingIn, StrategyValues ofStrategies, AtWork atWork) {
    this.holdingIn = holdingIn;
    this.ofStrategies = ofStrategies;
    this.atWork = atWork;
  }

  /** Sorted by the intent that made them. */
  public Collection<Order> all() {
    return Collections.unmodifiableCollection(new TreeMap<>(byIntent).values());
  }

  /** The order an intent made, or null. */
  public Order get(String intentId) {
    return byIntent.get(intentId);
  }

  /** The order an intent belongs to: its own, or the one it amends or amended; or null. */
  public Order of(String intentId) {
    Order own = byIntent.get(intentId);
    String amends = own != null || amended.isEmpty() ? null : amended.get(intentId);
    return amends == null ? own : byIntent.get(amends);
  }

  /** Reserves an approved order. */
  public void place(Order order) {
    replace(null, order);
  }

  /** Puts a changed order in the place of the old one and moves what they reserve. */
  public void replace(Order before, Order after) {
    put(before, after);
    touched.add(after.intentId());
  }

  /** Puts an order back as it lies in storage. */
  public void restore(Order order) {
    put(byIntent.get(order.intentId()), order);
  }

  /** All count as changed. */
  public void touchAll() {
    touched.addAll(byIntent.keySet());
  }

  /** The orders that were made, changed or forgotten since the last call, by intent, sorted. */
  public Set<String> takeTouched() {
    Set<String> taken = new TreeSet<>(touched);
    touched.clear();
    return taken;
  }

  private void put(Order before, Order after) {
    if (before == null || !before.worksLike(after)) {
      Holding holding = holdingIn.apply(after.instrument());
      if (before != null) {
        reserve(holding, before, before.openQty().negate(), before.openValue().negate());
      }
      reserve(holding, after, after.openQty(), after.openValue());
      tell(before, after, holding.multiplier());
    }
    byIntent.put(after.intentId(), after);
    if (isOver(after)) {
      ended.add(new Ended(after.intentId(), after.touchedUs()));
    }
    if (after.amendment() != null) {
      amends(after.amendment().intentId(), after.intentId());
    }
    if (!after.liveId().equals(after.intentId())) {
      amends(after.liveId(), after.intentId());
    }
  }

  private void reserve(Holding holding, Order order, BigDecimal qty, BigDecimal worth) {
    holding.work(order.side(), qty, worth);
    ofStrategies.reserve(order, worth);
  }

  /** What works in an instrument is worth more or less than before. */
  void setMultiplier(Holding holding, BigDecimal multiplier) {
    BigDecimal before = holding.multiplier();
    holding.setMultiplier(multiplier);
    for (Order order : byIntent.values()) {
      if (order.isAtWork() && order.instrument().equals(holding.instrument())) {
        atWork.changed(order, null, before);
        atWork.changed(null, order, multiplier);
      }
    }
  }

  private void tell(Order before, Order after, BigDecimal multiplier) {
    Order worked = before != null && before.isAtWork() ? before : null;
    Order works = after.isAtWork() ? after : null;
    if (worked != null || works != null) {
      atWork.changed(worked, works, multiplier);
    }
  }

  private void amends(String amendment, String order) {
    if (amended.put(amendment, order) == null) {
      amendmentsOf.computeIfAbsent(order, key -> new ArrayList<>(1)).add(amendment);
    }
  }

  /**
   * The reservation of a fill's order shrinks; a fill that names another order's terms has none.
   */
  void fill(Fill fill, long nowUs) {
    Order order = fill.intentId() == null ? null : of(fill.intentId());
    if (order != null
        && order.instrument().equals(fill.instrument())
        && order.side() == fill.side()) {
      replace(order, order.withFill(fill.qty(), nowUs));
    }
  }

  /**
   * Applies what the venue says of an order. An acknowledged amendment takes effect; one that was
   * refused, or never sent (EXPIRED), is forgotten, and the order works on as it was. The same said
   * again, when the amendment is forgotten already, does not end the order either.
   */
  public void apply(OrderStatus status, long nowUs) {
    Order order = of(status.intentId());
    if (order == null) {
      return;
    }
    Order.Amendment amendment = order.amendment();
    boolean isOfAmendment = amendment != null && amendment.intentId().equals(status.intentId());
    OrderStatus.Status said = status.status();
    boolean refuses = said == OrderStatus.Status.REJECTED || said == OrderStatus.Status.EXPIRED;
    if (isOfAmendment && said == OrderStatus.Status.ACKED) {
      replace(order, order.amended(amendment, nowUs).withCum(status.cumQty(), nowUs));
    } else if (isOfAmendment && refuses) {
      replace(order, order.withAmendment(null, nowUs).withCum(status.cumQty(), nowUs));
    } else if (said.isTerminal() && (!refuses || order.isNamed(status.intentId()))) {
      replace(order, order.ended(status.cumQty(), nowUs));
    } else {
      replace(order, order.withCum(status.cumQty(), nowUs));
    }
  }

  /** It has ended and reserves nothing. */
  private static boolean isOver(Order order) {
    return order.terminal() && order.openQty().signum() == 0;
  }

  /**
   * Forgets ended orders that reserve nothing and have not changed since a time; returns whether
   * there were any. Only those are looked at whose time has come: an account may have hundreds of
   * thousands, and nobody waits while all are gone through.
   */
  public boolean forgetEndedBefore(long us) {
    boolean any = false;
    while (!ended.isEmpty() && ended.peek().atUs() < us) {
      Order order = byIntent.get(ended.poll().intentId());
      if (order != null && isOver(order) && order.touchedUs() < us) {
        byIntent.remove(order.intentId());
        amendmentsOf.getOrDefault(order.intentId(), List.of()).forEach(amended::remove);
        amendmentsOf.remove(order.intentId());
        touched.add(order.intentId());
        any = true;
      }
    }
    return any;
  }

  void moveInto(Orders next) {
    byIntent.values().forEach(next::place);
    next.restoreAmended(amended);
    // Also those that are gone and not yet gone from storage.
    next.touched.addAll(touched);
  }

  /** The intent that made the order, by the intent that amends or amended it. */
  Map<String, String> amended() {
    return Collections.unmodifiableMap(amended);
  }

  void restoreAmended(Map<String, String> orderByAmendment) {
    orderByAmendment.forEach(this::amends);
  }
}
