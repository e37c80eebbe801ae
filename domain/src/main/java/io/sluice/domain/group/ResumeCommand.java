package io.sluice.domain.group;

import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.Scope;
import java.util.List;

/** RESUME: ends all halts of exactly its scope, and the breaches there that a person may end. */
final class ResumeCommand implements ControlCommand {
  @Override
  public String name() {
    return "RESUME";
  }

  @Override
  public Change read(GroupState state, Instruction resume) {
    resume.isForNow();
    return Change.loosening("RESUME loosens", answer -> resume(state, resume.scope(), answer));
  }

  private static void resume(GroupState state, Scope scope, Answer answer) {
    int halts = state.halts.resume(scope);
    List<Breach> breaches = state.breaches.takeResumed(scope);
    breaches.forEach(breach -> BreakerTrip.countAnew(state, breach));
    answer.event(
        Event.Type.RESUME,
        Event.Severity.WARNING,
        detail ->
            detail.name("halts_ended").value(halts).name("breaches_ended").value(breaches.size()));
  }
}
