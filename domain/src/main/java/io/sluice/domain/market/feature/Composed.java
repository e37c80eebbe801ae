package io.sluice.domain.market.feature;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.indicator.Transform;
import io.sluice.domain.market.state.StateTape;

/** A composition on the rows of one interval. */
final class Composed {
  private final BarInput ofBar;
  private final int ofRow;
  private final Transform transform;
  private double value = Double.NaN;

  Composed(Composition composition, FeatureLayout layout) {
    this.ofBar = BarInput.of(composition.input());
    this.ofRow = layout.place(composition.input());
    this.transform = composition.transform().make(composition.window());
  }

  /** Takes its input of a row in; without one it has no value, and remembers none. */
  double next(Bar bar, double[] row) {
    double input = ofBar == null ? row[ofRow] : ofBar.of(bar);
    value = Double.isNaN(input) ? Double.NaN : transform.next(input);
    return value;
  }

  double value() {
    return value;
  }

  void state(StateTape tape) {
    transform.state(tape);
    value = tape.number(value);
  }
}
