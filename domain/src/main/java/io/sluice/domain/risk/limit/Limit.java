package io.sluice.domain.risk.limit;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * A bound with what follows when it is breached and what ends that.
 *
 * @param bound the bound in its key's unit, or null for unlimited, which has to be written on
 *     purpose
 */
public record Limit(BigDecimal bound, Consequence then, Release release) {
  private static final String UNLIMITED = "unlimited";

  public boolean isUnlimited() {
    return bound == null;
  }

  /** The tighter of two: the smaller bound, and for equal bounds the stricter consequence. */
  public static Limit tighter(Limit a, Limit b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a.isUnlimited() || b.isUnlimited()) {
      return a.isUnlimited() ? b : a;
    }
    int order = a.bound.compareTo(b.bound);
    if (order == 0) {
      return a.then.compareTo(b.then) >= 0 ? a : b;
    }
    return order < 0 ? a : b;
  }

  /**
   * Whether this permits no more than {@code other}: its bound is not larger, its consequence not
   * milder, and no sooner over.
   */
  public boolean isAtLeastAsTightAs(Limit other) {
    if (other == null) {
      return false;
    }
    if (isUnlimited() || other.isUnlimited()) {
      return other.isUnlimited();
    }
    int order = bound.compareTo(other.bound);
    return order <= 0
        && then.compareTo(other.then) >= 0
        && release.isAtLeastAsLongAs(other.release);
  }

  /**
   * Reads {@code "5"}, {@code 5}, {@code unlimited} or {@code {bound, then, release}}.
   *
   * @throws ConfigurationException naming the key, the value and what was expected
   */
  public static Limit parse(LimitKey key, Section section) {
    JsonNode node = section.node(key.key());
    if (!node.isObject()) {
      return new Limit(
          bound(key, section, key.key()), key.defaultConsequence(), key.defaultRelease());
    }
    Section body = section.section(key.key()).allow("bound", "then", "release");
    Consequence then =
        body.has("then") ? body.enumOf("then", Consequence.class) : key.defaultConsequence();
    Release release = key.defaultRelease();
    if (body.has("release")) {
      release = Release.parse(body.text("release"));
      if (release == null) {
        throw body.wrong("release", "person, next_utc_day or a duration such as 60m");
      }
    }
    if (!key.isBreaker() && (then != Consequence.DENY || release != Release.NONE)) {
      throw section.wrong(
          key.key(),
          "a plain bound: a per-order limit denies that order and has nothing to release");
    }
    return new Limit(bound(key, body, "bound"), then, release);
  }

  private static BigDecimal bound(LimitKey key, Section section, String name) {
    if (UNLIMITED.equals(section.node(name).textValue())) {
      return null;
    }
    BigDecimal bound = section.decimalOrNull(name);
    if (bound == null || !key.unit().allows(bound)) {
      throw section.wrong(name, key.unit().expected() + ", or " + UNLIMITED);
    }
    return bound;
  }

  public void write(LimitKey key, JsonWriter json) {
    String text = isUnlimited() ? UNLIMITED : Decimals.plain(bound);
    if (then == key.defaultConsequence() && release.equals(key.defaultRelease())) {
      json.value(text);
      return;
    }
    json.beginObject()
        .name("bound")
        .value(text)
        .name("then")
        .value(then.name().toLowerCase(Locale.ROOT));
    json.name("release").value(release.toString()).endObject();
  }
}
