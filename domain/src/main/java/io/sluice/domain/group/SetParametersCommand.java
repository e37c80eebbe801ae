package io.sluice.domain.group;

import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.Parameter;
import io.sluice.domain.control.ParameterLayers.CommandParameters;
import io.sluice.domain.control.ParameterSet;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.Scope;
import java.util.EnumSet;
import java.util.Set;

/** SET_PARAMETERS: sets parameters of the whole gate, from one time to another. */
final class SetParametersCommand implements ControlCommand {
  @Override
  public String name() {
    return "SET_PARAMETERS";
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return EnumSet.of(Scope.Kind.FIRM);
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    ParameterSet set = ParameterSet.parse(command.body());
    if (set.values().isEmpty()) {
      throw new CommandRefusedException(
          "body sets no parameter, expected at least one of " + Parameter.keys());
    }
    String contradiction = state.parameterLayers.contradiction(set, command.fromUs());
    if (contradiction != null) {
      throw new CommandRefusedException(contradiction);
    }
    return new Change(loosened(state, set), answer -> set(state, command, set, answer));
  }

  private static String loosened(GroupState state, ParameterSet set) {
    for (var entry : set.values().entrySet()) {
      Parameter parameter = entry.getKey();
      if (parameter.isLooser(
          entry.getValue(), state.parameterLayers.inForce(parameter, state.gateTimeUs))) {
        return parameter.key() + " would be loosened";
      }
    }
    return null;
  }

  private static void set(GroupState state, Instruction command, ParameterSet set, Answer answer) {
    state.parameterLayers.add(
        new CommandParameters(
            command.id(), set, command.fromUs(), command.untilUs(), answer.warrant().mayLoosen()));
    if (command.hasBegun()) {
      state.parametersChanged();
    }
    answer.event(
        Event.Type.PARAMETERS_SET,
        Event.Severity.WARNING,
        detail -> {
          detail.name("parameters").beginObject();
          set.writeInto(detail);
          detail.endObject().name("params_version").value(state.paramsVersion());
        });
  }
}
