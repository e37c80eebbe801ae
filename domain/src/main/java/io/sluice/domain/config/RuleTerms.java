package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.rule.RuleSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What configuration says to single rules, beside limits.
 *
 * @param notFed by rule code what becomes of an order where that rule is not fed
 */
public record RuleTerms(Map<String, NotFed> notFed) {
  static final List<String> KEYS = List.of("not_fed");

  public RuleTerms {
    notFed = Collections.unmodifiableMap(new TreeMap<>(notFed));
  }

  static RuleTerms parse(Section root) {
    return new RuleTerms(notFed(root));
  }

  private static Map<String, NotFed> notFed(Section root) {
    Map<String, NotFed> byRule = new TreeMap<>();
    Section section = root.section("not_fed");
    for (String rule : section.keys()) {
      if (!RuleSet.has(rule)) {
        throw section.refused(rule + " is no rule of this version, expected the code of one");
      }
      byRule.put(rule, section.enumOf(rule, NotFed.class));
    }
    return byRule;
  }

  /** Writes what is said into the object that is open. */
  void writeInto(JsonWriter json) {
    if (!notFed.isEmpty()) {
      json.name("not_fed").beginObject();
      notFed.forEach(
          (rule, answer) -> json.name(rule).value(answer.name().toLowerCase(Locale.ROOT)));
      json.endObject();
    }
  }
}
