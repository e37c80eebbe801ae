package io.sluice.domain.group;

import io.sluice.domain.control.Halts;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;

/**
 * HALT: no order of the scope passes, until it is resumed or the command expires. With {@code
 * cancel_orders} in its body the cancel of what rests there is asked for.
 */
final class HaltCommand implements ControlCommand {
  @Override
  public String name() {
    return "HALT";
  }

  @Override
  public Change read(GroupState state, Instruction halt) {
    // A halt is never refused for what else its body says.
    boolean reduces = Halts.reduces(halt.command().body());
    boolean cancels = halt.command().body().path("cancel_orders").asBoolean(false);
    return Change.tightening(
        answer -> {
          state.halts.add(
              new Halts.Halt(halt.id(), halt.scope(), halt.fromUs(), halt.untilUs(), reduces));
          answer.event(Event.Type.HALT, Event.Severity.CRITICAL);
          if (cancels) {
            GateOrders.requestCancels(
                state, halt.scope(), Decision.Origin.OPERATOR, halt.id(), answer.effects());
          }
        });
  }
}
