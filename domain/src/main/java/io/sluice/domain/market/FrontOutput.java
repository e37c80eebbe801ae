package io.sluice.domain.market;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.scoring.Score;

/** Where the front puts what it makes of a row, in order. */
public interface FrontOutput {
  /** An input for a risk group's fold. */
  void entry(Entry entry);

  /** A row at or above a crash rule's drop, for the patterns that look at many rows. */
  void candidate(CrashCandidate candidate);

  /** A bar has ended. */
  void bar(FeatureRow row);

  /** What an operator wants to know of a market; no decision depends on it. */
  void event(Event event);

  /**
   * A model has scored.
   *
   * @param place of the model in the configuration
   */
  void score(int place, Score score);
}
