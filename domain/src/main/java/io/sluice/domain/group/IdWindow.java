package io.sluice.domain.group;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.Delimited;
import io.sluice.domain.wire.Message;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Which ids have been folded: first wins. An id is kept for a window of gate time. For one that has
 * been forgotten, the high-water mark of its source tells whether the record itself was folded
 * before.
 */
final class IdWindow {
  /** How many ids are stored together. */
  private static final int PAGE = 64;

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

  /**
   * An id that has been folded, by which record, and when. There may be millions, so it holds no
   * more objects than it must.
   */
  record Seen(String id, long content, String source, int partition, long offset, long atUs) {
    boolean isOf(Cause cause) {
      return offset == cause.offset()
          && partition == cause.partition()
          && source.equals(cause.source());
    }
  }

  /** Ids that are stored together, the first of them the n-th that was folded. */
  record Page(long first, List<Seen> ids) {}

  private final HighWater highWater;
  private final Map<String, Seen> byId = new HashMap<>();
  private final Deque<Seen> byTime = new ArrayDeque<>();
  private final Map<String, String> sources = new HashMap<>();
  private long forgotten;

  IdWindow(HighWater highWater) {
    this.highWater = highWater;
  }

  /** The same for the same kind, account and id only. */
  static String key(Message.Kind kind, String account, String id) {
    return kind.wireName() + "\n" + Delimited.text(account) + "\n" + id;
  }

  /** Whether an id is remembered. */
  boolean isKnown(String id) {
    return byId.containsKey(id);
  }

  /**
   * @param id {@link #key}
   * @param content the same for the same content; asked for only where the id is known
   * @param highWaterKey names the source, or null where no mark is kept
   * @param stampUs when the record says it was made
   * @param forgottenBeforeUs ids stamped before this have been forgotten
   */
  Known know(
      String id,
      LongSupplier content,
      Cause cause,
      String highWaterKey,
      long stampUs,
      long forgottenBeforeUs) {
    boolean isBelow = highWater.isBelow(highWaterKey, cause);
    Seen seen = byId.get(id);
    if (seen != null && seen.atUs() >= forgottenBeforeUs) {
      if (isBelow || seen.isOf(cause)) {
        return Known.SAME_RECORD;
      }
      return seen.content() == content.getAsLong() ? Known.SAME_CONTENT : Known.OTHER_CONTENT;
    }
    if (isBelow && stampUs >= forgottenBeforeUs) {
      highWater.countFoldedBelow();
    }
    return isBelow && stampUs < forgottenBeforeUs ? Known.SAME_RECORD : Known.NEW;
  }

  /**
   * For what is identified by an id alone, whatever its content: whether it comes for the first
   * time. It is known then.
   */
  boolean knowOnce(String id, Cause cause, long forgottenBeforeUs, long nowUs) {
    Seen seen = byId.get(id);
    if (seen != null && seen.atUs() >= forgottenBeforeUs) {
      return false;
    }
    fold(id, 0, cause, null, nowUs);
    return true;
  }

  void fold(String id, long content, Cause cause, String highWaterKey, long nowUs) {
    add(new Seen(id, content, cause.source(), cause.partition(), cause.offset(), nowUs));
    highWater.passed(highWaterKey, cause);
  }

  /** The source is read anew with every record and is the same few. */
  private void add(Seen seen) {
    String source = sources.computeIfAbsent(seen.source(), name -> name);
    Seen kept =
        new Seen(seen.id(), seen.content(), source, seen.partition(), seen.offset(), seen.atUs());
    byId.put(kept.id(), kept);
    byTime.addLast(kept);
  }

  void forgetBefore(long us) {
    while (!byTime.isEmpty() && byTime.peekFirst().atUs() < us) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    Seen oldest = byTime.removeFirst();
    byId.remove(oldest.id(), oldest);
    forgotten++;
  }

  /** How many ids have been folded in all. */
  long folded() {
    return forgotten + byTime.size();
  }

  /** How many of them are no longer known. */
  long forgotten() {
    return forgotten;
  }

  static long pageOf(long index) {
    return Math.floorDiv(index, PAGE);
  }

  /** The page of the oldest id that is still known. */
  long firstPage() {
    return pageOf(forgotten);
  }

  /** The pages with the ids from the n-th on, by number; of the first only what is still known. */
  Map<Long, Page> pagesFrom(long index) {
    Map<Long, LinkedList<Seen>> ids = new TreeMap<>();
    long stop = Math.max(pageOf(index) * PAGE, forgotten);
    long at = folded();
    for (Iterator<Seen> newest = byTime.descendingIterator(); at > stop; ) {
      at--;
      ids.computeIfAbsent(pageOf(at), key -> new LinkedList<>()).addFirst(newest.next());
    }
    Map<Long, Page> pages = new TreeMap<>();
    ids.forEach((page, seen) -> pages.put(page, new Page(Math.max(page * PAGE, forgotten), seen)));
    return pages;
  }

  /** The ids that are known, from the oldest. */
  Collection<Seen> inOrder() {
    return Collections.unmodifiableCollection(byTime);
  }

  /** Pages come in the order of their numbers. */
  void restore(Page page, long belowUs) {
    if (byTime.isEmpty()) {
      forgotten = page.first();
    }
    page.ids().forEach(this::add);
    forgetBefore(belowUs);
  }

  /**
   * After the pages: how many ids had been folded and forgotten. A stored page may hold some that
   * were forgotten after it was stored.
   */
  void restoreCounts(long folded, long forgottenBefore) {
    while (forgotten < forgottenBefore && !byTime.isEmpty()) {
      forgetOldest();
    }
    forgotten = folded - byTime.size();
  }
}
