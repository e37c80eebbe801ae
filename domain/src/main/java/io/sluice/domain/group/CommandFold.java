package io.sluice.domain.group;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.Warrant;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes control commands: each is understood, held against the authority that commands have here,
 * and carried out or refused. Either way an event says so; none is lost without a word.
 */
final class CommandFold {
  private static final Map<String, ControlCommand> COMMANDS =
      byName(
          new HaltCommand(),
          new ResumeCommand(),
          new SetLimitsCommand(),
          new ResetBreakerCommand(),
          new RestrictCommand(),
          new UnrestrictCommand(),
          new OverrideCommand(),
          new SetParametersCommand(),
          new RolloutCommand(),
          new HeartbeatCommand(),
          new FlattenCommand(),
          new SetUserRuleCommand(),
          new RemoveUserRuleCommand(),
          new AdoptCommand(),
          new PublishModelCommand());

  private static Map<String, ControlCommand> byName(ControlCommand... commands) {
    Map<String, ControlCommand> byName = new LinkedHashMap<>();
    for (ControlCommand command : commands) {
      byName.put(command.name(), command);
    }
    return byName;
  }

  static List<String> names() {
    return List.copyOf(COMMANDS.keySet());
  }

  /**
   * Commands are known by their ids, and their records by where they stand: a record that comes
   * again is the front's doing and leaves no trace, an id that comes again in another record is a
   * replay.
   */
  static IdWindow.Known known(GroupState state, Command command, Cause cause) {
    if (!isKept(command)) {
      return state.highWater.passes(cause, command.command(), Message.Kind.CONTROL)
          ? IdWindow.Known.NEW
          : IdWindow.Known.SAME_RECORD;
    }
    CommandIds.Known known = state.commands.known(command.commandId(), content(command));
    boolean isBelow = state.highWater.isBelow(highWaterKey(cause), cause);
    if (known == CommandIds.Known.NEW) {
      // The id of one that is malformed or unsigned is not taken: it could be another's.
      boolean wasRefused =
          isBelow && (command.defect() != null || !warrant(state, command).isGenuine());
      return wasRefused ? IdWindow.Known.SAME_RECORD : IdWindow.Known.NEW;
    }
    if (isBelow) {
      return IdWindow.Known.SAME_RECORD;
    }
    return known == CommandIds.Known.SAME_CONTENT
        ? IdWindow.Known.SAME_CONTENT
        : IdWindow.Known.OTHER_CONTENT;
  }

  static boolean isKept(Command command) {
    ControlCommand kind = COMMANDS.get(command.command());
    return kind == null || kind.isKept();
  }

  static boolean isAdmittedByFront(Command command) {
    ControlCommand kind = COMMANDS.get(command.command());
    return kind != null && kind.isAdmittedByFront();
  }

  private static Warrant warrant(GroupState state, Command command) {
    return new Warrant(state.configuration.control(), command);
  }

  private static String content(Command command) {
    return Sha256.hex(command.toJson()).substring(0, 32);
  }

  private static String highWaterKey(Cause cause) {
    return HighWater.key(cause, "", Message.Kind.CONTROL);
  }

  void fold(GroupState state, Command command, Cause cause, IdWindow.Known known, Effects effects) {
    state.highWater.passed(highWaterKey(cause), cause);
    Warrant warrant = warrant(state, command);
    Answer answer = new Answer(command, warrant, effects);
    try {
      if (command.defect() != null) {
        throw new CommandRefusedException(command.defect());
      }
      if (isKept(command)) {
        warrant.checkGenuine();
        checkNew(known);
        state.commands.remember(command.commandId(), content(command));
      }
      carryOut(state, command, warrant, answer);
    } catch (CommandRefusedException | ConfigurationException e) {
      answer.refused(e.getMessage());
    }
  }

  private static void checkNew(IdWindow.Known known) {
    switch (known) {
      case SAME_CONTENT ->
          throw new CommandRefusedException(
              "the command_id was given before, with the same content, expected a new command_id");
      case OTHER_CONTENT ->
          // The id stands for the command that came first.
          throw new CommandRefusedException(
              "command_id came before with other content, expected an id of its own");
      default -> {
        // It is the first of its id.
      }
    }
  }

  private static void carryOut(GroupState state, Command command, Warrant warrant, Answer answer) {
    ControlCommand kind = COMMANDS.get(command.command());
    if (kind == null) {
      throw new CommandRefusedException(
          command.command() + " is not a command, expected one of " + COMMANDS.keySet());
    }
    Instruction instruction = Instruction.read(state, command);
    if (!kind.scopes().contains(instruction.scope().kind())) {
      throw new CommandRefusedException(
          "scope is " + command.scope() + ", expected one of the kinds " + kind.scopes());
    }
    Change change = kind.read(state, instruction);
    warrant.checkAuthority(change.loosens());
    if (!kind.isAdmittedByFront()) {
      warrant.checkAge(change.loosens(), state.gateTimeUs);
    }
    change.carryOut().accept(answer);
  }
}
