package io.sluice.domain.risk;

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

  private static final byte[] RULE = JsonWriter.encoded("\"rule\":");
  private static final byte[] LIMIT = JsonWriter.encoded(",\"limit\":");
  private static final byte[] HEADROOM = JsonWriter.encoded(",\"headroom\":");
  private static final byte[] PERMITTED = JsonWriter.encoded(",\"permitted\":");
  private static final byte[] NOTHING_HELD =
      JsonWriter.encoded("null,\"limit\":null,\"headroom\":null,\"permitted\":");
  private static final byte[] NULL = JsonWriter.encoded("null");
  private static final byte[] NO_WHY = JsonWriter.encoded(",\"why\":null");
  private static final int ASKED_BYTES = 32;
  private static final byte[] WHY = JsonWriter.encoded(",\"why\":");

  /** How a rule came out. */
  public enum Result {
    PASS,
    LIMITED,
    REFUSED,
    NOT_FED,
    ERROR;

    private final byte[] json = JsonWriter.encoded(",\"outcome\":\"" + name() + "\",\"observed\":");
  }

  /** Limit less observed, for a floor observed less limit; null where either is missing. */
  public BigDecimal headroom() {
    if (observed == null || limit == null) {
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
    BigDecimal headroomOfA = a.headroom();
    BigDecimal headroomOfB = b.headroom();
    boolean isTold = headroomOfA != null && headroomOfB != null;
    return isTold && headroomOfA.compareTo(headroomOfB) > 0 ? b : a;
  }

  /** Whether the rule permits less than was asked. */
  public boolean isReason(BigDecimal requested) {
    if (permitted == null || requested == null) {
      return result != Result.PASS && result != Result.NOT_FED;
    }
    return permitted.compareTo(requested) < 0;
  }

  /** Writes all of them; most permit what was asked, which is encoded once. */
  public static void writeAll(List<Outcome> outcomes, BigDecimal requested, JsonWriter json) {
    byte[] asked = new JsonWriter(ASKED_BYTES).value(requested).toBytes();
    json.beginArray();
    for (Outcome outcome : outcomes) {
      outcome.write(json, requested, asked);
    }
    json.endArray();
  }

  public void write(JsonWriter json) {
    write(json, null, NULL);
  }

  /** Most of a decision's bytes are its outcomes: what does not change is encoded once. */
  private void write(JsonWriter json, BigDecimal requested, byte[] asked) {
    json.beginObject().part(RULE).constant(rule).part(result.json);
    if (observed == null && limit == null) {
      json.part(NOTHING_HELD);
    } else {
      json.value(observed).part(LIMIT).value(limit);
      json.part(HEADROOM).value(headroom()).part(PERMITTED);
    }
    if (permitted == requested) {
      json.part(asked);
    } else {
      json.value(permitted);
    }
    if (why == null) {
      json.part(NO_WHY);
    } else if (result == Result.NOT_FED) {
      json.part(WHY).constant(why);
    } else {
      json.part(WHY).value(why);
    }
    json.endObject();
  }
}
