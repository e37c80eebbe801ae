package io.sluice.domain.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The overrides that wait for their orders. */
public final class Overrides {
  private record Order(String account, String intentId) {}

  private final Timetable<NamedOverride> timetable = new Timetable<>();
  private final Map<Order, NamedOverride> byOrder = new HashMap<>();

  /** The newest for an order takes the place of one before. */
  public void add(NamedOverride override) {
    use(override.account(), override.intentId());
    timetable.add(override);
    byOrder.put(new Order(override.account(), override.intentId()), override);
  }

  public List<NamedOverride> all() {
    return timetable.all();
  }

  /** The override for an order that is in effect, or null. */
  public NamedOverride of(String account, String intentId, long nowUs) {
    if (byOrder.isEmpty()) {
      return null;
    }
    NamedOverride override = byOrder.get(new Order(account, intentId));
    return override == null || !override.isInEffect(nowUs) ? null : override;
  }

  /** The order has been answered: its override is over; null where there was none. */
  public NamedOverride use(String account, String intentId) {
    NamedOverride override = byOrder.remove(new Order(account, intentId));
    if (override != null) {
      timetable.take(override::equals);
    }
    return override;
  }

  public List<NamedOverride> takeEnded(long nowUs) {
    List<NamedOverride> ended = timetable.takeEnded(nowUs);
    ended.forEach(over -> byOrder.remove(new Order(over.account(), over.intentId())));
    return ended;
  }

  public long nextChangeUs(long nowUs) {
    return timetable.nextChangeUs(nowUs);
  }
}
