package io.sluice.domain.group;

import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * How far a scope's equity has fallen from somewhere. Every order asks, and equity has many
 * decimals once a position was reduced, so that it is found once for what it was found from: the
 * very objects, which do not change.
 */
final class FallOfEquity {
  private final BinaryOperator<BigDecimal> fall;
  private final Map<Scope, Known> known = new HashMap<>();

  private record Known(BigDecimal from, BigDecimal now, BigDecimal fall) {}

  FallOfEquity(BinaryOperator<BigDecimal> fall) {
    this.fall = fall;
  }

  BigDecimal of(Scope scope, BigDecimal from, BigDecimal now) {
    Known last = known.get(scope);
    if (last == null || last.from != from || last.now != now) {
      last = new Known(from, now, fall.apply(from, now));
      known.put(scope, last);
    }
    return last.fall;
  }

  /** Nothing is known any more. */
  void forget() {
    known.clear();
  }
}
