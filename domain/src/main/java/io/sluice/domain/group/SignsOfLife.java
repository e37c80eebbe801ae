package io.sluice.domain.group;

import io.sluice.domain.risk.limit.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When accounts and strategies were last heard of, and who of those that promised heartbeats (K02)
 * is silent. Who was never heard of is no news.
 */
final class SignsOfLife {
  /** Somebody is silent from the first microsecond after. */
  private record Deadline(long us, Scope who) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int order = Long.compare(us, other.us);
      return order == 0 ? who.compareTo(other.who) : order;
    }
  }

  private final Map<Scope, Long> lastUs = new TreeMap<>();
  private final Set<Scope> silent = new TreeSet<>();

  /** How far apart signs may be, of who has promised them; what limits in force say. */
  private Map<Scope, Long> promisesUs = Map.of();

  private final TreeSet<Deadline> deadlines = new TreeSet<>();

  /** The newest sign of each who was heard of, sorted. */
  Map<Scope, Long> all() {
    return Collections.unmodifiableMap(lastUs);
  }

  /** Those who were heard of and are silent, sorted. */
  Set<Scope> silent() {
    return Collections.unmodifiableSet(silent);
  }

  /** The newest sign, epoch microseconds; null for none. */
  Long lastUs(Scope who) {
    return lastUs.get(who);
  }

  /** How far apart signs may be, in microseconds; null for who has promised none. */
  Long promiseUs(Scope who) {
    return promisesUs.get(who);
  }

  void restore(Scope who, long atUs) {
    lastUs.put(who, atUs);
  }

  /**
   * Somebody showed at a time that he is alive.
   *
   * @return whether he had promised to and was silent, or never heard of, and is so no longer
   */
  boolean seen(Scope who, long atUs, long nowUs) {
    Long before = lastUs.get(who);
    long newest = before == null ? atUs : Math.max(before, atUs);
    lastUs.put(who, newest);
    Long promiseUs = promisesUs.get(who);
    if (promiseUs == null) {
      return false;
    }
    boolean wasHeard = before != null && deadlines.remove(new Deadline(before + promiseUs, who));
    return !watch(who, newest, promiseUs, nowUs) && !wasHeard;
  }

  /**
   * Who has promised heartbeats is watched from his newest sign on; returns whether he is silent.
   */
  private boolean watch(Scope who, long signUs, long promiseUs, long nowUs) {
    long untilUs = signUs + promiseUs;
    if (untilUs < nowUs) {
      silent.add(who);
      return true;
    }
    silent.remove(who);
    deadlines.add(new Deadline(untilUs, who));
    return false;
  }

  /** Other limits are in force, or the state was stored with these. */
  void promised(Map<Scope, Long> nextUs, long nowUs) {
    promisesUs = Map.copyOf(nextUs);
    deadlines.clear();
    silent.clear();
    nextUs.forEach(
        (who, promiseUs) -> {
          Long signUs = lastUs.get(who);
          if (signUs != null) {
            watch(who, signUs, promiseUs, nowUs);
          }
        });
  }

  /** Those whose silence has begun by now. */
  List<Scope> takeSilent(long nowUs) {
    if (deadlines.isEmpty() || deadlines.first().us() >= nowUs) {
      return List.of();
    }
    List<Scope> begun = new ArrayList<>();
    while (!deadlines.isEmpty() && deadlines.first().us() < nowUs) {
      Scope who = deadlines.pollFirst().who();
      silent.add(who);
      begun.add(who);
    }
    return begun;
  }

  /** When the next silence begins if nobody is heard, or Long.MAX_VALUE. */
  long nextChangeUs() {
    return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.first().us() + 1;
  }
}
