package io.sluice.domain.control;

import io.sluice.domain.control.RolloutHealth.Seen;
import io.sluice.domain.control.RolloutPlan.Phase;
import io.sluice.domain.json.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where the gate stands in its rollout. The plan moves on by the gate's time alone, and only when
 * the phase that is over was healthy; one that was not begins again.
 */
public final class Rollout {
  private static final int PARTS = 10_000;
  private static final int PARTS_PER_PERCENT = PARTS / 100;

  private RolloutPlan plan = RolloutPlan.FULL;
  private String commandId;
  private int phase;
  private long sinceUs;
  private long enforcedParts = PARTS;
  private long decisions;
  private long refusals;
  private long errors;
  private long breaches;

  /**
   * @param by the command that set the plan, or null for configuration
   * @param nowUs the gate's time, 0 where it has none yet
   */
  public void start(RolloutPlan next, String by, long nowUs) {
    plan = next;
    commandId = by;
    begin(0, nowUs);
  }

  private void begin(int index, long nowUs) {
    phase = index;
    sinceUs = nowUs;
    decisions = 0;
    refusals = 0;
    errors = 0;
    breaches = 0;
    enforcedParts = current().percent().multiply(BigDecimal.valueOf(PARTS_PER_PERCENT)).longValue();
  }

  public RolloutPlan plan() {
    return plan;
  }

  /** The command that set the plan, or null. */
  public String commandId() {
    return commandId;
  }

  public int index() {
    return phase;
  }

  public long sinceUs() {
    return sinceUs;
  }

  public Phase current() {
    return plan.phases().get(phase);
  }

  /** Whether every order is answered as it is judged. */
  public boolean isFull() {
    return enforcedParts == PARTS;
  }

  /**
   * Whether an order is answered as it is judged: the same order always, and the more of them the
   * further the plan is; an order that one phase has enforced is so in every later one.
   */
  public boolean enforces(String orderId) {
    if (enforcedParts == 0 || enforcedParts == PARTS) {
      return enforcedParts == PARTS;
    }
    byte[] name = ("rollout\n" + orderId).getBytes(StandardCharsets.UTF_8);
    return Long.remainderUnsigned(Sha256.prefix(name), PARTS) < enforcedParts;
  }

  /** Whether another plan would enforce less than this one does or is going to. */
  public boolean isLoosenedBy(RolloutPlan other) {
    return other.phases().get(0).percent().compareTo(plan.last().percent()) < 0;
  }

  /** Whether what happens now counts for the health of a phase. */
  public boolean isUnderWay() {
    return current().durationUs() != Long.MAX_VALUE;
  }

  public void judged(boolean refused, boolean failed) {
    decisions++;
    refusals += refused ? 1 : 0;
    errors += failed ? 1 : 0;
  }

  public void breached() {
    breaches++;
  }

  public Seen seen(long stale) {
    return new Seen(decisions, refusals, errors, stale, breaches);
  }

  /** When the phase is over, or Long.MAX_VALUE. */
  public long nextChangeUs() {
    return isUnderWay() && sinceUs > 0 ? sinceUs + current().durationUs() : Long.MAX_VALUE;
  }

  /**
   * A phase is over: the next begins where this one was healthy, else this one again.
   *
   * @return null where it is not over, else what was not well, empty where the next has begun
   */
  public List<String> advance(long nowUs, long stale) {
    if (!isUnderWay()) {
      return null;
    }
    if (sinceUs == 0) {
      // The event clock has only now begun to go.
      sinceUs = nowUs;
    }
    if (nowUs < nextChangeUs()) {
      return null;
    }
    List<String> faults = plan.health().faults(seen(stale));
    begin(faults.isEmpty() ? phase + 1 : phase, nowUs);
    return faults;
  }

  /** As it was stored. */
  public void restore(int index, long oldSinceUs, Seen seen) {
    begin(index, oldSinceUs);
    decisions = seen.decisions();
    refusals = seen.refusals();
    errors = seen.errors();
    breaches = seen.breaches();
  }
}
