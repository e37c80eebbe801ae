package io.sluice.domain.risk.limit;

import io.sluice.domain.config.Section;
import io.sluice.domain.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The limits that stand at one scope, or in one profile.
 *
 * @param limits the tiers of each, in the order they were written
 */
public record LimitSet(Map<LimitKey, List<Limit>> limits) {
  public static final LimitSet EMPTY = new LimitSet(Map.of());

  public LimitSet {
    EnumMap<LimitKey, List<Limit>> sorted = new EnumMap<>(LimitKey.class);
    limits.forEach((key, tiers) -> sorted.put(key, List.copyOf(tiers)));
    limits = Collections.unmodifiableMap(sorted);
  }

  /** The limit, of several tiers the first; null where it is not set. */
  public Limit get(LimitKey key) {
    List<Limit> tiers = limits.get(key);
    return tiers == null ? null : tiers.get(0);
  }

  /** The tiers of a limit; none where it is not set. */
  public List<Limit> tiers(LimitKey key) {
    return limits.getOrDefault(key, List.of());
  }

  /**
   * Reads an object of limits; {@code others} are keys of the same object that are not limits.
   *
   * @throws io.sluice.domain.config.ConfigurationException naming key, value and what was expected
   */
  public static LimitSet parse(Section section, Scope.Kind at, String... others) {
    List<String> allowed = new ArrayList<>(List.of(others));
    Map<LimitKey, List<Limit>> limits = new EnumMap<>(LimitKey.class);
    for (LimitKey key : LimitKey.values()) {
      allowed.add(key.key());
      if (!section.has(key.key())) {
        continue;
      }
      if (!key.scopes().contains(at)) {
        section.fault(
            section.wrong(
                key.key(), "a limit that is kept at this scope; it can stand at " + key.scopes()));
        continue;
      }
      List<Limit> tiers = section.attempt(() -> Limit.parse(key, section));
      if (tiers != null) {
        limits.put(key, tiers);
      }
    }
    section.allow(allowed.toArray(String[]::new));
    return new LimitSet(limits);
  }

  /** Whether one of some limits is set here, and not only to warn. */
  public boolean bindsAny(Set<LimitKey> keys) {
    for (LimitKey key : keys) {
      for (Limit tier : tiers(key)) {
        if (tier.then() != Consequence.WARN) {
          return true;
        }
      }
    }
    return false;
  }

  /** Both layers together: all tiers of each limit, of which the tightest binds. */
  public LimitSet tightenedBy(LimitSet other) {
    Map<LimitKey, List<Limit>> both = new EnumMap<>(LimitKey.class);
    both.putAll(limits);
    other.limits.forEach((key, tiers) -> both.merge(key, tiers, (a, b) -> together(key, a, b)));
    return new LimitSet(both);
  }

  /** What both say; a limit that is left as it is or made tighter needs the looser no more. */
  public static List<Limit> together(LimitKey key, List<Limit> a, List<Limit> b) {
    List<Limit> all = new ArrayList<>();
    for (Limit limit : a) {
      if (b.stream().noneMatch(other -> other.isAtLeastAsTightAs(key, limit))) {
        all.add(limit);
      }
    }
    for (Limit limit : b) {
      if (all.stream().noneMatch(other -> other.isAtLeastAsTightAs(key, limit))) {
        all.add(limit);
      }
    }
    return List.copyOf(all);
  }

  /** Whether this limit permits no more than {@code other}: each of its tiers has one as tight. */
  public static boolean areAtLeastAsTight(LimitKey key, List<Limit> tiers, List<Limit> other) {
    return other.stream()
        .allMatch(limit -> tiers.stream().anyMatch(tier -> tier.isAtLeastAsTightAs(key, limit)));
  }

  /** Both, the other's in place of these where both set a limit. */
  public LimitSet replacedBy(LimitSet other) {
    if (other.limits.isEmpty()) {
      return this;
    }
    Map<LimitKey, List<Limit>> both = new EnumMap<>(LimitKey.class);
    both.putAll(limits);
    both.putAll(other.limits);
    return new LimitSet(both);
  }

  /** Writes {@code "max_qty":"5",...} into the object that is open. */
  public void writeInto(JsonWriter json) {
    limits.forEach(
        (key, tiers) -> {
          json.name(key.key());
          Limit.write(key, tiers, json);
        });
  }
}
