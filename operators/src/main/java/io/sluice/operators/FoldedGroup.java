package io.sluice.operators;

import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.StateParts;
import io.sluice.domain.group.StateReader;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.JournalLine;
import io.sluice.domain.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A risk group's state, which of its parts are stored, and what has been folded since they were.
 */
final class FoldedGroup {
  private final GroupState state;
  private final StateParts parts;
  private final List<Entry> sinceStored = new ArrayList<>();
  private final JsonWriter lines = JournalLine.writer();

  private FoldedGroup(GroupState state, StateParts parts) {
    this.state = state;
    this.parts = parts;
  }

  static FoldedGroup blank(String group) {
    return new FoldedGroup(new GroupState(group), new StateParts());
  }

  static FoldedGroup read(String group, Map<String, byte[]> stored) {
    StateParts parts = new StateParts();
    return new FoldedGroup(StateReader.read(group, stored, parts), parts);
  }

  /** What folding an entry brought about, encoded. */
  record Folded(Effects effects, JournalLine line) {}

  GroupState state() {
    return state;
  }

  /**
   * Folds an entry and chains its journal line.
   *
   * @return null where it had been folded before
   * @throws RuntimeException where it cannot be folded; the state is torn then
   */
  Folded fold(GroupFold fold, Entry entry) {
    Effects effects = fold.apply(state, entry);
    Folded folded = null;
    if (effects != null) {
      JournalLine line =
          JournalLine.of(
              entry,
              effects.seq(),
              effects.gateTimeUs(),
              effects.decisions(),
              state.headHash(),
              lines);
      state.journaled(effects.seq(), line.hash());
      folded = new Folded(effects, line);
    }
    sinceStored.add(entry);
    return folded;
  }

  /** Folds what another one of the same stored parts has folded since. */
  void foldLike(FoldedGroup other, GroupFold fold) {
    other.sinceStored.forEach(entry -> fold(fold, entry));
  }

  /** The parts that are to be stored now; null stands for one that is gone. */
  Map<String, byte[]> takeChanged() {
    sinceStored.clear();
    return parts.takeChanged(state);
  }
}
