package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How assets move together: for pairs of them the correlation of their daily returns, from -1 to 1.
 *
 * @param byPair by the two assets in alphabetical order with a line break between
 */
public record Correlations(Map<String, BigDecimal> byPair) {
  private static final BigDecimal MINUS_ONE = BigDecimal.ONE.negate();

  public Correlations {
    byPair = Collections.unmodifiableMap(new TreeMap<>(byPair));
  }

  /** Reads {@code [{a: BTC, b: ETH, value: "0.8"}]}. */
  static Correlations parse(Section root) {
    Map<String, BigDecimal> byPair = new TreeMap<>();
    for (Section section : root.list("correlations")) {
      section.allow("a", "b", "value");
      String a = section.text("a");
      String b = section.text("b");
      BigDecimal value = section.decimal("value", MINUS_ONE, "a decimal from -1 to 1");
      if (value.compareTo(BigDecimal.ONE) > 0) {
        throw section.wrong("value", "a decimal from -1 to 1");
      }
      if (a.equals(b) || byPair.put(pair(a, b), value) != null) {
        throw section.wrong("b", "another asset than a, and every pair once");
      }
    }
    return new Correlations(byPair);
  }

  private static String pair(String a, String b) {
    return a.compareTo(b) < 0 ? a + "\n" + b : b + "\n" + a;
  }

  /** The correlation of two assets, 1 of one with itself; null where it is not configured. */
  public BigDecimal of(String a, String b) {
    return a.equals(b) ? BigDecimal.ONE : byPair.get(pair(a, b));
  }

  void writeInto(JsonWriter json) {
    if (byPair.isEmpty()) {
      return;
    }
    json.name("correlations").beginArray();
    byPair.forEach(
        (pair, value) -> {
          int end = pair.indexOf('\n');
          json.beginObject().name("a").value(pair.substring(0, end));
          json.name("b").value(pair.substring(end + 1)).name("value").value(value).endObject();
        });
    json.endArray();
  }
}
