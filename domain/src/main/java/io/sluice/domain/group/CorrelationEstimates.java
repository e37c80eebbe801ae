package io.sluice.domain.group;

import io.sluice.domain.json.Delimited;
import io.sluice.domain.json.Times;
import io.sluice.domain.wire.Correlation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The newest estimates of how pairs of assets move together. */
final class CorrelationEstimates {
  /** How long an estimate counts. */
  static final long LIFE_US = Times.DAY_US;

  private final Map<String, Correlation> byPair = new TreeMap<>();

  /** The same by both assets: they are looked up for each pair of an account's positions. */
  private final Map<String, Map<String, Correlation>> byAsset = new HashMap<>();

  private final Set<String> touched = new TreeSet<>();

  /** The same whichever is named first. */
  static String pair(String a, String b) {
    return a.compareTo(b) < 0
        ? Delimited.text(a) + "\n" + Delimited.text(b)
        : Delimited.text(b) + "\n" + Delimited.text(a);
  }

  /** An older one than is known is passed over. */
  void estimated(Correlation estimate) {
    String pair = pair(estimate.a(), estimate.b());
    Correlation known = byPair.get(pair);
    if (known == null || known.eventTimeUs() < estimate.eventTimeUs()) {
      put(pair, estimate);
      touched.add(pair);
    }
  }

  private void put(String pair, Correlation estimate) {
    byPair.put(pair, estimate);
    byAsset.computeIfAbsent(estimate.a(), key -> new HashMap<>()).put(estimate.b(), estimate);
    byAsset.computeIfAbsent(estimate.b(), key -> new HashMap<>()).put(estimate.a(), estimate);
  }

  /** The newest estimate, where it is no older than a day; else null. */
  BigDecimal of(String a, String b, long nowUs) {
    Correlation known = byAsset.getOrDefault(a, Map.of()).get(b);
    return known == null || nowUs - known.eventTimeUs() > LIFE_US ? null : known.value();
  }

  /** By pair, sorted. */
  Map<String, Correlation> all() {
    return Collections.unmodifiableMap(byPair);
  }

  void restore(Correlation estimate) {
    put(pair(estimate.a(), estimate.b()), estimate);
  }

  /** The pairs whose estimates have changed since the last call. */
  List<String> takeTouched() {
    List<String> taken = new ArrayList<>(touched);
    touched.clear();
    return taken;
  }
}
