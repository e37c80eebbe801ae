package io.sluice.domain.group;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.wire.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The highest offset that was folded, by source, partition, instrument and kind. */
final class HighWater {
  private final Map<String, Long> marks = new TreeMap<>();
  private final Set<String> touched = new TreeSet<>();
  private long foldedBelow;

  /** One record may make several entries of a kind, told apart by their sub. */
  static String key(Cause cause, String instrument, Message.Kind kind) {
    String key =
        cause.source() + "\n" + cause.partition() + "\n" + instrument + "\n" + kind.wireName();
    return cause.sub() == 0 ? key : key + "\n" + cause.sub();
  }

  /** Whether the record is at or below its source's mark; a null key has none. */
  boolean isBelow(String key, Cause cause) {
    Long highest = key == null ? null : marks.get(key);
    return highest != null && cause.offset() <= highest;
  }

  /** For what is identified by its record: whether the record is past the mark, which it moves. */
  boolean passes(Cause cause, String subject, Message.Kind kind) {
    String key = key(cause, subject, kind);
    if (isBelow(key, cause)) {
      return false;
    }
    passed(key, cause);
    return true;
  }

  /** A record has been folded: its source's mark moves. */
  void passed(String key, Cause cause) {
    if (key != null) {
      marks.merge(key, cause.offset(), Math::max);
      touched.add(key);
    }
  }

  void countFoldedBelow() {
    foldedBelow++;
  }

  /** Records below the mark of their source whose id was not known, folded all the same. */
  long foldedBelow() {
    return foldedBelow;
  }

  Map<String, Long> marks() {
    return Collections.unmodifiableMap(marks);
  }

  /** The keys of the marks that have moved since the last call. */
  List<String> takeTouched() {
    List<String> taken = new ArrayList<>(touched);
    touched.clear();
    return taken;
  }

  void restore(String key, long offset) {
    marks.put(key, offset);
  }

  void restoreFoldedBelow(long count) {
    foldedBelow = count;
  }
}
