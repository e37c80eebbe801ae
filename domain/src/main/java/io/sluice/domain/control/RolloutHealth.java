package io.sluice.domain.control;

import io.sluice.domain.config.Section;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to be well over a phase for the next one to follow; null for what does not matter.
 *
 * @param maxRefusalRatio orders judged with nothing approved, as a fraction of all
 * @param maxErrors orders for which a rule failed
 * @param maxStale instruments with stale marks at the end
 * @param maxBreaches limits breached
 * @param minDecisions orders that have to have been judged at least
 */
public record RolloutHealth(
    BigDecimal maxRefusalRatio,
    Long maxErrors,
    Long maxStale,
    Long maxBreaches,
    long minDecisions) {
  private static final long MOST = 1_000_000_000_000L;

  public static final RolloutHealth NONE = new RolloutHealth(null, null, null, null, 0);

  /** What was seen over a phase. */
  public record Seen(long decisions, long refusals, long errors, long stale, long breaches) {}

  static RolloutHealth parse(Section section) {
    section.allow("max_refusal_ratio", "max_errors", "max_stale", "max_breaches", "min_decisions");
    BigDecimal ratio = null;
    if (section.has("max_refusal_ratio")) {
      ratio = section.decimal("max_refusal_ratio", BigDecimal.ZERO, "a fraction from 0 to 1");
      if (ratio.compareTo(BigDecimal.ONE) > 0) {
        throw section.wrong("max_refusal_ratio", "a fraction from 0 to 1");
      }
    }
    return new RolloutHealth(
        ratio,
        count(section, "max_errors"),
        count(section, "max_stale"),
        count(section, "max_breaches"),
        section.whole("min_decisions", 0, MOST, 0));
  }

  private static Long count(Section section, String key) {
    return section.has(key) ? section.whole(key, 0, MOST) : null;
  }

  /** What is not well, said to a person; empty where all is. */
  List<String> faults(Seen seen) {
    List<String> faults = new ArrayList<>();
    if (seen.decisions() < minDecisions) {
      faults.add(seen.decisions() + " decisions, expected at least " + minDecisions);
    }
    BigDecimal decisions = BigDecimal.valueOf(seen.decisions());
    BigDecimal refusals = BigDecimal.valueOf(seen.refusals());
    if (maxRefusalRatio != null && refusals.compareTo(maxRefusalRatio.multiply(decisions)) > 0) {
      faults.add(
          seen.refusals()
              + " of "
              + seen.decisions()
              + " orders refused, expected at most "
              + Decimals.plain(maxRefusalRatio)
              + " of them");
    }
    fault(faults, "orders for which a rule failed", seen.errors(), maxErrors);
    fault(faults, "instruments with stale marks", seen.stale(), maxStale);
    fault(faults, "breaches", seen.breaches(), maxBreaches);
    return faults;
  }

  private static void fault(List<String> faults, String what, long seen, Long most) {
    if (most != null && seen > most) {
      faults.add(seen + " " + what + ", expected at most " + most);
    }
  }

  void write(JsonWriter json) {
    json.beginObject();
    if (maxRefusalRatio != null) {
      json.name("max_refusal_ratio").value(maxRefusalRatio);
    }
    count("max_errors", maxErrors, json);
    count("max_stale", maxStale, json);
    count("max_breaches", maxBreaches, json);
    json.name("min_decisions").value(minDecisions).endObject();
  }

  private static void count(String key, Long most, JsonWriter json) {
    if (most != null) {
      json.name(key).value(most);
    }
  }
}
