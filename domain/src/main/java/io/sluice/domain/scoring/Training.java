package io.sluice.domain.scoring;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model comes from.
 *
 * @param fromUs first row it has seen, epoch microseconds
 * @param toUs last row it has seen
 * @param rows how many it was taught with
 * @param metrics measured on rows that it has not seen
 */
public record Training(long fromUs, long toUs, long rows, Map<String, Double> metrics) {
  public Training {
    metrics = new TreeMap<>(metrics);
  }
}
