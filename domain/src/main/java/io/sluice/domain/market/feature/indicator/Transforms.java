package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.feature.window.Rolling;
import io.sluice.domain.market.feature.window.RollingExtreme;
import io.sluice.domain.market.feature.window.RollingMoments;
import io.sluice.domain.market.feature.window.RollingSum;
import io.sluice.domain.market.feature.window.Window;
import io.sluice.domain.market.state.StateTape;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/** The transforms over a window, each of so many values. */
public final class Transforms {
  private Transforms() {}

  /** The arithmetic mean. */
  public static Transform sma(int length) {
    return new Over<>(length, new RollingSum(length), RollingSum::mean);
  }

  public static Transform sum(int length) {
    return new Over<>(length, new RollingSum(length), RollingSum::sum);
  }

  /** The standard deviation, by n. */
  public static Transform deviation(int length) {
    return new Over<>(length, new RollingMoments(length), RollingMoments::deviation);
  }

  /** How many deviations a value is from the mean; 0 where all are equal. */
  public static Transform zScore(int length) {
    return new Over<>(length, new RollingMoments(length), RollingMoments::zScore);
  }

  public static Transform highest(int length) {
    return new Over<>(length, RollingExtreme.highest(length), RollingExtreme::value);
  }

  public static Transform lowest(int length) {
    return new Over<>(length, RollingExtreme.lowest(length), RollingExtreme::value);
  }

  /** The value so many before. */
  public static Transform lag(int length) {
    return new Against(length, (now, before) -> before);
  }

  /** A value less the one so many before. */
  public static Transform change(int length) {
    return new Against(length, (now, before) -> now - before);
  }

  /** A value over the one so many before, less 1; NaN where that is 0. */
  public static Transform growth(int length) {
    return new Against(length, (now, before) -> before == 0 ? Double.NaN : now / before - 1);
  }

  /** The change over so many values in percent of the first; NaN where that is 0. */
  public static Transform percentGrowth(int length) {
    return new Against(
        length, (now, before) -> before == 0 ? Double.NaN : 100 * (now - before) / before);
  }

  /** The logarithm of a value over the one so many before; NaN where either is not above 0. */
  public static Transform logGrowth(int length) {
    return new Against(
        length, (now, before) -> now > 0 && before > 0 ? StrictMath.log(now / before) : Double.NaN);
  }

  /** What a window says, once it is full. */
  private record Over<W extends Rolling>(int warmUp, W window, ToDoubleFunction<W> of)
      implements Transform {
    @Override
    public double next(double value) {
      window.add(value);
      return window.isFull() ? of.applyAsDouble(window) : Double.NaN;
    }

    @Override
    public void state(StateTape tape) {
      window.state(tape);
    }
  }

  private record Against(Window window, DoubleBinaryOperator of) implements Transform {
    Against(int length, DoubleBinaryOperator of) {
      this(new Window(length), of);
    }

    @Override
    public double next(double value) {
      boolean isWarm = window.isFull();
      double before = window.add(value);
      return isWarm ? of.applyAsDouble(value, before) : Double.NaN;
    }

    @Override
    public int warmUp() {
      return window.capacity() + 1;
    }

    @Override
    public void state(StateTape tape) {
      window.state(tape);
    }
  }
}
