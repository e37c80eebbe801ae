package io.sluice.domain.group;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.wire.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Which ids have been folded: first wins. An id is kept for a window of gate time, a command's for
 * ever. For one that has been forgotten, the high-water mark of its source tells whether the record
 * itself was folded before.
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

  /** An id that has been folded. */
  record Seen(String id, String content, Cause cause, long atUs) {}

  /** Ids that are stored together, the first of them the n-th that was folded. */
  record Page(long first, List<Seen> ids) {}

  private final Map<String, Seen> byId = new HashMap<>();
  private final Deque<Seen> byTime = new ArrayDeque<>();
  private final Map<String, Long> highWater = new TreeMap<>();
  private final Map<String, String> commands = new TreeMap<>();
  private final Set<String> touchedHighWater = new TreeSet<>();
  private final Set<String> touchedCommands = new TreeSet<>();
  private long foldedBelowHighWater;
  private long forgotten;

  /** The same for the same kind, account and id only. */
  static String key(Message.Kind kind, String account, String id) {
    return kind.wireName() + "\n" + delimited(account) + "\n" + id;
  }

  /**
   * A text that is not empty so that what follows it after a line break is told from it: one that
   * has line breaks itself begins with one, and its length.
   */
  private static String delimited(String text) {
    return text.indexOf('\n') < 0 ? text : "\n" + text.length() + "\n" + text;
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
      Supplier<String> content,
      Cause cause,
      String highWaterKey,
      long stampUs,
      long forgottenBeforeUs) {
    Long highest = highWaterKey == null ? null : highWater.get(highWaterKey);
    boolean isBelow = highest != null && cause.offset() <= highest;
    Seen seen = byId.get(id);
    if (seen != null && seen.atUs() >= forgottenBeforeUs) {
      if (isBelow || seen.cause().isSameRecord(cause)) {
        return Known.SAME_RECORD;
      }
      return seen.content().equals(content.get()) ? Known.SAME_CONTENT : Known.OTHER_CONTENT;
    }
    if (isBelow && stampUs >= forgottenBeforeUs) {
      foldedBelowHighWater++;
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
    fold(id, "", cause, null, nowUs);
    return true;
  }

  /**
   * What is known of a command, whose id is never forgotten: a resume that comes again after an
   * hour must not end what was halted since. It is known then.
   */
  Known knowCommand(String id, String content) {
    String key = delimited(id);
    String first = commands.get(key);
    if (first == null) {
      remember(key, content);
      return Known.NEW;
    }
    String again = key + "\n" + content;
    if (first.equals(content) || commands.containsKey(again)) {
      return Known.SAME_RECORD;
    }
    remember(again, content);
    return Known.OTHER_CONTENT;
  }

  private void remember(String key, String content) {
    commands.put(key, content);
    touchedCommands.add(key);
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
    passed(key, cause);
    return true;
  }

  /** A record has been folded: its source's high-water mark moves. */
  void passed(String highWaterKey, Cause cause) {
    if (highWaterKey != null) {
      highWater.merge(highWaterKey, cause.offset(), Math::max);
      touchedHighWater.add(highWaterKey);
    }
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
    passed(highWaterKey, cause);
  }

  /** One record may make several entries of a kind, told apart by their sub. */
  static String highWaterKey(Cause cause, String instrument, Message.Kind kind) {
    String key =
        cause.source() + "\n" + cause.partition() + "\n" + instrument + "\n" + kind.wireName();
    return cause.sub() == 0 ? key : key + "\n" + cause.sub();
  }

  void forgetBefore(long us) {
    while (!byTime.isEmpty() && byTime.peekFirst().atUs() < us) {
      Seen oldest = byTime.removeFirst();
      byId.remove(oldest.id(), oldest);
      forgotten++;
    }
  }

  /** How many ids have been folded in all. */
  long folded() {
    return forgotten + byTime.size();
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

  Map<String, Long> highWater() {
    return Collections.unmodifiableMap(highWater);
  }

  Map<String, String> commands() {
    return Collections.unmodifiableMap(commands);
  }

  /** The keys of high-water marks that have moved since the last call. */
  List<String> takeTouchedHighWater() {
    return take(touchedHighWater);
  }

  /** The commands that have become known since the last call. */
  List<String> takeTouchedCommands() {
    return take(touchedCommands);
  }

  private static List<String> take(Set<String> touched) {
    List<String> taken = new ArrayList<>(touched);
    touched.clear();
    return taken;
  }

  void restoreHighWater(String key, long offset) {
    highWater.put(key, offset);
  }

  void restoreCommand(String id, String content) {
    commands.put(id, content);
  }

  /** Pages come in the order of their numbers. */
  void restore(Page page, long belowUs) {
    if (byTime.isEmpty()) {
      forgotten = page.first();
    }
    for (Seen seen : page.ids()) {
      byId.put(seen.id(), seen);
      byTime.addLast(seen);
    }
    forgetBefore(belowUs);
  }

  void restoreCounts(long below, long foldedBefore) {
    foldedBelowHighWater = below;
    forgotten = foldedBefore - byTime.size();
  }
}
