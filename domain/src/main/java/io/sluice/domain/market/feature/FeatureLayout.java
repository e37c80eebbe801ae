package io.sluice.domain.market.feature;

import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.indicator.Indicator;
import io.sluice.domain.market.feature.tick.TickIndicator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which features there are and where each stands in a row: first those of bars, then compositions,
 * then those of trades and quotes.
 */
public final class FeatureLayout {
  private final List<Family<Indicator>> ofBars;
  private final List<Family<TickIndicator>> ofTicks;
  private final List<Composition> compositions;
  private final List<String> names = new ArrayList<>();
  private final boolean hasBasket;
  private final boolean hasVenues;
  private final int ticksAt;
  private final Map<BarInterval, FeatureSchema> schemas = new EnumMap<>(BarInterval.class);

  /**
   * @throws IllegalArgumentException where a composition's input is none, or too deep
   */
  public FeatureLayout(
      Collection<BarInterval> intervals, Set<FeatureSet> sets, List<Composition> compositions) {
    this.ofBars = Catalogue.OF_BARS.stream().filter(one -> sets.contains(one.set())).toList();
    this.ofTicks = Catalogue.OF_TICKS.stream().filter(one -> sets.contains(one.set())).toList();
    this.compositions = List.copyOf(compositions);
    ofBars.forEach(family -> family.features().forEach(feature -> names.add(feature.name())));
    this.hasBasket = sets.contains(FeatureSet.BASKET);
    this.hasVenues = sets.contains(FeatureSet.VENUES);
    if (hasBasket) {
      Catalogue.OF_BASKET.features().forEach(feature -> names.add(feature.name()));
    }
    int compositionsAt = names.size();
    compositions.forEach(composition -> names.add(composition.name()));
    ticksAt = names.size();
    for (Family<TickIndicator> family : ofTicks) {
      family.features().forEach(one -> names.add(Feature.at(one.name(), Feature.TICK)));
    }
    if (hasVenues) {
      for (Feature feature : Catalogue.OF_VENUES.features()) {
        names.add(Feature.at(feature.name(), Feature.TICK));
      }
    }
    check(compositionsAt);
    intervals.forEach(interval -> schemas.put(interval, schema(interval)));
  }

  private FeatureSchema schema(BarInterval interval) {
    List<String> full = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      full.add(i < ticksAt ? Feature.at(names.get(i), interval.code()) : names.get(i));
    }
    Map<String, String> meanings = new HashMap<>();
    for (Composition composition : compositions) {
      String name = Feature.at(composition.name(), interval.code());
      meanings.put(name, Feature.at(meaning(composition), interval.code()));
    }
    return new FeatureSchema(full, meanings);
  }

  /** What a composition is, down to what it is composed of in the end. */
  private String meaning(Composition composition) {
    String input =
        compositions.stream()
            .filter(other -> other.name().equals(composition.input()))
            .map(this::meaning)
            .findFirst()
            .orElse(composition.input());
    return composition.name()
        + " = "
        + composition.transform().key()
        + " "
        + composition.window()
        + " of ("
        + input
        + ")";
  }

  private void check(int compositionsAt) {
    Map<String, Integer> depths = new HashMap<>();
    for (int i = 0; i < compositions.size(); i++) {
      Composition composition = compositions.get(i);
      String input = composition.input();
      int at = names.indexOf(input);
      boolean isBefore = at >= 0 && (at < compositionsAt + i || at >= ticksAt);
      if (BarInput.of(input) == null && !isBefore) {
        throw new IllegalArgumentException(
            "features.compose at "
                + composition.name()
                + " has the input "
                + input
                + ", expected a number of bars, a feature of a set that is on, or a composition"
                + " before it");
      }
      int depth = depths.getOrDefault(input, 0) + 1;
      if (depth > Composition.MAX_DEPTH) {
        throw new IllegalArgumentException(
            "features.compose at "
                + composition.name()
                + " is "
                + depth
                + " compositions deep, expected at most "
                + Composition.MAX_DEPTH);
      }
      depths.put(composition.name(), depth);
    }
  }

  /** What the rows of an interval hold. */
  public FeatureSchema schemaOf(BarInterval interval) {
    return schemas.get(interval);
  }

  /** From the shortest. */
  public Set<BarInterval> intervals() {
    return Collections.unmodifiableSet(schemas.keySet());
  }

  List<Family<Indicator>> ofBars() {
    return ofBars;
  }

  List<Family<TickIndicator>> ofTicks() {
    return ofTicks;
  }

  List<Composition> compositions() {
    return compositions;
  }

  /** The place of a name without interval, -1 for a number of bars. */
  int place(String name) {
    return names.indexOf(name);
  }

  boolean hasBasket() {
    return hasBasket;
  }

  boolean hasVenues() {
    return hasVenues;
  }

  /** Where those of venues begin. */
  int venuesAt() {
    return names.size() - Catalogue.OF_VENUES.features().size();
  }

  /** How many values a row has. */
  int size() {
    return names.size();
  }

  /** Where those of trades and quotes begin. */
  int ticksAt() {
    return ticksAt;
  }
}
