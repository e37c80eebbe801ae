package io.sluice.domain.market.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds each trade against the crash rules: drop_w(i) = 1 - p_i / max{p_j : j &lt;= i, t_i - w
 * &lt;= t_j &lt;= t_i}, in the order in which trades come, by their own event times. A rule is
 * active from a trade at or above its drop until the instrument's largest stamp has passed the last
 * such trade by more than the window.
 *
 * <p>Prices of up to 15 significant digits are compared exactly. Stamps that go backward by up to
 * 60 seconds are too; a trade stamped further back may be held against a higher price than its
 * window's, never a lower one of the last day.
 *
 * <p>A stamp more than a day ahead of the largest counts from when the next trade confirms it: one
 * wrong stamp must not make all that follow look late. Its trade's window holds nothing but itself.
 */
public final class CrashGuard {
  /** How far a stamp may lie behind the largest and still be answered exactly. */
  static final long HORIZON_US = 60_000_000L;

  /** How far ahead a stamp may lie without being confirmed. */
  static final long JUMP_US = 86_400_000_000L;

  private static final MathContext FROM_DOUBLE = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final double MARGIN = 1e-9;
  private static final long NEVER = Long.MIN_VALUE;

  private final List<CrashRule> rules;
  private final PriceHistory history;
  private final DropWindow[] windows;
  private final long[] windowUs;
  private final double[] preFilter;
  private final BigDecimal[] kept;
  private final long[] lastCandidateUs;
  private long largestUs = NEVER;
  private long heldUs = NEVER;
  private double held;
  private long tradesBeyondHorizon;

  /**
   * A trade at or above a rule's drop.
   *
   * @param stampUs the largest stamp so far, epoch microseconds
   * @param previousStampUs the stamp of the candidate before it, or Long.MIN_VALUE where it is the
   *     first
   * @param drop the fall from {@code from}, a fraction
   * @param from the highest price in the window
   */
  public record Candidate(
      CrashRule rule, long stampUs, long previousStampUs, double drop, BigDecimal from) {
    /** Whether more than the window has passed since the candidate before: an episode begins. */
    public boolean opensEpisode() {
      return previousStampUs == NEVER || stampUs - previousStampUs > rule.windowMs() * 1_000;
    }
  }

  public CrashGuard(List<CrashRule> rules) {
    this.rules = List.copyOf(rules);
    this.windows = new DropWindow[rules.size()];
    this.windowUs = new long[rules.size()];
    this.preFilter = new double[rules.size()];
    this.kept = new BigDecimal[rules.size()];
    this.lastCandidateUs = new long[rules.size()];
    long longestUs = 0;
    for (int i = 0; i < windows.length; i++) {
      CrashRule rule = rules.get(i);
      windowUs[i] = rule.windowMs() * 1_000;
      windows[i] = new DropWindow(windowUs[i] + HORIZON_US);
      kept[i] = BigDecimal.ONE.subtract(rule.drop());
      preFilter[i] = kept[i].doubleValue() + MARGIN;
      lastCandidateUs[i] = NEVER;
      longestUs = Math.max(longestUs, windowUs[i]);
    }
    this.history = new PriceHistory(longestUs, HORIZON_US);
  }

  /** Takes a trade in; returns a candidate for each rule whose drop it reaches, most often none. */
  public List<Candidate> add(long timeUs, BigDecimal price) {
    if (windows.length == 0) {
      return List.of();
    }
    double asDouble = price.doubleValue();
    release(timeUs);
    if (largestUs == NEVER || timeUs - largestUs > JUMP_US) {
      heldUs = timeUs;
      held = asDouble;
      return List.of();
    }
    take(timeUs, asDouble);
    List<Candidate> candidates = null;
    for (int i = 0; i < windows.length; i++) {
      double highest = highest(i, timeUs, asDouble);
      if (asDouble <= highest * preFilter[i]) {
        BigDecimal from = new BigDecimal(highest, FROM_DOUBLE);
        if (price.compareTo(from.multiply(kept[i])) <= 0) {
          candidates = candidates == null ? new ArrayList<>(windows.length) : candidates;
          double drop = 1 - asDouble / highest;
          candidates.add(new Candidate(rules.get(i), largestUs, lastCandidateUs[i], drop, from));
          lastCandidateUs[i] = largestUs;
        }
      }
    }
    return candidates == null ? List.of() : candidates;
  }

  /** The trade that was held back counts if the next stamp is near it or later. */
  private void release(long nextUs) {
    if (heldUs != NEVER) {
      if (nextUs >= heldUs - JUMP_US) {
        take(heldUs, held);
      }
      heldUs = NEVER;
    }
  }

  private void take(long timeUs, double price) {
    if (history.isBeyondHorizon(timeUs)) {
      tradesBeyondHorizon++;
    }
    history.add(timeUs, price);
    largestUs = Math.max(largestUs, timeUs);
    for (DropWindow window : windows) {
      window.add(timeUs, price);
    }
  }

  /**
   * The highest price in the window that ends with the newest trade; any that is too low for a
   * candidate may stand for it.
   */
  private double highest(int rule, long timeUs, double price) {
    if (!history.isBeyondHorizon(timeUs)) {
      double sinceStart = windows[rule].maxFrom(timeUs - windowUs[rule]);
      if (timeUs == largestUs || price > sinceStart * preFilter[rule]) {
        return sinceStart;
      }
    }
    return Math.max(price, history.max(timeUs - windowUs[rule], timeUs));
  }

  public boolean isActive() {
    for (int i = 0; i < windows.length; i++) {
      if (isActive(i)) {
        return true;
      }
    }
    return false;
  }

  /** The rules that are active, in the order of configuration. */
  public List<CrashRule> active() {
    if (!isActive()) {
      return List.of();
    }
    List<CrashRule> active = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      if (isActive(i)) {
        active.add(rules.get(i));
      }
    }
    return active;
  }

  private boolean isActive(int rule) {
    return lastCandidateUs[rule] != NEVER && largestUs - lastCandidateUs[rule] <= windowUs[rule];
  }

  /** Trades whose stamps went back by more than the horizon. */
  public long tradesBeyondHorizon() {
    return tradesBeyondHorizon;
  }

  /**
   * The seconds of prices that have changed since the last call, by number; null for one that is
   * gone.
   */
  public Map<Long, byte[]> takeChangedPages() {
    return history.takeChanged();
  }

  /** What is not in the pages. */
  public byte[] header() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("version").value(1).name("largest_us").value(largestUs);
    json.name("trades_beyond_horizon").value(tradesBeyondHorizon);
    json.name("held_us").value(heldUs).name("held_bits").value(Double.doubleToLongBits(held));
    json.name("rules").beginArray();
    for (int i = 0; i < windows.length; i++) {
      json.beginObject()
          .name("window_us")
          .value(windowUs[i])
          .name("drop")
          .value(rules.get(i).drop());
      json.name("last_candidate_us").value(lastCandidateUs[i]).endObject();
    }
    json.endArray().name("forgotten").beginArray();
    history.forEachForgotten(
        (minuteUs, max) ->
            json.beginArray().value(minuteUs).value(Double.doubleToLongBits(max)).endArray());
    return json.endArray().endObject().toBytes();
  }

  /**
   * Fills a new guard with what {@link #header} and {@link #takeChangedPages} gave. Rules may have
   * been added since; one that has replaced another of its window is active as long as that one.
   */
  public void restore(byte[] header, Map<Long, byte[]> pages) throws UnreadableException {
    ObjectNode stored = StrictJson.trusted(header);
    long version = stored.path("version").longValue();
    if (version != 1) {
      throw new IllegalStateException("a crash guard of version " + version + ", expected 1");
    }
    largestUs = stored.path("largest_us").longValue();
    tradesBeyondHorizon = stored.path("trades_beyond_horizon").longValue();
    heldUs = stored.path("held_us").longValue();
    held = Double.longBitsToDouble(stored.path("held_bits").longValue());
    for (int i = 0; i < windows.length; i++) {
      restoreRule(i, stored.path("rules"));
    }
    new TreeMap<>(pages).forEach(history::restore);
    for (JsonNode step : stored.path("forgotten")) {
      history.restoreForgotten(
          step.get(0).longValue(), Double.longBitsToDouble(step.get(1).longValue()));
    }
    for (int i = 0; i < windows.length; i++) {
      restoreWindow(windows[i], largestUs - windowUs[i] - HORIZON_US);
    }
  }

  private void restoreRule(int rule, JsonNode storedRules) throws UnreadableException {
    for (JsonNode stored : storedRules) {
      if (stored.path("window_us").longValue() == windowUs[rule]) {
        long lastUs = stored.path("last_candidate_us").longValue();
        BigDecimal drop = new Fields((ObjectNode) stored).positive("drop");
        if (drop.compareTo(rules.get(rule).drop()) == 0) {
          lastCandidateUs[rule] = lastUs;
          return;
        }
        lastCandidateUs[rule] = Math.max(lastCandidateUs[rule], lastUs);
      }
    }
  }

  private void restoreWindow(DropWindow window, long fromUs) {
    TreeMap<Long, Double> highestByTime = new TreeMap<>();
    history.forEachFrom(fromUs, (timeUs, price) -> highestByTime.merge(timeUs, price, Math::max));
    highestByTime.tailMap(fromUs).forEach(window::add);
  }
}
