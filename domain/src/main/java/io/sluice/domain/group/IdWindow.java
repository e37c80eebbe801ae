package io.sluice.domain.group;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.wire.Message;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which ids have been folded: first wins. An id is kept for a window of gate time. For one that has
 * been forgotten, the high-water mark of its source tells whether the record itself was folded
 * before.
 */
final class IdWindow {
  /** What is known of an id before it is folded. */
  enum Known {
    /** It has not been folded. */
    NEW,
    /** This very record has been folded: it was emitted again. */
    SAME_RECORD,
    /** Another record with the same content has been folded. */
    SAME_CONTENT,
    /** Another record with other content has been folded. */
    OTHER_CONTENT
  }

  /** An id that has been folded. */
  record Seen(String id, String content, Cause cause, long atUs) {}

  private final Map<String, Seen> byId = new HashMap<>();
  private final Deque<Seen> byTime = new ArrayDeque<>();
  private final Map<String, Long> highWater = new TreeMap<>();
  private long foldedBelowHighWater;

  /**
   * @param id kind, account and id
   * @param content the same for the same content; asked for only where the id is known
   * @param stampUs when the record says it was made
   * @param forgottenBeforeUs ids stamped before this have been forgotten
   */
  Known know(
      String id,
      Supplier<String> content,
      Cause cause,
      String highWaterKey,
      long stampUs,
      long forgottenBeforeUs) {
    Seen seen = byId.get(id);
    if (seen != null && seen.atUs() >= forgottenBeforeUs) {
      if (seen.cause().isSameRecord(cause)) {
        return Known.SAME_RECORD;
      }
      return seen.content().equals(content.get()) ? Known.SAME_CONTENT : Known.OTHER_CONTENT;
    }
    Long highest = highWater.get(highWaterKey);
    boolean isBelow = highest != null && cause.offset() <= highest;
    if (isBelow && stampUs >= forgottenBeforeUs) {
      foldedBelowHighWater++;
    }
    return isBelow && stampUs < forgottenBeforeUs ? Known.SAME_RECORD : Known.NEW;
  }

  /**
   * For what is identified by an id alone, whatever its content: whether it comes for the first
   * time. It is known then.
   */
  boolean knowOnce(Message.Kind kind, String id, Cause cause, long forgottenBeforeUs, long nowUs) {
    String full = kind.wireName() + "\n" + id;
    String highWaterKey = highWaterKey(cause, "", kind);
    Seen seen = byId.get(full);
    boolean isKnown = seen != null && seen.atUs() >= forgottenBeforeUs;
    boolean isBelow = seen == null && cause.offset() < highWater.getOrDefault(highWaterKey, -1L);
    if (isKnown || isBelow && kind == Message.Kind.CONTROL) {
      return false;
    }
    fold(full, "", cause, highWaterKey, nowUs);
    return true;
  }

  /**
   * For what is identified by its record: whether the record is past the high-water mark, which it
   * moves.
   */
  boolean passes(Cause cause, String subject, Message.Kind kind) {
    String key = highWaterKey(cause, subject, kind);
    Long highest = highWater.get(key);
    if (highest != null && cause.offset() <= highest) {
      return false;
    }
    highWater.put(key, cause.offset());
    return true;
  }

  /**
   * Records below the high-water mark of their source whose id was not known, folded all the same.
   */
  long foldedBelowHighWater() {
    return foldedBelowHighWater;
  }

  void fold(String id, String content, Cause cause, String highWaterKey, long nowUs) {
    Seen seen = new Seen(id, content, cause, nowUs);
    byId.put(id, seen);
    byTime.addLast(seen);
    highWater.merge(highWaterKey, cause.offset(), Math::max);
  }

  static String highWaterKey(Cause cause, String instrument, Message.Kind kind) {
    return cause.source() + "\n" + cause.partition() + "\n" + instrument + "\n" + kind.wireName();
  }

  void forgetBefore(long us) {
    while (!byTime.isEmpty() && byTime.peekFirst().atUs() < us) {
      Seen oldest = byTime.removeFirst();
      byId.remove(oldest.id(), oldest);
    }
  }

  Collection<Seen> inOrder() {
    return Collections.unmodifiableCollection(byTime);
  }

  Map<String, Long> highWater() {
    return highWater;
  }

  void restore(Map<String, Long> marks, long below) {
    highWater.putAll(marks);
    foldedBelowHighWater = below;
  }

  void restore(Seen seen) {
    byId.put(seen.id(), seen);
    byTime.addLast(seen);
  }
}
