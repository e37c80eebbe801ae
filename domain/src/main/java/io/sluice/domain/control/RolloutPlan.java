package io.sluice.domain.control;

import io.sluice.domain.config.Section;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * How the gate comes into force: phases, each for a share of the orders, and what has to be well
 * for one to follow another.
 */
public record RolloutPlan(List<Phase> phases, RolloutHealth health) {
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /** Every order, from the beginning. */
  public static final RolloutPlan FULL =
      new RolloutPlan(List.of(new Phase(ALL, Long.MAX_VALUE)), RolloutHealth.NONE);

  /**
   * A part of the plan.
   *
   * @param percent of the orders that are answered as judged, 0 to 100 with at most 2 decimals
   * @param durationUs how long, microseconds; Long.MAX_VALUE for good
   */
  public record Phase(BigDecimal percent, long durationUs) {
    /** {@code shadow}, {@code partial} or {@code full}. */
    public String name() {
      return percent.signum() == 0 ? "shadow" : percent.compareTo(ALL) == 0 ? "full" : "partial";
    }
  }

  public RolloutPlan {
    phases = List.copyOf(phases);
  }

  /**
   * Reads {@code {percent}} or {@code {plan: [{percent, for}, ..., {percent}], health}}.
   *
   * @throws io.sluice.domain.config.ConfigurationException naming key, value and what was expected
   */
  public static RolloutPlan parse(Section section) {
    section.allow("percent", "plan", "health");
    if (section.has("percent") == section.has("plan")) {
      throw section.wrong("percent", "either percent, for good, or plan, a list of phases");
    }
    if (section.has("percent")) {
      return new RolloutPlan(
          List.of(new Phase(percent(section), Long.MAX_VALUE)), RolloutHealth.NONE);
    }
    List<Section> entries = section.list("plan");
    List<Phase> phases = new ArrayList<>();
    for (Section entry : entries) {
      entry.allow("percent", "for");
      boolean isLast = phases.size() == entries.size() - 1;
      if (isLast == entry.has("for")) {
        throw entry.wrong("for", isLast ? "none: the last phase is for good" : "a duration");
      }
      Phase phase = new Phase(percent(entry), isLast ? Long.MAX_VALUE : entry.durationUs("for", 0));
      if (!phases.isEmpty()
          && phase.percent().compareTo(phases.get(phases.size() - 1).percent()) <= 0) {
        throw entry.wrong("percent", "more than in the phase before");
      }
      phases.add(phase);
    }
    if (phases.isEmpty()) {
      throw section.wrong("plan", "at least one phase");
    }
    return new RolloutPlan(phases, RolloutHealth.parse(section.section("health")));
  }

  private static BigDecimal percent(Section section) {
    String expected = "a number from 0 to 100 with at most 2 decimals";
    BigDecimal percent = section.decimal("percent", BigDecimal.ZERO, expected);
    if (percent.compareTo(ALL) > 0 || percent.stripTrailingZeros().scale() > 2) {
      throw section.wrong("percent", expected);
    }
    return percent;
  }

  Phase last() {
    return phases.get(phases.size() - 1);
  }

  public boolean isFull() {
    return phases.get(0).percent().compareTo(ALL) == 0;
  }

  /** Writes the plan in the shape it is read from. */
  public void write(JsonWriter json) {
    json.beginObject().name("plan").beginArray();
    for (Phase phase : phases) {
      json.beginObject().name("percent").value(phase.percent());
      if (phase.durationUs() != Long.MAX_VALUE) {
        json.name("for").value(Durations.print(phase.durationUs()));
      }
      json.endObject();
    }
    json.endArray().name("health");
    health.write(json);
    json.endObject();
  }
}
