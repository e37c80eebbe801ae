package io.sluice.domain.market.regime;

import io.sluice.domain.market.Regime;
import io.sluice.domain.market.state.StateTape;

/**
 * The regime of an instrument, bar by bar: what thresholds show, held by hysteresis; how sure that
 * is, the mean of how clearly they show it and of what a second detector says of the volatility;
 * and how likely it is to end.
 */
public final class RegimeWatch {
  private static final int NONE = -1;
  private static final Regime[] REGIMES = Regime.values();

  private final RegimeTerms terms;
  private final long barUs;
  private final RegimeDetector detector;
  private final BarHistory history;
  private final VolatilityStates states;
  private final RegimeTransitions transitions;

  private long newestUs = Long.MIN_VALUE;
  private double close = Double.NaN;
  private Regime regime;
  private double confidence = Double.NaN;
  private long sinceUs;
  private Regime shown;
  private int shownBars;

  /**
   * @param barUs the length of the bars, microseconds
   */
  public RegimeWatch(RegimeTerms terms, long barUs) {
    this.terms = terms;
    this.barUs = barUs;
    this.detector = new RegimeDetector(terms);
    this.history = new BarHistory(terms.window());
    this.states = new VolatilityStates(terms, barUs);
    this.transitions = new RegimeTransitions(barUs);
  }

  /**
   * Takes in a bar that has closed, also one without trades. One that is not later than the newest,
   * and one whose close has no finite logarithm, change nothing.
   *
   * @param startUs its start, epoch microseconds
   * @param sigmaDaily the daily volatility at its end, or null where it is not known
   * @param isCrash whether a crash episode is on at its end
   * @return the change that it brought, or null
   */
  public RegimeChange onBar(
      long startUs, double newClose, double volume, Double sigmaDaily, boolean isCrash) {
    if (startUs <= newestUs || !(newClose > 0) || Double.isInfinite(newClose)) {
      return null;
    }
    boolean isNext = startUs - newestUs == barUs;
    newestUs = startUs;
    long endUs = startUs + barUs;
    double volumeRatio = history.isFull() ? history.volumeRatio(volume) : Double.NaN;
    if (!Double.isNaN(close)) {
      double change = StrictMath.log(newClose) - StrictMath.log(close);
      history.add(change, volume);
      states.add(change);
    }
    close = newClose;
    Regime before = regime;
    if (isCrash) {
      enter(Regime.FLASH_CRASH, endUs);
      showNone();
      confidence = 1;
    } else if (sigmaDaily == null || Double.isNaN(volumeRatio)) {
      enter(null, endUs);
      showNone();
      confidence = Double.NaN;
    } else {
      RegimeDetector.Reading reading =
          new RegimeDetector.Reading(sigmaDaily, volumeRatio, history.efficiency());
      settle(detector.shown(before, reading), endUs);
      confidence = (detector.clarity(regime, reading) + states.probability(regime)) / 2;
    }
    if (isNext && before != null && regime != null) {
      transitions.add(before, regime, endUs);
    }
    return regime == before || regime == null
        ? null
        : new RegimeChange(before, regime, endUs, confidence, sigmaDaily);
  }

  /** Another regime has to show for some bars; what calls for care holds at once. */
  private void settle(Regime nowShown, long endUs) {
    shownBars = nowShown == shown ? shownBars + 1 : 1;
    shown = nowShown;
    if (regime == null || nowShown == Regime.VOLATILE || shownBars >= terms.confirmBars()) {
      enter(nowShown, endUs);
    }
  }

  /** What showed before does not count with what shows behind it: those are no bars in a row. */
  private void showNone() {
    shown = null;
    shownBars = 0;
  }

  private void enter(Regime entered, long endUs) {
    if (entered != regime) {
      regime = entered;
      sinceUs = endUs;
    }
  }

  /** The regime, or null where it is not known yet. */
  public Regime regime() {
    return regime;
  }

  /** How sure it is, 0 to 1, or null where there is none. */
  public Double confidence() {
    return regime == null ? null : (Double) confidence;
  }

  /** Since when it holds, epoch microseconds; of no account where there is none. */
  public long sinceUs() {
    return sinceUs;
  }

  /** The probability that it is left within a time, or null where that is not known. */
  public Double leaveProbability(long horizonUs) {
    return regime == null
        ? null
        : transitions.leaveProbability(regime, newestUs + barUs, horizonUs);
  }

  public RegimeTransitions transitions() {
    return transitions;
  }

  /** Its state, led by what it was told by. */
  public byte[] toBytes() {
    StateTape tape = StateTape.recording();
    state(tape);
    return tape.toBytes();
  }

  /** What was written, if it was told by the same terms; otherwise a new one. */
  public static RegimeWatch of(RegimeTerms terms, long barUs, byte[] bytes) {
    RegimeWatch watch = new RegimeWatch(terms, barUs);
    watch.state(StateTape.of(bytes));
    return watch;
  }

  private void state(StateTape tape) {
    if (!tape.isOf(barUs + " " + terms)) {
      return;
    }
    newestUs = tape.whole(newestUs);
    close = tape.number(close);
    regime = regime(tape.integer(ordinal(regime)));
    confidence = tape.number(confidence);
    sinceUs = tape.whole(sinceUs);
    shown = regime(tape.integer(ordinal(shown)));
    shownBars = tape.count(shownBars);
    history.state(tape);
    states.state(tape);
    transitions.state(tape);
  }

  private static int ordinal(Regime regime) {
    return regime == null ? NONE : regime.ordinal();
  }

  private static Regime regime(int ordinal) {
    return ordinal == NONE ? null : REGIMES[ordinal];
  }
}
