package io.sluice.domain.config;

import io.sluice.domain.config.Configuration.Authority;
import io.sluice.domain.control.RolloutPlan;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which control commands count.
 *
 * @param keys by id, in the order of the configuration
 * @param rollout how the gate comes into force, unless a command says otherwise
 * @param loosenWithinUs with authority signed how old a command that loosens may be, microseconds
 */
public record ControlTerms(
    Authority authority, Map<String, SigningKey> keys, long loosenWithinUs, RolloutPlan rollout) {
  /** How many persons have to sign what permits more than is permitted now. */
  public static final int PERSONS_TO_LOOSEN = 2;

  private static final long HOUR_US = 3_600_000_000L;

  public ControlTerms {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  static ControlTerms parse(Section section, Authority absent) {
    section.allow("authority", "keys", "loosen_within", "rollout");
    Map<String, SigningKey> keys = new LinkedHashMap<>();
    Set<String> persons = new HashSet<>();
    Set<String> publicKeys = new HashSet<>();
    section.each(
        "keys",
        entry -> {
          SigningKey key = SigningKey.parse(entry);
          if (keys.put(key.id(), key) != null) {
            throw entry.wrong("id", "every key once");
          }
          if (!publicKeys.add(key.publicKey())) {
            throw entry.wrong("public_key", "a key of its own for every id");
          }
          persons.add(key.person());
        });
    Authority authority = section.enumOf("authority", Authority.class, absent);
    if (authority == Authority.SIGNED && persons.size() < PERSONS_TO_LOOSEN) {
      throw section.wrong("keys", "keys of at least two persons, because loosening needs both");
    }
    return new ControlTerms(
        authority,
        keys,
        section.durationUs("loosen_within", HOUR_US),
        section.has("rollout") ? RolloutPlan.parse(section.section("rollout")) : RolloutPlan.FULL);
  }

  void write(JsonWriter json) {
    json.beginObject().name("authority").value(authority);
    if (!keys.isEmpty()) {
      json.name("keys").beginArray();
      keys.values().forEach(key -> key.write(json));
      json.endArray();
    }
    if (loosenWithinUs != HOUR_US) {
      json.name("loosen_within").value(Durations.print(loosenWithinUs));
    }
    if (!rollout.equals(RolloutPlan.FULL)) {
      json.name("rollout");
      rollout.write(json);
    }
    json.endObject();
  }
}
