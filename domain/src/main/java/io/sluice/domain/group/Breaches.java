package io.sluice.domain.group;

import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The breaches that last, at most one for each breaker, and how often each breaker has tripped.
 * What a limit's tiers do is kept apart, because one may be over while another still holds.
 */
final class Breaches {
  private record Place(LimitKey key, Scope scope) {}

  private final Map<Place, List<Breach>> lasting =
      new TreeMap<>(Comparator.comparing(Place::key).thenComparing(Place::scope));
  private final Map<Breaker, Long> trips = new TreeMap<>();
  private final Map<Scope, Long> lastEnds = new TreeMap<>();

  boolean isEmpty() {
    return lasting.isEmpty();
  }

  private List<Breach> at(LimitKey key, Scope scope) {
    return lasting.isEmpty() ? List.of() : lasting.getOrDefault(new Place(key, scope), List.of());
  }

  /** The strictest breach of a limit at a scope, or null. */
  Breach get(LimitKey key, Scope scope) {
    if (lasting.isEmpty()) {
      return null;
    }
    Breach strictest = null;
    for (Breach breach : at(key, scope)) {
      if (strictest == null || breach.then().compareTo(strictest.then()) > 0) {
        strictest = breach;
      }
    }
    return strictest;
  }

  /** The breach that a breaker has in force, or null. */
  Breach of(Breaker breaker) {
    for (Breach breach : at(breaker.key(), breaker.scope())) {
      if (breach.breaker().equals(breaker)) {
        return breach;
      }
    }
    return null;
  }

  /** Whether a breach that would end at a time adds nothing to those that last. */
  boolean isCovered(Breaker breaker, long untilUs) {
    for (Breach breach : at(breaker.key(), breaker.scope())) {
      if (breach.covers(breaker, untilUs)) {
        return true;
      }
    }
    return false;
  }

  /** A breaker trips; returns how often it has. */
  long trip(Breach breach) {
    put(breach);
    return trips.merge(breach.breaker(), 1L, Long::sum);
  }

  void put(Breach breach) {
    forget(breach.breaker());
    List<Breach> breaches =
        lasting.computeIfAbsent(
            new Place(breach.key(), breach.scope()), place -> new ArrayList<>(1));
    breaches.add(breach);
    breaches.sort(Comparator.comparing(Breach::breaker));
  }

  void forget(Breaker breaker) {
    take(breach -> breach.breaker().equals(breaker));
  }

  List<Breach> all() {
    List<Breach> all = new ArrayList<>();
    lasting.values().forEach(all::addAll);
    return all;
  }

  int size() {
    int size = 0;
    for (List<Breach> breaches : lasting.values()) {
      size += breaches.size();
    }
    return size;
  }

  /** How often each breaker has tripped. */
  Map<Breaker, Long> trips() {
    return trips;
  }

  /** When a breach at a scope that stopped orders ended last, epoch microseconds. */
  Map<Scope, Long> lastEnds() {
    return lastEnds;
  }

  /** A breach is over. */
  void ended(Breach breach, long nowUs) {
    forget(breach.breaker());
    if (breach.then() != Consequence.WARN) {
      lastEnds.merge(breach.scope(), Math.min(nowUs, breach.untilUs()), Math::max);
    }
  }

  /** Takes out the breaches that end by themselves at or before now. */
  List<Breach> takeEnded(long nowUs) {
    List<Breach> ended = take(breach -> breach.untilUs() <= nowUs);
    ended.forEach(breach -> ended(breach, nowUs));
    return ended;
  }

  /**
   * Takes out the breaches of a scope that a person may end: all but those that last until the next
   * day.
   */
  List<Breach> takeResumed(Scope scope) {
    return take(
        breach -> breach.scope().equals(scope) && breach.release() != Release.Kind.NEXT_UTC_DAY);
  }

  /** Takes out the breaches of one limit at a scope. */
  List<Breach> takeReset(LimitKey key, Scope scope) {
    return take(breach -> breach.key() == key && breach.scope().equals(scope));
  }

  private List<Breach> take(Predicate<Breach> ended) {
    if (lasting.isEmpty()) {
      return List.of();
    }
    List<Breach> taken = new ArrayList<>();
    for (Iterator<List<Breach>> places = lasting.values().iterator(); places.hasNext(); ) {
      List<Breach> breaches = places.next();
      for (Breach breach : List.copyOf(breaches)) {
        if (ended.test(breach)) {
          taken.add(breach);
          breaches.remove(breach);
        }
      }
      if (breaches.isEmpty()) {
        places.remove();
      }
    }
    return taken;
  }

  long nextEndUs() {
    long next = Long.MAX_VALUE;
    for (List<Breach> breaches : lasting.values()) {
      for (Breach breach : breaches) {
        next = Math.min(next, breach.untilUs());
      }
    }
    return next;
  }
}
