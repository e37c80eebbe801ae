package io.sluice.operators.edge;

import io.sluice.domain.journal.Entry;

/**
 * An entry on its way to its group, with its place in the total order.
 *
 * @param number of the row that made it
 * @param clockUs the clock then, epoch microseconds
 * @param entry what to fold, or null at the end of a bounded input
 */
public record Sequenced(long number, String group, long clockUs, Entry entry) {
  public static Sequenced of(long number, Entry entry) {
    return new Sequenced(number, entry.group(), entry.gateTimeUs(), entry);
  }

  /** The end of a bounded input. */
  public static Sequenced end(long number, String group, long clockUs) {
    return new Sequenced(number, group, clockUs, null);
  }

  public int sub() {
    return entry == null ? Integer.MAX_VALUE : entry.cause().sub();
  }
}
