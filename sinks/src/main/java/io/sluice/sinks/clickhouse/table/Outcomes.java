package io.sluice.sinks.clickhouse.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a decision's rules said, column by column.
 *
 * @param passed codes of the rules of whose outcomes there is no more to say, in order; they are in
 *     no other column
 */
record Outcomes(
    List<String> passed,
    List<String> rules,
    List<String> results,
    List<BigDecimal> observed,
    List<BigDecimal> limits,
    List<BigDecimal> headrooms,
    List<BigDecimal> permitted,
    List<String> whys) {

  /** None yet. */
  static Outcomes empty() {
    return new Outcomes(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /**
   * All of a list.
   *
   * @throws UnreadableException where it holds something else than outcomes
   */
  static Outcomes read(JsonNode list) throws UnreadableException {
    Outcomes outcomes = empty();
    for (JsonNode element : list) {
      if (!(element instanceof ObjectNode object)) {
        throw new UnreadableException("outcomes holds something else than objects", "outcomes");
      }
      outcomes.add(new Fields(object));
    }
    return outcomes;
  }

  void add(Fields outcome) throws UnreadableException {
    add(
        outcome.text("rule"),
        outcome.enumOf("outcome", Outcome.Result.class).name(),
        outcome.optionalAmount("observed"),
        outcome.optionalAmount("limit"),
        outcome.optionalAmount("headroom"),
        outcome.optionalAmount("permitted"),
        outcome.optionalText("why"));
  }

  void add(
      String rule,
      String result,
      BigDecimal seen,
      BigDecimal limit,
      BigDecimal headroom,
      BigDecimal most,
      String why) {
    rules.add(rule);
    results.add(result);
    observed.add(seen);
    limits.add(limit);
    headrooms.add(headroom);
    permitted.add(most);
    whys.add(why);
  }
}
