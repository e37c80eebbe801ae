package io.sluice.domain.group;

import io.sluice.domain.config.Section;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.LimitKey;
import java.util.List;

/**
 * RESET_BREAKER: a person ends what one latched limit has brought on at exactly its scope. Where
 * the limit is breached still, it latches again at once.
 */
final class ResetBreakerCommand implements ControlCommand {
  @Override
  public String name() {
    return "RESET_BREAKER";
  }

  @Override
  public Change read(GroupState state, Instruction reset) {
    reset.isForNow();
    Section body = reset.body().allow("limit");
    LimitKey limit = LimitKey.of(body.text("limit"));
    if (limit == null || !limit.isBreaker()) {
      throw body.wrong("limit", "one of " + LimitKey.breakers());
    }
    if (state.breaches.get(limit, reset.scope()) == null) {
      throw new CommandRefusedException(
          "no breach of "
              + limit.key()
              + " lasts at "
              + reset.scope()
              + ", there is none to reset");
    }
    return Change.loosening("RESET_BREAKER loosens", answer -> reset(state, reset, limit, answer));
  }

  private static void reset(GroupState state, Instruction reset, LimitKey limit, Answer answer) {
    List<Breach> ended = state.breaches.takeReset(limit, reset.scope());
    ended.forEach(breach -> BreakerTrip.countAnew(state, breach));
    answer.event(
        Event.Type.BREAKER_RESET,
        Event.Severity.WARNING,
        detail ->
            detail.name("limit").value(limit.key()).name("breaches_ended").value(ended.size()));
    BreachWatch.checkAll(state, answer.effects());
  }
}
