package io.sluice.operators;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;

/** Where Sluice's own metrics stand among Flink's: below a group of its name. */
public final class SluiceMetrics {
  private static final String GROUP = "sluice";

  private SluiceMetrics() {}

  public static MetricGroup of(RuntimeContext operator) {
    return below(operator.getMetricGroup());
  }

  /**
   * @param operator the operator's own group
   */
  public static MetricGroup below(MetricGroup operator) {
    return operator.addGroup(GROUP);
  }
}
