package io.sluice.domain.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.FlowTerms;
import io.sluice.domain.json.Delimited;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a group's accounts have sent lately: messages, orders, their prices, how often they were
 * traded. Only what a limit asks for is counted, from when it is set, and each count is forgotten
 * when its window has passed. Times are gate times.
 */
public final class OrderFlow {
  private static final String MESSAGES = "messages:";
  private static final String TRAFFIC = "traffic:";
  private static final String PRICES = "prices:";
  private static final String ORDERS = "orders:";
  private static final String ENTRIES = "entries:";
  private static final String LATEST = "latest:";

  /** How long it is known who traded an instrument last. */
  private static final long LATEST_US = 7 * 86_400_000_000L;

  private final Recent<SlotCounts> messages = new Recent<>();
  private final Recent<SlotCounts> traffic = new Recent<>();
  private final Recent<PricePath> prices = new Recent<>();
  private final Recent<String> orders = new Recent<>((name, order) -> unlist(name, order));
  private final Recent<Entries> entries = new Recent<>();
  private final Recent<Latest> latest = new Recent<>();
  private final Map<String, Set<String>> ordersByPrint = new HashMap<>();
  private FlowTerms terms = FlowTerms.DEFAULT;

  /** What went on to the venue, and what came of it. */
  public enum Traffic {
    ORDERS,
    AMENDMENTS,
    CANCELS,
    FILLS
  }

  /** How much of it there was. */
  public record Passed(long orders, long amendments, long cancels, long fills) {
    static final Passed NONE = new Passed(0, 0, 0, 0);

    private Passed(long[] byKind) {
      this(
          byKind[Traffic.ORDERS.ordinal()],
          byKind[Traffic.AMENDMENTS.ordinal()],
          byKind[Traffic.CANCELS.ordinal()],
          byKind[Traffic.FILLS.ordinal()]);
    }

    /** What was sent to the venue. */
    public long messages() {
      return orders + amendments + cancels;
    }
  }

  public FlowTerms terms() {
    return terms;
  }

  /** Puts other windows in force; what counts now counts on as if it had happened now. */
  public void configure(FlowTerms next, long nowUs) {
    if (next.messageUs() != terms.messageUs()) {
      messages.replaceAll(counts -> counts.resized(next.messageUs(), nowUs));
    }
    if (next.ratioUs() != terms.ratioUs()) {
      traffic.replaceAll(counts -> counts.resized(next.ratioUs(), nowUs));
    }
    if (next.driftUs() != terms.driftUs()) {
      prices.replaceAll(path -> path.resized(next.driftUs(), nowUs));
    }
    if (next.reentryUs() != terms.reentryUs()) {
      entries.replaceAll(entry -> entry.resized(next.reentryUs(), nowUs));
    }
    terms = next;
  }

  /** Time has passed: what no window reaches any more is forgotten. */
  public void advance(long nowUs) {
    messages.forgetBefore(nowUs - lasting(terms.messageUs()));
    traffic.forgetBefore(nowUs - lasting(terms.ratioUs()));
    prices.forgetBefore(nowUs - lasting(terms.driftUs()));
    orders.forgetBefore(nowUs - terms.duplicateUs());
    entries.forgetBefore(nowUs - lasting(terms.reentryUs()));
    latest.forgetBefore(nowUs - LATEST_US);
  }

  /** Slots reach further back than their window. */
  private static long lasting(long windowUs) {
    return windowUs + windowUs / 5 + Slotted.SLOTS;
  }

  /** An intent was answered, whatever the answer. */
  public void answered(Scope scope, Action action, long nowUs) {
    String name = scope.toString();
    SlotCounts counts = messages.get(name);
    if (counts == null) {
      counts = new SlotCounts(terms.messageUs(), Action.values().length);
    }
    counts.add(action.ordinal(), 1, nowUs);
    messages.touch(name, counts, nowUs);
  }

  /** How many intents of a kind were answered within the message window. */
  public long answersWithin(Scope scope, Action action, long nowUs) {
    SlotCounts counts = messages.get(scope.toString());
    return counts == null ? 0 : counts.count(action.ordinal(), nowUs);
  }

  public void passed(Scope scope, Traffic kind, long nowUs) {
    String name = scope.toString();
    SlotCounts counts = traffic.get(name);
    if (counts == null) {
      counts = new SlotCounts(terms.ratioUs(), Traffic.values().length);
    }
    counts.add(kind.ordinal(), 1, nowUs);
    traffic.touch(name, counts, nowUs);
  }

  /** How much passed within the ratio window. */
  public Passed passedWithin(Scope scope, long nowUs) {
    SlotCounts counts = traffic.get(scope.toString());
    return counts == null ? Passed.NONE : new Passed(counts.counts(nowUs));
  }

  /** An account's order in an instrument was approved while the reference price stood there. */
  public void priced(String account, String instrument, BigDecimal reference, long nowUs) {
    String name = pathName(account, instrument);
    PricePath path = prices.get(name);
    if (path == null) {
      path = new PricePath(terms.driftUs());
    }
    path.see(reference, nowUs);
    prices.touch(name, path, nowUs);
  }

  /**
   * Where the reference price stood at an account's first order in an instrument within the drift
   * window, or null where it had none.
   */
  public BigDecimal referenceAtStart(String account, String instrument, long nowUs) {
    PricePath path = prices.get(pathName(account, instrument));
    return path == null ? null : path.atStart(nowUs);
  }

  private static String pathName(String account, String instrument) {
    return Delimited.text(account) + "\n" + instrument;
  }

  /** An order was approved, or amended to be such a one. */
  public void approved(String print, String order, long nowUs) {
    orders.touch(print + ":" + order, print, nowUs);
    ordersByPrint.computeIfAbsent(print, key -> new HashSet<>()).add(order);
  }

  /** How many other orders of the same print were approved within the duplicate window. */
  public int others(String print, String order) {
    Set<String> same = ordersByPrint.getOrDefault(print, Set.of());
    return same.size() - (same.contains(order) ? 1 : 0);
  }

  /** A strategy's order was approved that opens or grows a position in an instrument. */
  public void entered(String account, String strategy, String instrument, long nowUs) {
    String name = entriesName(account, strategy, instrument);
    Entries entry = entries.get(name);
    if (entry == null) {
      entry = new Entries(account, strategy, instrument, new SlotCounts(terms.reentryUs(), 1));
    }
    entry.counts().add(0, 1, nowUs);
    entries.touch(name, entry, nowUs);
  }

  /** How often a strategy has entered an instrument after its first entry within the window. */
  public long reentries(String account, String strategy, String instrument, long nowUs) {
    Entries entry = entries.get(entriesName(account, strategy, instrument));
    return entry == null ? 0 : entry.reentries(nowUs);
  }

  /** Every strategy that has entered something within the reentry window. */
  public List<Entries> entries() {
    return entries.all();
  }

  /** A person lets a strategy begin anew: its entries count no more. */
  public void forgetEntries(String account, String strategy) {
    for (Entries entry : entries.all()) {
      if (entry.account().equals(account) && entry.strategy().equals(strategy)) {
        entries.forget(entriesName(account, strategy, entry.instrument()));
      }
    }
  }

  private static String entriesName(String account, String strategy, String instrument) {
    return Delimited.text(account) + "\n" + Delimited.text(strategy) + "\n" + instrument;
  }

  /** A strategy's order on a side of an instrument was approved, as an order of a scope. */
  public void traded(
      Scope scope, String instrument, Side side, String account, String strategy, long nowUs) {
    String name = latestName(scope, instrument, side);
    latest.touch(name, Latest.after(latest.get(name), who(account, strategy), nowUs), nowUs);
  }

  /** When another strategy's order on a side was last approved in a scope, or null. */
  public Long lastByAnother(
      Scope scope, String instrument, Side side, String account, String strategy) {
    Latest known = latest.get(latestName(scope, instrument, side));
    return known == null ? null : known.byAnotherThan(who(account, strategy));
  }

  private static String who(String account, String strategy) {
    return Delimited.text(account) + "\n" + strategy;
  }

  private static String latestName(Scope scope, String instrument, Side side) {
    return Delimited.text(scope.toString()) + "\n" + side + "\n" + instrument;
  }

  private void unlist(String name, String print) {
    Set<String> same = ordersByPrint.get(print);
    same.remove(name.substring(print.length() + 1));
    if (same.isEmpty()) {
      ordersByPrint.remove(print);
    }
  }

  /** Everything that has changed since the last call, by name; null stands for what is gone. */
  public Map<String, byte[]> takeChanged() {
    Map<String, byte[]> changed = new TreeMap<>();
    take(messages, MESSAGES, changed, (counts, json) -> counts.writeInto(json));
    take(traffic, TRAFFIC, changed, (counts, json) -> counts.writeInto(json));
    take(prices, PRICES, changed, (path, json) -> path.writeInto(json));
    take(orders, ORDERS, changed, (print, json) -> json.name("print").value(print));
    take(entries, ENTRIES, changed, Entries::writeInto);
    take(latest, LATEST, changed, Latest::writeInto);
    return changed;
  }

  private static <T> void take(
      Recent<T> recent,
      String prefix,
      Map<String, byte[]> changed,
      BiConsumer<T, JsonWriter> write) {
    recent
        .takeTouched()
        .forEach(
            (name, kept) -> {
              byte[] bytes = null;
              if (kept != null) {
                JsonWriter json = new JsonWriter().beginObject().name("at_us").value(kept.atUs());
                write.accept(kept.thing(), json);
                bytes = json.endObject().toBytes();
              }
              changed.put(prefix + name, bytes);
            });
  }

  /** Goes on with what {@link #takeChanged} gave, under the windows that were in force then. */
  public void restore(Map<String, ObjectNode> stored, FlowTerms inForce) {
    terms = inForce;
    messages.restore(read(stored, MESSAGES, node -> SlotCounts.read(node, Action.values().length)));
    traffic.restore(read(stored, TRAFFIC, node -> SlotCounts.read(node, Traffic.values().length)));
    prices.restore(read(stored, PRICES, PricePath::read));
    entries.restore(read(stored, ENTRIES, Entries::read));
    latest.restore(read(stored, LATEST, Latest::read));
    var printed = read(stored, ORDERS, node -> node.required("print").textValue());
    orders.restore(printed);
    printed.forEach(
        (name, kept) ->
            ordersByPrint
                .computeIfAbsent(kept.thing(), key -> new HashSet<>())
                .add(name.substring(kept.thing().length() + 1)));
  }

  private static <T> Map<String, Recent.Kept<T>> read(
      Map<String, ObjectNode> stored, String prefix, Function<ObjectNode, T> read) {
    Map<String, Recent.Kept<T>> things = new TreeMap<>();
    stored.forEach(
        (name, node) -> {
          if (name.startsWith(prefix)) {
            things.put(
                name.substring(prefix.length()),
                new Recent.Kept<>(read.apply(node), node.required("at_us").longValue()));
          }
        });
    return things;
  }
}
