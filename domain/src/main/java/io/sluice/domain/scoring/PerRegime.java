package io.sluice.domain.scoring;

import io.sluice.domain.market.Regime;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A thing for every regime: some have their own, the others share the pooled one.
 *
 * @param pooled of the regimes that have none of their own, and while the regime is not known
 */
public record PerRegime<T>(T pooled, Map<Regime, T> own) {
  public PerRegime {
    Map<Regime, T> sorted = new EnumMap<>(Regime.class);
    sorted.putAll(own);
    own = sorted;
  }

  /**
   * @param regime null where it is not known
   */
  public T in(Regime regime) {
    T its = regime == null ? null : own.get(regime);
    return its == null ? pooled : its;
  }

  /** The same with everything made into something else, the pooled one first. */
  public <U> PerRegime<U> map(Function<T, U> change) {
    U changed = change.apply(pooled);
    Map<Regime, U> changedOwn = new EnumMap<>(Regime.class);
    own.forEach((regime, it) -> changedOwn.put(regime, change.apply(it)));
    return new PerRegime<>(changed, changedOwn);
  }
}
