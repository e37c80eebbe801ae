package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How assets move together: for pairs of them the correlation of their daily returns, from -1 to 1.
 *
 * @param byAsset for each asset that of others with it, sorted
 */
public record Correlations(Map<String, Map<String, BigDecimal>> byAsset) {
  private static final BigDecimal MINUS_ONE = BigDecimal.ONE.negate();

  public Correlations {
    Map<String, Map<String, BigDecimal>> sorted = new TreeMap<>();
    // Hashed, and in order: they are looked up for each pair of an account's positions.
    byAsset.forEach(
        (asset, others) -> sorted.put(asset, new LinkedHashMap<>(new TreeMap<>(others))));
    byAsset = Collections.unmodifiableMap(sorted);
  }

  /** Reads {@code [{a: BTC, b: ETH, value: "0.8"}]}. */
  static Correlations parse(Section root) {
    Map<String, Map<String, BigDecimal>> byAsset = new TreeMap<>();
    root.each("correlations", section -> read(section, byAsset));
    return new Correlations(byAsset);
  }

  private static void read(Section section, Map<String, Map<String, BigDecimal>> byAsset) {
    section.allow("a", "b", "value");
    String a = section.text("a");
    String b = section.text("b");
    BigDecimal value = section.decimal("value", MINUS_ONE, "a decimal from -1 to 1");
    if (value.compareTo(BigDecimal.ONE) > 0) {
      throw section.wrong("value", "a decimal from -1 to 1");
    }
    if (a.equals(b) || put(byAsset, a, b, value) != null) {
      throw section.wrong("b", "another asset than a, and every pair once");
    }
    put(byAsset, b, a, value);
  }

  private static BigDecimal put(
      Map<String, Map<String, BigDecimal>> byAsset, String a, String b, BigDecimal value) {
    return byAsset.computeIfAbsent(a, key -> new TreeMap<>()).put(b, value);
  }

  /** The correlation of two assets, 1 of one with itself; null where it is not configured. */
  public BigDecimal of(String a, String b) {
    return a.equals(b) ? BigDecimal.ONE : with(a).get(b);
  }

  /** The correlations of other assets with one; empty where none is configured. */
  public Map<String, BigDecimal> with(String asset) {
    return byAsset.isEmpty() ? Map.of() : byAsset.getOrDefault(asset, Map.of());
  }

  void writeInto(JsonWriter json) {
    if (byAsset.isEmpty()) {
      return;
    }
    json.name("correlations").beginArray();
    byAsset.forEach(
        (a, others) ->
            others.forEach(
                (b, value) -> {
                  if (a.compareTo(b) < 0) {
                    json.beginObject().name("a").value(a).name("b").value(b);
                    json.name("value").value(value).endObject();
                  }
                }));
    json.endArray();
  }
}
