package io.sluice.domain.market.crash;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
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
 * window's, never a lower one.
 */
public final class CrashGuard {
  /** How far a stamp may lie behind the largest and still be answered exactly. */
  static final long HORIZON_US = 60_000_000L;

  private static final MathContext FROM_DOUBLE = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final double MARGIN = 1e-9;
  private static final long NEVER = Long.MIN_VALUE;

  private final List<CrashRule> rules;
  private final PriceHistory history;
  private final DropWindow[] windows;
  private final double[] preFilter;
  private final BigDecimal[] kept;
  private final long[] lastCandidateUs;
  private long largestUs = NEVER;
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
    this.preFilter = new double[rules.size()];
    this.kept = new BigDecimal[rules.size()];
    this.lastCandidateUs = new long[rules.size()];
    long longestUs = 0;
    for (int i = 0; i < windows.length; i++) {
      CrashRule rule = rules.get(i);
      windows[i] = new DropWindow(rule.windowMs() * 1_000);
      kept[i] = BigDecimal.ONE.subtract(rule.drop());
      preFilter[i] = kept[i].doubleValue() + MARGIN;
      lastCandidateUs[i] = NEVER;
      longestUs = Math.max(longestUs, windows[i].windowUs());
    }
    this.history = new PriceHistory(longestUs, HORIZON_US);
  }

  /** Takes a trade in; returns a candidate for each rule whose drop it reaches, most often none. */
  public List<Candidate> add(long timeUs, BigDecimal price) {
    if (windows.length == 0) {
      return List.of();
    }
    double asDouble = price.doubleValue();
    boolean isInOrder = timeUs >= largestUs;
    largestUs = Math.max(largestUs, timeUs);
    if (history.isBeyondHorizon(timeUs)) {
      tradesBeyondHorizon++;
    }
    history.add(timeUs, asDouble);
    List<Candidate> candidates = null;
    for (int i = 0; i < windows.length; i++) {
      double highest;
      if (isInOrder) {
        windows[i].add(timeUs, asDouble);
        highest = windows[i].max();
      } else {
        if (timeUs >= largestUs - windows[i].windowUs()) {
          windows[i].addLate(timeUs, asDouble);
        }
        highest = Math.max(asDouble, history.max(timeUs - windows[i].windowUs(), timeUs));
      }
      if (asDouble <= highest * preFilter[i]) {
        BigDecimal from = new BigDecimal(highest, FROM_DOUBLE);
        if (price.compareTo(from.multiply(kept[i])) <= 0) {
          candidates = candidates == null ? new ArrayList<>(windows.length) : candidates;
          candidates.add(
              new Candidate(
                  rules.get(i), largestUs, lastCandidateUs[i], 1 - asDouble / highest, from));
          lastCandidateUs[i] = largestUs;
        }
      }
    }
    return candidates == null ? List.of() : candidates;
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
    return lastCandidateUs[rule] != NEVER
        && largestUs - lastCandidateUs[rule] <= windows[rule].windowUs();
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
    ByteBuffer buffer = ByteBuffer.allocate(1 + 8 + 8 + 4 + 16 * windows.length);
    buffer.put((byte) 1).putLong(largestUs).putLong(tradesBeyondHorizon).putInt(windows.length);
    for (int i = 0; i < windows.length; i++) {
      buffer.putLong(windows[i].windowUs()).putLong(lastCandidateUs[i]);
    }
    return buffer.array();
  }

  /**
   * Fills a new guard with what {@link #header} and {@link #takeChangedPages} gave. Rules may have
   * been added since.
   */
  public void restore(byte[] header, Map<Long, byte[]> pages) {
    ByteBuffer buffer = ByteBuffer.wrap(header);
    int version = buffer.get();
    if (version != 1) {
      throw new IllegalStateException("a crash guard of version " + version + ", expected 1");
    }
    largestUs = buffer.getLong();
    tradesBeyondHorizon = buffer.getLong();
    int count = buffer.getInt();
    for (int stored = 0; stored < count; stored++) {
      long windowUs = buffer.getLong();
      long lastUs = buffer.getLong();
      for (int i = 0; i < windows.length; i++) {
        if (windows[i].windowUs() == windowUs) {
          lastCandidateUs[i] = Math.max(lastCandidateUs[i], lastUs);
        }
      }
    }
    new TreeMap<>(pages).forEach(history::restore);
    for (DropWindow window : windows) {
      long fromUs = largestUs - window.windowUs();
      TreeMap<Long, Double> highestByTime = new TreeMap<>();
      history.forEachFrom(fromUs, (timeUs, price) -> highestByTime.merge(timeUs, price, Math::max));
      highestByTime.tailMap(fromUs).forEach(window::add);
    }
  }
}
