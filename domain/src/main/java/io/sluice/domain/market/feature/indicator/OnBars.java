package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.state.StateTape;
import java.util.function.ToDoubleFunction;

/** A transform of one number of each bar. */
public final class OnBars implements Indicator {
  private final ToDoubleFunction<Bar> input;
  private final Transform transform;
  private double value = Double.NaN;

  public OnBars(ToDoubleFunction<Bar> input, Transform transform) {
    this.input = input;
    this.transform = transform;
  }

  @Override
  public void add(Bar bar) {
    value = transform.next(input.applyAsDouble(bar));
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = value;
  }

  @Override
  public void state(StateTape tape) {
    transform.state(tape);
    value = tape.number(value);
  }
}
