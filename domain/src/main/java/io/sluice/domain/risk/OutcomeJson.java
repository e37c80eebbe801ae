package io.sluice.domain.risk;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.rule.RuleSet;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Outcomes as JSON. Most of a decision's bytes are its outcomes, and most of theirs are the same in
 * every decision: what does not change is encoded once.
 */
final class OutcomeJson {
  private static final byte[] LIMIT = JsonWriter.encoded(",\"limit\":");
  private static final byte[] HEADROOM = JsonWriter.encoded(",\"headroom\":");
  private static final byte[] PERMITTED = JsonWriter.encoded(",\"permitted\":");
  private static final byte[] WHY = JsonWriter.encoded(",\"why\":");
  private static final byte[] NO_WHY = JsonWriter.encoded(",\"why\":null}");
  private static final byte[] NULL = JsonWriter.encoded("null");
  private static final int ASKED_BYTES = 32;

  private static final Map<String, Heads> HEADS = new HashMap<>();

  /** In the order in which outcomes are listed. */
  private static final Heads[] BY_PLACE;

  static {
    RuleSet.rules().forEach(rule -> HEADS.put(rule.code(), heads(rule.code())));
    BY_PLACE = RuleSet.rules().stream().map(rule -> HEADS.get(rule.code())).toArray(Heads[]::new);
  }

  private OutcomeJson() {}

  /**
   * How an outcome begins that comes out so.
   *
   * @param held up to what was observed
   * @param nothingHeld up to what is permitted, where nothing was held against anything
   */
  private record Head(byte[] held, byte[] nothingHeld) {}

  /** Those of a rule, by result. */
  private record Heads(String rule, Head[] byResult) {}

  private static Heads heads(String rule) {
    Result[] results = Result.values();
    Head[] heads = new Head[results.length];
    for (Result result : results) {
      String code = new JsonWriter().value(rule).toString();
      String held = "{\"rule\":" + code + ",\"outcome\":\"" + result + "\",\"observed\":";
      String nothing = held + "null,\"limit\":null,\"headroom\":null,\"permitted\":";
      heads[result.ordinal()] = new Head(JsonWriter.encoded(held), JsonWriter.encoded(nothing));
    }
    return new Heads(rule, heads);
  }

  /** Found by its place where that is the rule's own, as in nearly every list. */
  private static Head head(Outcome outcome, int place) {
    Heads heads = place < BY_PLACE.length ? BY_PLACE[place] : null;
    if (heads == null || !heads.rule.equals(outcome.rule())) {
      heads = HEADS.get(outcome.rule());
    }
    // What an earlier rule set said is written too.
    return (heads == null ? heads(outcome.rule()) : heads).byResult[outcome.result().ordinal()];
  }

  /** All of them; most permit what was asked, which is encoded once. */
  static void writeAll(List<Outcome> outcomes, BigDecimal requested, JsonWriter json) {
    byte[] asked = new JsonWriter(ASKED_BYTES).value(requested).toBytes();
    json.beginArray();
    for (int place = 0; place < outcomes.size(); place++) {
      Outcome outcome = outcomes.get(place);
      write(outcome, head(outcome, place), requested, asked, json);
    }
    json.endArray();
  }

  static void write(Outcome outcome, JsonWriter json) {
    write(outcome, head(outcome, 0), null, NULL, json);
  }

  private static void write(
      Outcome outcome, Head head, BigDecimal requested, byte[] asked, JsonWriter json) {
    if (outcome.observed() == null && outcome.limit() == null) {
      json.first(head.nothingHeld);
    } else {
      json.first(head.held).value(outcome.observed()).part(LIMIT).value(outcome.limit());
      json.part(HEADROOM).value(outcome.headroom()).part(PERMITTED);
    }
    if (outcome.permitted() == requested) {
      json.part(asked);
    } else {
      json.value(outcome.permitted());
    }
    if (outcome.why() == null) {
      json.last(NO_WHY);
    } else if (outcome.result() == Result.NOT_FED) {
      json.part(WHY).constant(outcome.why()).endObject();
    } else {
      json.part(WHY).value(outcome.why()).endObject();
    }
  }
}
