package io.sluice.domain.control;

import io.sluice.domain.risk.limit.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The halts that commands have set. A scope is halted while any of its halts is in effect; a resume
 * ends them all.
 */
public final class Halts {
  /** A halt of a scope, from one time to another. */
  public record Halt(String commandId, Scope scope, long fromUs, long untilUs) {
    boolean isInEffect(long nowUs) {
      return fromUs <= nowUs && nowUs < untilUs;
    }
  }

  private final List<Halt> halts = new ArrayList<>();

  public void add(Halt halt) {
    halts.add(halt);
  }

  public List<Halt> all() {
    return Collections.unmodifiableList(halts);
  }

  /** How many halts are in effect now. */
  public int inEffect(long nowUs) {
    return (int) halts.stream().filter(halt -> halt.isInEffect(nowUs)).count();
  }

  /** The command that halts a scope now, or null. */
  public String haltedBy(Scope scope, long nowUs) {
    for (Halt halt : halts) {
      if (halt.isInEffect(nowUs) && halt.scope().equals(scope)) {
        return halt.commandId();
      }
    }
    return null;
  }

  /** Ends every halt of exactly this scope; returns how many there were. */
  public int resume(Scope scope) {
    int before = halts.size();
    halts.removeIf(halt -> halt.scope().equals(scope));
    return before - halts.size();
  }

  /** The halts that have come into effect since a time at which they were known already. */
  public List<Halt> begunSince(long thenUs, long nowUs) {
    return halts.stream().filter(halt -> thenUs < halt.fromUs() && halt.fromUs() <= nowUs).toList();
  }

  /** Takes out the halts that have ended by now. */
  public List<Halt> takeEnded(long nowUs) {
    List<Halt> ended = halts.stream().filter(halt -> halt.untilUs() <= nowUs).toList();
    halts.removeAll(ended);
    return ended;
  }

  /** The next time after now at which a halt starts or ends, or Long.MAX_VALUE. */
  public long nextChangeUs(long nowUs) {
    long next = Long.MAX_VALUE;
    for (Halt halt : halts) {
      next = Math.min(next, halt.fromUs() > nowUs ? halt.fromUs() : halt.untilUs());
    }
    return next;
  }
}
