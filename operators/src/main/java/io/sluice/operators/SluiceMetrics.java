package io.sluice.operators;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/** Where Sluice's own metrics stand among Flink's: below a group of its name. */
final class SluiceMetrics {
  private static final String GROUP = "sluice";

  private SluiceMetrics() {}

  static MetricGroup of(RuntimeContext operator) {
    return operator.getMetricGroup().addGroup(GROUP);
  }
}
