package io.sluice.domain.market.feature;

import io.sluice.domain.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of a row's values, in their order; equal names have an equal hash. */
public final class FeatureSchema {
  private final List<String> names;
  private final String hash;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, String> meanings;

  /**
   * @param meanings what a feature is, for those whose name alone does not say it
   */
  public FeatureSchema(List<String> names, Map<String, String> meanings) {
    this.names = List.copyOf(names);
    this.meanings = Map.copyOf(meanings);
    this.hash = Sha256.hex(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
  }

  /** With their intervals: {@code rsi_14@1m}, {@code spread@tick}. */
  public List<String> names() {
    return names;
  }

  /** SHA-256 of the names, each on a line, in hex. */
  public String hash() {
    return hash;
  }

  /** What features are: a line each, their names where these say it. */
  public List<String> meanings(List<String> features) {
    return features.stream().map(feature -> meanings.getOrDefault(feature, feature)).toList();
  }

  /** The place of a name, or -1. */
  public int place(String name) {
    return places.getOrDefault(name, -1);
  }
}
