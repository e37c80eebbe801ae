package io.sluice.domain.group;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.wire.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The highest offset that was folded, by source, partition, instrument and kind. */
final class HighWater {
  /** Made-up names must not fill the state: so many of them are kept apart, and no more. */
  private static final int MAX_UNLISTED = 1_000;

  private static final String UNLISTED = "?";

  private final Map<String, Long> marks = new HashMap<>();
  private final Set<String> touched = new HashSet<>();
  private int unlisted;
  private long foldedBelow;

  /**
   * The key of a mark. A record makes one entry of a kind for a subject at most; its sub is no part
   * of the key, because it counts what else the front made of the record, which differs from one
   * time to the next.
   *
   * @param subject instrument, account or venue; with the strategy, for an intent made in the front
   */
  static String key(Cause cause, String subject, Message.Kind kind) {
    return cause.source() + "\n" + cause.partition() + "\n" + subject + "\n" + kind.wireName();
  }

  /**
   * The same for an instrument that is not listed, or none; null where there is no room for one
   * more.
   */
  String keyOfUnlisted(Cause cause, String instrument, Message.Kind kind) {
    String key = key(cause, UNLISTED + (instrument == null ? "" : instrument), kind);
    return marks.containsKey(key) || unlisted < MAX_UNLISTED ? key : null;
  }

  private static boolean isUnlisted(String key) {
    return key.indexOf("\n" + UNLISTED) >= 0;
  }

  /** Whether the record is at or below its source's mark; a null key has none. */
  boolean isBelow(String key, Cause cause) {
    Long highest = key == null ? null : marks.get(key);
    return highest != null && cause.offset() <= highest;
  }

  /** For what is identified by its record: whether the record is past the mark, which it moves. */
  boolean passes(Cause cause, String subject, Message.Kind kind) {
    return passes(key(cause, subject, kind), cause);
  }

  /** The same by its key. */
  boolean passes(String key, Cause cause) {
    if (isBelow(key, cause)) {
      return false;
    }
    passed(key, cause);
    return true;
  }

  /** The same of a made-up name: one that there is no room for is as if it had come before. */
  boolean passesUnlisted(Cause cause, String name, Message.Kind kind) {
    String key = keyOfUnlisted(cause, name, kind);
    return key != null && passes(key, cause);
  }

  /** A record has been folded: its source's mark moves. */
  void passed(String key, Cause cause) {
    if (key != null) {
      unlisted += isUnlisted(key) && !marks.containsKey(key) ? 1 : 0;
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
    taken.sort(null);
    touched.clear();
    return taken;
  }

  void restore(String key, long offset) {
    marks.put(key, offset);
    unlisted += isUnlisted(key) ? 1 : 0;
  }

  void restoreFoldedBelow(long count) {
    foldedBelow = count;
  }
}
