package io.sluice.domain.group;

import io.sluice.domain.config.Section;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Command;

/**
 * A command whose scope and times have been read.
 *
 * @param nowUs the gate's time, epoch microseconds
 * @param fromUs when it takes effect, now or later, epoch microseconds
 * @param untilUs when it ends by itself, Long.MAX_VALUE for never
 */
record Instruction(Command command, Scope scope, long nowUs, long fromUs, long untilUs) {

  /**
   * @throws CommandRefusedException where scope or times are wrong
   */
  static Instruction read(GroupState state, Command command) {
    Scope scope = Scope.parse(command.scope());
    if (scope == null) {
      throw new CommandRefusedException(
          "scope is "
              + command.scope()
              + ", expected firm, desk:NAME, account:ID, strategy:ACCOUNT/NAME, instrument:ID or"
              + " venue:NAME");
    }
    if (state.configuration.groupsOf(scope).isEmpty() && !isOfMarket(scope)) {
      throw new CommandRefusedException(
          "scope " + scope + " has no account here, expected a configured one");
    }
    long fromUs =
        command.effectiveAtUs() == null
            ? state.gateTimeUs
            : Math.max(command.effectiveAtUs(), state.gateTimeUs);
    long untilUs = command.expiresAtUs() == null ? Long.MAX_VALUE : command.expiresAtUs();
    if (untilUs <= state.gateTimeUs) {
      throw new CommandRefusedException(
          "the command has expired: expires_at_us is not after the gate's time "
              + state.gateTimeUs
              + ", expected a later time");
    }
    if (untilUs <= fromUs) {
      throw new CommandRefusedException(
          "expires_at_us is not after the command takes effect, expected a later time");
    }
    return new Instruction(command, scope, state.gateTimeUs, fromUs, untilUs);
  }

  private static boolean isOfMarket(Scope scope) {
    return switch (scope.kind()) {
      case FIRM, INSTRUMENT, VENUE -> true;
      case DESK, ACCOUNT, STRATEGY -> false;
    };
  }

  String id() {
    return command.commandId();
  }

  /** What the command needs beside scope and times. */
  Section body() {
    return Section.root("body", command.body());
  }

  /**
   * For what is done once and at once.
   *
   * @throws CommandRefusedException where it is to begin later
   */
  void isForNow() {
    if (fromUs > nowUs) {
      throw new CommandRefusedException(
          "effective_at_us of a "
              + command.command()
              + " is in the future, expected null: give it when it is time");
    }
  }

  boolean hasBegun() {
    return fromUs <= nowUs;
  }
}
