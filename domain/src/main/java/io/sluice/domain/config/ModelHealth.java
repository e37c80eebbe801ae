package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * What an order is worth whose model is not sure of itself.
 *
 * @param minConfidence the confidence from which an order passes whole, or null for any
 * @param below the part of an order below it that passes, from 0 to 1
 */
public record ModelHealth(BigDecimal minConfidence, BigDecimal below) {
  static ModelHealth parse(Section section) {
    section.allow("min_confidence", "below");
    return new ModelHealth(
        section.has("min_confidence") ? section.fraction("min_confidence") : null,
        section.has("below") ? section.fraction("below") : BigDecimal.ZERO);
  }

  void writeInto(JsonWriter json) {
    if (minConfidence != null) {
      json.name("model_health").beginObject().name("min_confidence").value(minConfidence);
      json.name("below").value(below).endObject();
    }
  }
}
