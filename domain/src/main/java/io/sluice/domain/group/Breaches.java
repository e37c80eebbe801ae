package io.sluice.domain.group;

import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The breaches that last, at most one for each limit and scope. */
final class Breaches {
  private record Place(LimitKey key, Scope scope) {}

  private final Map<Place, Breach> lasting =
      new TreeMap<>(Comparator.comparing(Place::key).thenComparing(Place::scope));

  Breach get(LimitKey key, Scope scope) {
    return lasting.isEmpty() ? null : lasting.get(new Place(key, scope));
  }

  void put(Breach breach) {
    lasting.put(new Place(breach.key(), breach.scope()), breach);
  }

  void forget(LimitKey key, Scope scope) {
    lasting.remove(new Place(key, scope));
  }

  Collection<Breach> all() {
    return Collections.unmodifiableCollection(lasting.values());
  }

  /** Takes out the breaches that end by themselves at or before now. */
  List<Breach> takeEnded(long nowUs) {
    return take(breach -> breach.untilUs() <= nowUs);
  }

  /**
   * Takes out the breaches of a scope that a person may end: all but those that last until the next
   * day.
   */
  List<Breach> takeResumed(Scope scope) {
    return take(
        breach ->
            breach.scope().equals(scope)
                && breach.release() != io.sluice.domain.risk.limit.Release.Kind.NEXT_UTC_DAY);
  }

  /** Takes out the breaches of one limit at a scope. */
  List<Breach> takeReset(LimitKey key, Scope scope) {
    return take(breach -> breach.key() == key && breach.scope().equals(scope));
  }

  private List<Breach> take(java.util.function.Predicate<Breach> ended) {
    List<Breach> taken = new ArrayList<>();
    lasting
        .values()
        .removeIf(
            breach -> {
              boolean ends = ended.test(breach);
              if (ends) {
                taken.add(breach);
              }
              return ends;
            });
    return taken;
  }

  long nextEndUs() {
    long next = Long.MAX_VALUE;
    for (Breach breach : lasting.values()) {
      next = Math.min(next, breach.untilUs());
    }
    return next;
  }
}
