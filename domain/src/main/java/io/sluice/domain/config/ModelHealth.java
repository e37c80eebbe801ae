package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * What an order is worth whose model is not sure of itself, or no longer what it was.
 *
 * @param minConfidence the confidence from which an order passes whole, or null for any
 * @param below the part of an order below it that passes, from 0 to 1
 * @param stale the part that passes where the score is older than {@code max_score_age_ms}
 * @param maxDrift how far the model's inputs may have drifted from those it was made of, in the
 *     unit of the score, such as a population stability index; null for any
 * @param drifted the part that passes where they have drifted further
 */
public record ModelHealth(
    BigDecimal minConfidence,
    BigDecimal below,
    BigDecimal stale,
    BigDecimal maxDrift,
    BigDecimal drifted) {
  static ModelHealth parse(Section section) {
    section.allow("min_confidence", "below", "stale", "max_drift", "drifted");
    return new ModelHealth(
        section.has("min_confidence") ? section.fraction("min_confidence") : null,
        part(section, "below"),
        part(section, "stale"),
        section.has("max_drift")
            ? section.decimal("max_drift", BigDecimal.ZERO, "a decimal of at least 0")
            : null,
        part(section, "drifted"));
  }

  private static BigDecimal part(Section section, String key) {
    return section.has(key) ? section.fraction(key) : BigDecimal.ZERO;
  }

  void writeInto(JsonWriter json) {
    if (minConfidence == null && maxDrift == null && stale.signum() == 0) {
      return;
    }
    json.name("model_health").beginObject();
    if (minConfidence != null) {
      json.name("min_confidence").value(minConfidence).name("below").value(below);
    }
    if (stale.signum() > 0) {
      json.name("stale").value(stale);
    }
    if (maxDrift != null) {
      json.name("max_drift").value(maxDrift).name("drifted").value(drifted);
    }
    json.endObject();
  }
}
