package io.sluice.domain.group;

import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.RolloutPlan;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.Scope;
import java.util.EnumSet;
import java.util.Set;

/** ROLLOUT: for which share of the orders the gate is in force, for good or by a plan. */
final class RolloutCommand implements ControlCommand {
  @Override
  public String name() {
    return "ROLLOUT";
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return EnumSet.of(Scope.Kind.FIRM);
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    command.isForNow();
    if (command.command().expiresAtUs() != null) {
      throw new CommandRefusedException(
          "expires_at_us of a ROLLOUT is set, expected null: a plan says what follows");
    }
    RolloutPlan plan = RolloutPlan.parse(command.body());
    return new Change(
        state.rollout.isLoosenedBy(plan)
            ? "ROLLOUT would enforce less than the plan in force reaches"
            : null,
        answer -> {
          state.rollout.start(plan, command.id(), state.gateTimeUs);
          answer.event(
              Event.Type.ROLLOUT,
              Event.Severity.WARNING,
              detail -> RolloutFold.write(state.rollout, detail));
        });
  }
}
