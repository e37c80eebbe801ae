package io.sluice.domain.market.feature;

import java.util.List;
import java.util.function.Supplier;

/**
 * Features that are computed together.
 *
 * @param make a new one, that has seen nothing
 * @param features its values, in their order
 * @param <I> what computes them
 */
public record Family<I>(FeatureSet set, Supplier<I> make, List<Feature> features) {
  public Family {
    features = List.copyOf(features);
  }

  static <I> Family<I> of(FeatureSet set, Supplier<I> make, Feature... features) {
    return new Family<>(set, make, List.of(features));
  }

  /** What it is stored under: the name of the first. */
  String key() {
    return features.get(0).name();
  }
}
