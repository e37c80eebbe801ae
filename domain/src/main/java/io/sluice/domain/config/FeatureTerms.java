package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.BarInput;
import io.sluice.domain.market.feature.Catalogue;
import io.sluice.domain.market.feature.Composition;
import io.sluice.domain.market.feature.FeatureLayout;
import io.sluice.domain.market.feature.FeatureSet;
import io.sluice.domain.market.feature.Peers;
import io.sluice.domain.market.feature.TransformKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which bars the front builds, and which features it computes over them.
 *
 * @param intervals none where it does neither
 * @param basket the instruments whose mean return others are correlated with
 * @param arbitrage the spread of an asset's prices on venues, a fraction, from which an event says
 *     so; null for none
 */
public record FeatureTerms(
    Set<BarInterval> intervals,
    Set<FeatureSet> sets,
    List<Composition> compositions,
    List<String> basket,
    BigDecimal arbitrage) {
  /** No bars and no features. */
  public static final FeatureTerms NONE =
      new FeatureTerms(Set.of(), Set.of(), List.of(), List.of(), null);

  private static final int MAX_COMPOSITIONS = 100;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  public FeatureTerms {
    intervals = Collections.unmodifiableSet(copy(intervals, BarInterval.class));
    sets = Collections.unmodifiableSet(copy(sets, FeatureSet.class));
    compositions = List.copyOf(compositions);
    basket = List.copyOf(basket);
  }

  private static <E extends Enum<E>> Set<E> copy(Set<E> of, Class<E> type) {
    return of.isEmpty() ? EnumSet.noneOf(type) : EnumSet.copyOf(of);
  }

  /** Reads {@code features}; without intervals there are none. */
  static FeatureTerms parse(Section root, Map<String, Instrument> listed) {
    Section section = root.section("features");
    section.allow("intervals", "sets", "compose", "basket", "arbitrage");
    FeatureTerms terms =
        new FeatureTerms(
            intervals(section),
            sets(section),
            compose(section),
            basket(section, listed),
            section.has("arbitrage") ? section.positive("arbitrage") : null);
    if (terms.intervals.isEmpty()) {
      return NONE;
    }
    try {
      terms.layout();
    } catch (IllegalArgumentException e) {
      throw root.refused(e.getMessage());
    }
    return terms;
  }

  private static Set<BarInterval> intervals(Section section) {
    Set<BarInterval> intervals = EnumSet.noneOf(BarInterval.class);
    for (String code : section.texts("intervals")) {
      BarInterval interval = BarInterval.of(code);
      if (interval == null) {
        throw section.wrong("intervals", "of " + codes());
      }
      intervals.add(interval);
    }
    return intervals;
  }

  private static List<String> codes() {
    return Arrays.stream(BarInterval.values()).map(BarInterval::code).toList();
  }

  private static Set<FeatureSet> sets(Section section) {
    if (!section.has("sets")) {
      return EnumSet.allOf(FeatureSet.class);
    }
    Set<FeatureSet> sets = EnumSet.noneOf(FeatureSet.class);
    for (String key : section.texts("sets")) {
      FeatureSet set = FeatureSet.of(key);
      if (set == null) {
        String known =
            Arrays.stream(FeatureSet.values())
                .map(FeatureSet::key)
                .collect(Collectors.joining(", "));
        throw section.wrong("sets", "of " + known);
      }
      sets.add(set);
    }
    return sets;
  }

  private static List<String> basket(Section section, Map<String, Instrument> listed) {
    List<String> basket = section.texts("basket");
    if (!listed.keySet().containsAll(basket)) {
      throw section.wrong("basket", "listed instruments");
    }
    return basket;
  }

  private static List<Composition> compose(Section section) {
    List<Composition> compositions = new ArrayList<>();
    Set<String> names = takenNames();
    section.each(
        "compose",
        entry -> {
          entry.allow("name", "input", "transform", "window");
          String name = entry.text("name");
          if (!NAME.matcher(name).matches() || !names.add(name)) {
            throw entry.wrong(
                "name", "lower case letters, digits and _, and none that a feature has already");
          }
          compositions.add(
              new Composition(
                  name,
                  entry.text("input"),
                  entry.enumOf("transform", TransformKind.class),
                  (int) entry.whole("window", 1, Composition.MAX_WINDOW)));
        });
    if (compositions.size() > MAX_COMPOSITIONS) {
      throw section.wrong("compose", "at most " + MAX_COMPOSITIONS);
    }
    return compositions;
  }

  private static Set<String> takenNames() {
    Set<String> names = new HashSet<>();
    Catalogue.all()
        .forEach(family -> family.features().forEach(feature -> names.add(feature.name())));
    for (BarInput input : BarInput.values()) {
      names.add(input.key());
    }
    return names;
  }

  /** What the rows hold, or null where there are none. */
  public FeatureLayout layout() {
    return intervals.isEmpty() ? null : new FeatureLayout(intervals, sets, compositions);
  }

  /** The instruments whose trades an instrument looks at; none where it has no features. */
  public Peers peersOf(Instrument instrument, AssetVenues venues) {
    if (intervals.isEmpty()) {
      return Peers.NONE;
    }
    boolean looksAtVenues = sets.contains(FeatureSet.VENUES) || arbitrage != null;
    List<String> elsewhere = looksAtVenues ? new ArrayList<>(venues.of(instrument)) : List.of();
    List<String> members = sets.contains(FeatureSet.BASKET) ? new ArrayList<>(basket) : List.of();
    return new Peers(
        elsewhere.stream().filter(id -> !id.equals(instrument.id())).toList(),
        members.stream().filter(id -> !id.equals(instrument.id())).toList());
  }

  void writeInto(JsonWriter json) {
    if (intervals.isEmpty()) {
      return;
    }
    json.name("features").beginObject().name("intervals").beginArray();
    intervals.forEach(interval -> json.value(interval.code()));
    json.endArray().name("sets").beginArray();
    sets.forEach(set -> json.value(set.key()));
    json.endArray().name("compose").beginArray();
    for (Composition composition : compositions) {
      json.beginObject().name("name").value(composition.name());
      json.name("input").value(composition.input()).name("transform");
      json.value(composition.transform().key()).name("window").value((long) composition.window());
      json.endObject();
    }
    json.endArray().name("basket").beginArray();
    basket.forEach(json::value);
    json.endArray().name("arbitrage").value(arbitrage).endObject();
  }
}
