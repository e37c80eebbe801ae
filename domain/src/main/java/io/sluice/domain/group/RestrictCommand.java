package io.sluice.domain.group;

import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.Restrictions;
import io.sluice.domain.control.Restrictions.Kind;
import io.sluice.domain.control.Restrictions.Restriction;
import io.sluice.domain.control.Restrictions.Target;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** RESTRICT: puts instruments and assets on the restricted list of its scope. */
final class RestrictCommand implements ControlCommand {
  /** The scopes that accounts trade in; an instrument is what is restricted, not for whom. */
  static final Set<Scope.Kind> FOR_WHOM =
      EnumSet.of(Scope.Kind.FIRM, Scope.Kind.DESK, Scope.Kind.ACCOUNT, Scope.Kind.STRATEGY);

  @Override
  public String name() {
    return "RESTRICT";
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return FOR_WHOM;
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    List<Target> targets = targets(command.body());
    for (Target target : targets) {
      if (!isListed(state, target)) {
        throw new CommandRefusedException(
            target + " is not in the configuration's instruments, expected one that is");
      }
    }
    return Change.tightening(
        answer -> {
          for (Target target : targets) {
            state.restrictions.add(
                new Restriction(
                    command.id(), command.scope(), target, command.fromUs(), command.untilUs()));
          }
          answer.event(
              Event.Type.RESTRICTED, Event.Severity.WARNING, detail -> write(targets, detail));
        });
  }

  private static boolean isListed(GroupState state, Target target) {
    return target.kind() == Kind.INSTRUMENT
        ? state.instrument(target.name()) != null
        : state.configuration.instruments().values().stream()
            .map(Instrument::base)
            .anyMatch(target.name()::equals);
  }

  /**
   * @throws CommandRefusedException where the body names nothing
   */
  static List<Target> targets(Section body) {
    List<Target> targets = Restrictions.targets(body);
    if (targets.isEmpty()) {
      throw new CommandRefusedException(
          "body names nothing, expected instruments or assets, lists of names");
    }
    return targets;
  }

  /** Writes {@code "instruments":[],"assets":[]} into the object that is open. */
  static void write(List<Target> targets, JsonWriter json) {
    for (Kind kind : Kind.values()) {
      json.name(kind == Kind.INSTRUMENT ? "instruments" : "assets").beginArray();
      targets.stream()
          .filter(target -> target.kind() == kind)
          .forEach(target -> json.value(target.name()));
      json.endArray();
    }
  }
}
