package io.sluice.domain.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * What commands have put in force, in the order in which they did: it begins and ends by itself.
 * Nothing is looked through before the time at which something does.
 */
public final class Timetable<T extends Timed> {
  private final List<T> all = new ArrayList<>();

  /** Nothing begins or ends before; where that is over, what does next is looked up. */
  private long nextUs = Long.MAX_VALUE;

  public void add(T timed) {
    all.add(timed);
    nextUs = Math.min(nextUs, Math.min(timed.fromUs(), timed.untilUs()));
  }

  public List<T> all() {
    return Collections.unmodifiableList(all);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  public List<T> inEffect(long nowUs) {
    return select(timed -> timed.isInEffect(nowUs));
  }

  /** What has come into effect since a time at which it was known already. */
  public List<T> begunSince(long thenUs, long nowUs) {
    return nowUs < nextUs
        ? List.of()
        : select(timed -> thenUs < timed.fromUs() && timed.fromUs() <= nowUs);
  }

  /** Takes out what has ended by now. */
  public List<T> takeEnded(long nowUs) {
    if (nowUs < nextUs) {
      return List.of();
    }
    List<T> ended = take(timed -> timed.untilUs() <= nowUs);
    nextUs = nextChangeUs(nowUs);
    return ended;
  }

  /** Takes out what a command ends. */
  public List<T> take(Predicate<T> ended) {
    List<T> taken = select(ended);
    if (!taken.isEmpty()) {
      all.removeAll(taken);
      nextUs = Long.MIN_VALUE;
    }
    return taken;
  }

  private List<T> select(Predicate<T> wanted) {
    return all.stream().filter(wanted).toList();
  }

  /** The next time after now at which something begins or ends, or Long.MAX_VALUE. */
  public long nextChangeUs(long nowUs) {
    if (nowUs < nextUs) {
      return nextUs;
    }
    long next = Long.MAX_VALUE;
    for (T timed : all) {
      next = Math.min(next, timed.fromUs() > nowUs ? timed.fromUs() : timed.untilUs());
    }
    return next;
  }
}
