package io.sluice.domain.group;

import io.sluice.domain.account.LatestMark;
import io.sluice.domain.wire.Mark;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The newest mark of each instrument. */
final class Marks {
  private final Map<String, LatestMark> latest = new HashMap<>();
  private final Set<String> touched = new TreeSet<>();

  /** What an instrument's newest mark is from here on; none as yet where none has come. */
  LatestMark latest(String instrument) {
    return latest.computeIfAbsent(instrument, key -> new LatestMark());
  }

  /** The newest mark of an instrument, or null. */
  Mark get(String instrument) {
    LatestMark known = latest.get(instrument);
    return known == null ? null : known.mark();
  }

  boolean has(String instrument) {
    return get(instrument) != null;
  }

  void put(Mark mark) {
    latest(mark.instrument()).set(mark);
  }

  /** Of which one has come, sorted. */
  Set<String> instruments() {
    Set<String> instruments = new TreeSet<>();
    latest.forEach(
        (instrument, known) -> {
          if (!known.isMissing()) {
            instruments.add(instrument);
          }
        });
    return instruments;
  }

  /** The instrument's mark is to be stored. */
  void touch(String instrument) {
    touched.add(instrument);
  }

  /** The instruments whose marks have changed since the last call, sorted. */
  Set<String> takeTouched() {
    Set<String> taken = new TreeSet<>(touched);
    touched.clear();
    return taken;
  }
}
