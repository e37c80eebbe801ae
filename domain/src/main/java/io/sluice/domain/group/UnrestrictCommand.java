package io.sluice.domain.group;

import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.Restrictions.Restriction;
import io.sluice.domain.control.Restrictions.Target;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.Scope;
import java.util.List;
import java.util.Set;

/** UNRESTRICT: takes instruments and assets off the restricted list of exactly its scope. */
final class UnrestrictCommand implements ControlCommand {
  @Override
  public String name() {
    return "UNRESTRICT";
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return RestrictCommand.FOR_WHOM;
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    command.isForNow();
    List<Target> targets = RestrictCommand.targets(command.body());
    for (Target target : targets) {
      boolean isRestricted =
          state.restrictions.all().stream()
              .anyMatch(
                  known -> known.scope().equals(command.scope()) && known.target().equals(target));
      if (!isRestricted) {
        throw new CommandRefusedException(
            target + " is not on the restricted list of " + command.scope());
      }
    }
    return Change.loosening(
        "UNRESTRICT loosens",
        answer -> {
          List<Restriction> ended = state.restrictions.lift(command.scope(), targets);
          answer.event(
              Event.Type.UNRESTRICTED,
              Event.Severity.WARNING,
              detail -> {
                RestrictCommand.write(targets, detail);
                detail.name("restrictions_ended").value(ended.size());
              });
        });
  }
}
