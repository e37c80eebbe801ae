package io.sluice.domain.risk;

import io.sluice.domain.json.Difference;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Consequence;
import java.math.BigDecimal;
import java.util.List;

/**
 * What one rule says of one intent.
 *
 * @param rule the rule's code
 * @param observed what the rule looked at, or null
 * @param limit what it was held against, or null
 * @param permitted the largest part of the requested quantity that the rule permits, from 0 to all
 *     of it; null where the intent asks for no quantity that could be read
 * @param why one line for a risk officer, where the result is not PASS
 * @param state the trading state the rule is in beyond this order, or null: REDUCING marks what
 *     passes as reduce-only, HALT names the refusal a halt
 * @param isFloor whether what is observed must reach the limit rather than not exceed it
 */
public record Outcome(
    String rule,
    Result result,
    BigDecimal observed,
    BigDecimal limit,
    BigDecimal permitted,
    String why,
    Consequence state,
    boolean isFloor) {

  /** Of a limit that what is observed must not exceed. */
  public Outcome(
      String rule,
      Result result,
      BigDecimal observed,
      BigDecimal limit,
      BigDecimal permitted,
      String why,
      Consequence state) {
    this(rule, result, observed, limit, permitted, why, state, false);
  }

  /** How a rule came out. */
  public enum Result {
    PASS,
    LIMITED,
    REFUSED,
    NOT_FED,
    ERROR
  }

  /** Limit less observed, for a floor observed less limit; null where either is missing. */
  public BigDecimal headroom() {
    if (!isTold()) {
      return null;
    }
    return isFloor ? observed.subtract(limit) : limit.subtract(observed);
  }

  /** The same of a limit that what is observed must reach. */
  public Outcome ofFloor() {
    return new Outcome(rule, result, observed, limit, permitted, why, state, true);
  }

  /** The one that permits less, of equals the one with less headroom; null counts as none. */
  public static Outcome stricter(Outcome a, Outcome b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    int order = a.permitted.compareTo(b.permitted);
    if (order != 0) {
      return order < 0 ? a : b;
    }
    boolean bothTell = a.isTold() && b.isTold();
    return bothTell && b.comparableHeadroom().isBelow(a.comparableHeadroom()) ? b : a;
  }

  private boolean isTold() {
    return observed != null && limit != null;
  }

  private Difference comparableHeadroom() {
    return isFloor ? new Difference(observed, limit) : new Difference(limit, observed);
  }

  /** Whether the rule permits less than was asked. */
  public boolean isReason(BigDecimal requested) {
    if (permitted == null || requested == null) {
      return result != Result.PASS && result != Result.NOT_FED;
    }
    return permitted.compareTo(requested) < 0;
  }

  /** Writes all of them; most permit what was asked. */
  public static void writeAll(List<Outcome> outcomes, BigDecimal requested, JsonWriter json) {
    OutcomeJson.writeAll(outcomes, requested, json);
  }

  public void write(JsonWriter json) {
    OutcomeJson.write(this, json);
  }
}
