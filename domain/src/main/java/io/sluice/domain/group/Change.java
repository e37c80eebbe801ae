package io.sluice.domain.group;

import java.util.function.Consumer;

/**
 * What a command that was understood would do.
 *
 * @param loosens what would permit more than now, said to a person; null where nothing would
 * @param carryOut does it, and says so in an event
 */
record Change(String loosens, Consumer<Answer> carryOut) {
  static Change tightening(Consumer<Answer> carryOut) {
    return new Change(null, carryOut);
  }

  static Change loosening(String what, Consumer<Answer> carryOut) {
    return new Change(what, carryOut);
  }
}
