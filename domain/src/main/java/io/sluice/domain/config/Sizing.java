package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * How large an order may be for how sure its sender is, and for how risky it is.
 *
 * @param ladder the steps from the highest confidence down; empty where confidence does not matter
 * @param halveAbove the risk score above which half of an order passes, or null
 * @param denyAbove the risk score above which nothing passes, or null
 * @param correlation what correlated bets do to an order, or null where nobody looks
 */
public record Sizing(
    List<Step> ladder, BigDecimal halveAbove, BigDecimal denyAbove, CorrelationSizing correlation) {
  public static final Sizing NONE = new Sizing(List.of(), null, null, null);

  /** From this confidence on, an order may be this part of its base size. */
  public record Step(BigDecimal from, BigDecimal size) {}

  public Sizing {
    ladder = List.copyOf(ladder);
  }

  static Sizing parse(Section section) {
    List<Step> ladder = new ArrayList<>();
    for (Section body : section.list("confidence_ladder")) {
      body.allow("from", "size");
      Step step = new Step(body.fraction("from"), body.fraction("size"));
      Step above = ladder.isEmpty() ? null : ladder.get(ladder.size() - 1);
      if (above != null
          && (step.from.compareTo(above.from) >= 0 || step.size.compareTo(above.size) > 0)) {
        throw body.wrong("from", "less than the step above it, and a size that is not larger");
      }
      ladder.add(step);
    }
    Section score = section.section("risk_score").allow("halve_above", "deny_above");
    return new Sizing(
        ladder,
        score.has("halve_above") ? score.fraction("halve_above") : null,
        score.has("deny_above") ? score.fraction("deny_above") : null,
        CorrelationSizing.parse(section));
  }

  /** The part of its base size that an order may have; 0 below the lowest step. */
  public BigDecimal partAt(double confidence) {
    BigDecimal known = BigDecimal.valueOf(confidence);
    for (Step step : ladder) {
      if (known.compareTo(step.from) >= 0) {
        return step.size;
      }
    }
    return BigDecimal.ZERO;
  }

  void writeInto(JsonWriter json) {
    if (!ladder.isEmpty()) {
      json.name("confidence_ladder").beginArray();
      for (Step step : ladder) {
        json.beginObject().name("from").value(step.from).name("size").value(step.size).endObject();
      }
      json.endArray();
    }
    if (halveAbove != null || denyAbove != null) {
      json.name("risk_score").beginObject();
      if (halveAbove != null) {
        json.name("halve_above").value(halveAbove);
      }
      if (denyAbove != null) {
        json.name("deny_above").value(denyAbove);
      }
      json.endObject();
    }
    if (correlation != null) {
      correlation.writeInto(json);
    }
  }
}
