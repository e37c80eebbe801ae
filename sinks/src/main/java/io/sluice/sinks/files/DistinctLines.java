package io.sluice.sinks.files;

import java.io.IOException;

/** Sorted lines without their repeats. */
final class DistinctLines {
  private final LineSorter sorted;
  private OutputLine head;

  DistinctLines(LineSorter sorted) throws IOException {
    this.sorted = sorted;
    this.head = sorted.next();
  }

  /** The first line not yet passed, or null behind the last. */
  OutputLine head() {
    return head;
  }

  /**
   * Passes the head and its repeats.
   *
   * @throws OutputConflictException if another line has the head's key
   */
  void advance() throws IOException {
    OutputLine next = sorted.next();
    while (next != null && next.hasKeyOf(head)) {
      if (!next.equals(head)) {
        throw new OutputConflictException(head, next);
      }
      next = sorted.next();
    }
    head = next;
  }
}
