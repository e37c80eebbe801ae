package io.sluice.domain.risk.limit;

import io.sluice.domain.config.Section;
import io.sluice.domain.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The limits that stand at one scope, or in one profile. */
public record LimitSet(Map<LimitKey, Limit> limits) {
  public static final LimitSet EMPTY = new LimitSet(Map.of());

  public LimitSet {
    EnumMap<LimitKey, Limit> sorted = new EnumMap<>(LimitKey.class);
    sorted.putAll(limits);
    limits = Collections.unmodifiableMap(sorted);
  }

  /** The limit, or null where it is not set. */
  public Limit get(LimitKey key) {
    return limits.get(key);
  }

  /**
   * Reads an object of limits; {@code others} are keys of the same object that are not limits.
   *
   * @throws io.sluice.domain.config.ConfigurationException naming key, value and what was expected
   */
  public static LimitSet parse(Section section, Scope.Kind at, String... others) {
    List<String> allowed = new ArrayList<>(List.of(others));
    Map<LimitKey, Limit> limits = new EnumMap<>(LimitKey.class);
    for (LimitKey key : LimitKey.values()) {
      allowed.add(key.key());
      if (!section.has(key.key())) {
        continue;
      }
      if (!key.scopes().contains(at)) {
        throw section.wrong(
            key.key(), "a limit that is kept at this scope; it can stand at " + key.scopes());
      }
      limits.put(key, Limit.parse(key, section));
    }
    section.allow(allowed.toArray(String[]::new));
    return new LimitSet(limits);
  }

  /** Both layers together, the tighter of each. */
  public LimitSet tightenedBy(LimitSet other) {
    Map<LimitKey, Limit> tightest = new EnumMap<>(LimitKey.class);
    tightest.putAll(limits);
    other.limits.forEach((key, limit) -> tightest.merge(key, limit, Limit::tighter));
    return new LimitSet(tightest);
  }

  /** Writes {@code "max_qty":"5",...} into the object that is open. */
  public void writeInto(JsonWriter json) {
    limits.forEach(
        (key, limit) -> {
          json.name(key.key());
          limit.write(key, json);
        });
  }
}
