package io.sluice.domain.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.risk.limit.Scope;
import java.util.List;

/**
 * The halts that commands have set. A scope is halted while any of its halts is in effect; a resume
 * ends them all.
 */
public final class Halts {
  /**
   * A halt of a scope, from one time to another.
   *
   * @param reduces whether what brings a position closer to flat passes all the same
   */
  public record Halt(String commandId, Scope scope, long fromUs, long untilUs, boolean reduces)
      implements Timed {}

  /** Whether the body of a command that halts lets what brings a position closer to flat pass. */
  public static boolean reduces(JsonNode body) {
    return body.path("state").asText().equals("reducing");
  }

  private final Timetable<Halt> halts = new Timetable<>();

  public void add(Halt halt) {
    halts.add(halt);
  }

  public List<Halt> all() {
    return halts.all();
  }

  /** How many halts are in effect now. */
  public int inEffect(long nowUs) {
    return halts.inEffect(nowUs).size();
  }

  /** The command that halts a scope altogether now, or null. */
  public String haltedBy(Scope scope, long nowUs) {
    return by(scope, false, nowUs);
  }

  /** The command because of which positions of a scope may only come closer to flat, or null. */
  public String reducedBy(Scope scope, long nowUs) {
    return by(scope, true, nowUs);
  }

  private String by(Scope scope, boolean reduces, long nowUs) {
    if (halts.isEmpty()) {
      return null;
    }
    for (Halt halt : halts.all()) {
      if (halt.reduces() == reduces && halt.isInEffect(nowUs) && halt.scope().equals(scope)) {
        return halt.commandId();
      }
    }
    return null;
  }

  /** Ends every halt of exactly this scope; returns how many there were. */
  public int resume(Scope scope) {
    return halts.take(halt -> halt.scope().equals(scope)).size();
  }

  /** The halts that have come into effect since a time at which they were known already. */
  public List<Halt> begunSince(long thenUs, long nowUs) {
    return halts.begunSince(thenUs, nowUs);
  }

  /** Takes out the halts that have ended by now. */
  public List<Halt> takeEnded(long nowUs) {
    return halts.takeEnded(nowUs);
  }

  /** The next time after now at which a halt starts or ends, or Long.MAX_VALUE. */
  public long nextChangeUs(long nowUs) {
    return halts.nextChangeUs(nowUs);
  }
}
