package io.sluice.domain.risk.limit;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.Regime;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A bound with what follows when it is breached and what ends that.
 *
 * @param bound the bound in its key's unit, or as a share of equity where {@code terms} say so; or
 *     null for unlimited, which has to be written on purpose
 * @param terms how the bound is to be read
 */
public record Limit(BigDecimal bound, LimitTerms terms, Consequence then, Release release) {
  private static final String UNLIMITED = "unlimited";

  /** A limit whose bound is what it says. */
  public Limit(BigDecimal bound, Consequence then, Release release) {
    this(bound, LimitTerms.PLAIN, then, release);
  }

  public boolean isUnlimited() {
    return bound == null;
  }

  /** The same limit with its base value in every regime. */
  public Limit inEveryRegime() {
    return terms.byRegime().isEmpty()
        ? this
        : new Limit(
            bound,
            new LimitTerms(
                terms.isShare(),
                Map.of(),
                terms.smoothingUs(),
                terms.rearms(),
                terms.announces(),
                terms.cancelsOrders()),
            then,
            release);
  }

  /**
   * The limit as it binds now: a share in money, the value of the regime in the place of the base.
   *
   * @param equity the scope's equity when the UTC day began; below 0 it counts as 0
   * @param regime the instrument's, or null where it is not known, which takes the tightest value
   */
  public Limit resolved(BigDecimal equity, Regime regime) {
    if (isUnlimited() || terms.isPlain()) {
      return this;
    }
    BigDecimal value = terms.in(regime, bound);
    BigDecimal inUnit = terms.isShare() ? value.multiply(equity.max(BigDecimal.ZERO)) : value;
    return new Limit(inUnit, then, release);
  }

  /**
   * The tighter of two: the smaller bound, of a floor the larger, and for equal bounds the stricter
   * consequence.
   */
  public static Limit tighter(LimitKey key, Limit a, Limit b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a.isUnlimited() || b.isUnlimited()) {
      return a.isUnlimited() ? b : a;
    }
    int order = key.isFloor() ? b.bound.compareTo(a.bound) : a.bound.compareTo(b.bound);
    if (order == 0) {
      return a.then.compareTo(b.then) >= 0 ? a : b;
    }
    return order < 0 ? a : b;
  }

  /**
   * Whether this permits no more than {@code other}: its bound is not looser, in no regime, its
   * consequence not milder, and no sooner over. A share and an amount cannot be told apart, so
   * neither is as tight as the other.
   */
  public boolean isAtLeastAsTightAs(LimitKey key, Limit other) {
    if (other == null) {
      return false;
    }
    if (isUnlimited() || other.isUnlimited()) {
      return other.isUnlimited();
    }
    int order = bound.compareTo(other.bound);
    return (key.isFloor() ? order >= 0 : order <= 0)
        && terms.areAtLeastAsTightAs(other.terms, bound, other.bound)
        && then.compareTo(other.then) >= 0
        && release.isAtLeastAsLongAs(other.release);
  }

  /**
   * Reads {@code "5"}, {@code 5}, {@code unlimited}, {@code {bound, then, release}}, or a list of
   * such objects, the tiers of one limit.
   *
   * @throws ConfigurationException naming the key, the value and what was expected
   */
  public static List<Limit> parse(LimitKey key, Section section) {
    JsonNode node = section.node(key.key());
    if (node.isArray() && !node.isEmpty()) {
      List<Limit> tiers = new ArrayList<>();
      for (Section body : section.list(key.key())) {
        tiers.add(object(key, body));
      }
      if (tiers.size() > 1 && !key.isBreaker()) {
        throw section.wrong(key.key(), "one bound: only a breaker has tiers");
      }
      return List.copyOf(tiers);
    }
    if (node.isObject()) {
      return List.of(object(key, section.section(key.key())));
    }
    BigDecimal bound = bound(key, section, key.key(), false);
    return List.of(new Limit(bound, key.defaultConsequence(), key.defaultRelease()));
  }

  private static Limit object(LimitKey key, Section body) {
    body.allow(
        "bound",
        "share",
        "regimes",
        "then",
        "release",
        "smoothing",
        "rearms",
        "event",
        "cancel_orders");
    boolean isShare = body.has("share");
    if (isShare && (body.has("bound") || key.unit() != LimitKey.Unit.MONEY)) {
      throw body.wrong("share", "a bound: a share of equity takes the place of an amount of money");
    }
    BigDecimal bound = bound(key, body, isShare ? "share" : "bound", isShare);
    Consequence then = body.enumOf("then", Consequence.class, key.defaultConsequence());
    boolean recovers = key.unit() != LimitKey.Unit.COUNT;
    Release release =
        then == Consequence.WARN && recovers ? Release.RECOVERED : key.defaultRelease();
    if (body.has("release")) {
      release = Release.parse(body.text("release"));
      if (release == null || release.recovery() != null && !recovers) {
        throw body.wrong(
            "release",
            "person, next_utc_day, "
                + (recovers ? "recovered " : "")
                + "or a duration such as 60m");
      }
    }
    if (!key.isBreaker() && (then != Consequence.DENY || release != Release.NONE)) {
      throw body.refused(
          "has a consequence or a release of its own, expected a plain bound: a per-order limit"
              + " denies that order and has nothing to release");
    }
    return new Limit(bound, LimitTerms.parse(key, body, bound, isShare), then, release);
  }

  private static BigDecimal bound(LimitKey key, Section section, String name, boolean isShare) {
    if (UNLIMITED.equals(section.node(name).textValue())) {
      return null;
    }
    BigDecimal bound = section.decimalOrNull(name);
    if (bound == null || !key.unit().allows(bound)) {
      throw section.wrong(
          name,
          (isShare ? "a share of equity of at least 0" : key.unit().expected())
              + ", or "
              + UNLIMITED);
    }
    return bound;
  }

  /** Writes one limit, or the tiers of one. */
  static void write(LimitKey key, List<Limit> tiers, JsonWriter json) {
    if (tiers.size() == 1) {
      tiers.get(0).write(key, json);
      return;
    }
    json.beginArray();
    tiers.forEach(tier -> tier.writeObject(json));
    json.endArray();
  }

  private void write(LimitKey key, JsonWriter json) {
    if (terms.isPlain()
        && then == key.defaultConsequence()
        && release.equals(key.defaultRelease())) {
      json.value(boundText());
    } else {
      writeObject(json);
    }
  }

  private void writeObject(JsonWriter json) {
    json.beginObject().name(terms.isShare() ? "share" : "bound").value(boundText());
    if (then != Consequence.DENY || release != Release.NONE) {
      json.name("then").value(then.name().toLowerCase(Locale.ROOT));
      json.name("release").value(release.toString());
    }
    terms.writeInto(json);
    json.endObject();
  }

  private String boundText() {
    return isUnlimited() ? UNLIMITED : Decimals.plain(bound);
  }
}
