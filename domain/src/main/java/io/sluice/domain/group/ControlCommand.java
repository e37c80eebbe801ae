package io.sluice.domain.group;

import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.risk.limit.Scope;
import java.util.EnumSet;
import java.util.Set;

/**
 * One kind of control command. It reads what it is told and says what would change; whether that
 * counts is for the authority to say, so reading changes nothing.
 */
interface ControlCommand {
  /** What it is called on the wire. */
  String name();

  /** The kinds of scope it can be given for. */
  default Set<Scope.Kind> scopes() {
    return EnumSet.allOf(Scope.Kind.class);
  }

  /**
   * Whether its id stands for it for ever. One that comes for as long as the gate runs, and of
   * which one more or less is nothing, is known by its record only.
   */
  default boolean isKept() {
    return true;
  }

  /**
   * Whether {@link Admission} has held it to its age, once for everybody: groups that fold it at
   * times of their own would not agree.
   */
  default boolean isAdmittedByFront() {
    return false;
  }

  /**
   * @throws CommandRefusedException or {@link io.sluice.domain.config.ConfigurationException} where
   *     it cannot be carried out, saying why
   */
  Change read(GroupState state, Instruction instruction);
}
