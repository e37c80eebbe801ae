package io.sluice.domain.group;

import io.sluice.domain.control.Halts;
import io.sluice.domain.journal.Event;

/** HALT: no order of the scope passes, until it is resumed or the command expires. */
final class HaltCommand implements ControlCommand {
  @Override
  public String name() {
    return "HALT";
  }

  @Override
  public Change read(GroupState state, Instruction halt) {
    return Change.tightening(
        answer -> {
          state.halts.add(new Halts.Halt(halt.id(), halt.scope(), halt.fromUs(), halt.untilUs()));
          answer.event(Event.Type.HALT, Event.Severity.CRITICAL);
        });
  }
}
