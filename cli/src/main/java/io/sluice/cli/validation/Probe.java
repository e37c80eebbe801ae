package io.sluice.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An intent whose answer is known before it is sent.
 *
 * @param family of rules that it asks
 * @param account that it is for
 * @param instrument that it is in
 * @param limitPrice null for a market order
 * @param confidence null for none
 * @param ageUs how old its stamp is when it is sent, microseconds
 * @param quoteAgeUs how old the stamp of the quote is that is written before it, microseconds
 * @param isRepeated whether it is known of the last of several only: what it depends on comes by
 *     another way, or is the probe before it
 * @param expected by rule code what its outcome has to be, one of these
 */
record Probe(
    String family,
    String account,
    String instrument,
    String side,
    BigDecimal qty,
    BigDecimal limitPrice,
    boolean reduceOnly,
    BigDecimal confidence,
    long ageUs,
    long quoteAgeUs,
    boolean isRepeated,
    Map<String, Set<String>> expected) {
  static final Set<String> PASSES = Set.of("PASS");
  static final Set<String> PASSES_OR_HAS_NO_LIMIT = Set.of("PASS", "NOT_FED");

  /** Nothing of it is permitted, or not all. */
  static final Set<String> BITES = Set.of("REFUSED", "LIMITED");

  Probe {
    expected = new TreeMap<>(expected);
  }

  /** An order to buy at a price, whose answer is known at once. */
  static Probe buying(
      String family,
      String account,
      String instrument,
      BigDecimal qty,
      BigDecimal limitPrice,
      Map<String, Set<String>> expected) {
    return new Probe(
        family, account, instrument, "BUY", qty, limitPrice, false, null, 0, 0, false, expected);
  }

  /** The same with a stamp that is so old when it is sent. */
  Probe old(long us) {
    return new Probe(
        family,
        account,
        instrument,
        side,
        qty,
        limitPrice,
        reduceOnly,
        confidence,
        us,
        quoteAgeUs,
        isRepeated,
        expected);
  }

  /** The same as an order that sells, and may only reduce. */
  Probe reducing() {
    return new Probe(
        family,
        account,
        instrument,
        "SELL",
        qty,
        limitPrice,
        true,
        confidence,
        ageUs,
        quoteAgeUs,
        isRepeated,
        expected);
  }

  /** The same with a confidence. */
  Probe sureOf(BigDecimal of) {
    return new Probe(
        family,
        account,
        instrument,
        side,
        qty,
        limitPrice,
        reduceOnly,
        of,
        ageUs,
        quoteAgeUs,
        isRepeated,
        expected);
  }

  /** The same behind a quote that is so old, and again until the one is seen behind the other. */
  Probe repeatedBehindQuote(long us) {
    return new Probe(
        family,
        account,
        instrument,
        side,
        qty,
        limitPrice,
        reduceOnly,
        confidence,
        ageUs,
        us,
        true,
        expected);
  }

  /** The intent as it stands on the wire. */
  byte[] line(String intentId, long nowUs) {
    JsonWriter json = new JsonWriter().beginObject().name("type").value("intent");
    json.name("intent_id").value(intentId).name("action").value("NEW");
    json.name("target_intent_id").nullValue();
    json.name("account").value(account).name("strategy").value("validation");
    json.name("instrument").value(instrument).name("side").value(side);
    json.name("order_type").value(limitPrice == null ? "MARKET" : "LIMIT");
    json.name("qty").value(qty).name("limit_price");
    if (limitPrice == null) {
      json.nullValue();
    } else {
      json.value(limitPrice);
    }
    json.name("time_in_force").value("IOC").name("reduce_only").value(reduceOnly);
    if (confidence != null) {
      json.name("confidence").value(confidence.doubleValue());
    }
    return json.name("event_time_us").value(nowUs - ageUs).endObject().toBytes();
  }

  /** Whether something of it was approved, which must never be. */
  static boolean isApproved(JsonNode decision) {
    return !decision.path("approved_qty").asText("0").equals("0");
  }

  /** What of an answer is not as it was known to be; empty where all is. */
  List<String> differences(JsonNode decision, Set<String> rules) {
    List<String> differences = new ArrayList<>();
    if (isApproved(decision)) {
      differences.add("approved_qty is " + decision.path("approved_qty").asText() + ", not 0");
    }
    Map<String, String> outcomes = new TreeMap<>();
    for (JsonNode outcome : decision.path("outcomes")) {
      outcomes.put(outcome.path("rule").asText(), outcome.path("outcome").asText());
    }
    outcomes.forEach(
        (rule, outcome) -> {
          if (outcome.equals("ERROR")) {
            differences.add(rule + " failed");
          }
        });
    if (!rules.equals(outcomes.keySet()) && !rules.isEmpty()) {
      differences.add(outcomes.size() + " rules were asked, not " + rules.size());
    }
    expected.forEach(
        (rule, allowed) -> {
          String outcome = outcomes.getOrDefault(rule, "not asked");
          if (!allowed.contains(outcome)) {
            differences.add(rule + " is " + outcome + ", not " + String.join(" or ", allowed));
          }
        });
    return differences;
  }
}
