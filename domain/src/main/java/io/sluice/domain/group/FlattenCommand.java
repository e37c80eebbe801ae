package io.sluice.domain.group;

import io.sluice.domain.control.Halts;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.Scope;
import java.util.EnumSet;
import java.util.Set;

/**
 * FLATTEN: halts the scope, until it is resumed or the command expires, closes what is open there
 * with orders of the gate's own, and asks for the cancel of what rests.
 */
final class FlattenCommand implements ControlCommand {
  @Override
  public String name() {
    return "FLATTEN";
  }

  /** A position is an account's, not a strategy's. */
  @Override
  public Set<Scope.Kind> scopes() {
    return EnumSet.complementOf(EnumSet.of(Scope.Kind.STRATEGY));
  }

  @Override
  public Change read(GroupState state, Instruction flatten) {
    flatten.isForNow();
    return Change.tightening(
        answer -> {
          state.halts.add(
              new Halts.Halt(
                  flatten.id(), flatten.scope(), flatten.fromUs(), flatten.untilUs(), false));
          answer.event(Event.Type.HALT, Event.Severity.CRITICAL);
          GateOrders.flatten(
              state, flatten.scope(), Decision.Origin.OPERATOR, "FLATTEN", answer.effects());
        });
  }
}
