package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * What becomes of an order that bets the same way as what its account has in a correlated
 * instrument. With nothing set the correlation is only reported.
 *
 * @param warnAbove the correlation above which an event warns, or null
 * @param shrinkAbove the correlation above which {@code size} of an order passes, or null
 * @param size a fraction; null where {@code shrinkAbove} is
 */
public record CorrelationSizing(BigDecimal warnAbove, BigDecimal shrinkAbove, BigDecimal size) {
  /**
   * @return null where the profile does not look at correlations
   */
  static CorrelationSizing parse(Section profile) {
    if (!profile.has("correlation")) {
      return null;
    }
    Section section = profile.section("correlation").allow("warn_above", "shrink_above", "size");
    if (section.has("shrink_above") != section.has("size")) {
      throw section.wrong("size", "shrink_above beside it");
    }
    return new CorrelationSizing(
        fraction(section, "warn_above"),
        fraction(section, "shrink_above"),
        fraction(section, "size"));
  }

  private static BigDecimal fraction(Section section, String key) {
    return section.has(key) ? section.fraction(key) : null;
  }

  void writeInto(JsonWriter json) {
    json.name("correlation").beginObject();
    if (warnAbove != null) {
      json.name("warn_above").value(warnAbove);
    }
    if (shrinkAbove != null) {
      json.name("shrink_above").value(shrinkAbove).name("size").value(size);
    }
    json.endObject();
  }
}
