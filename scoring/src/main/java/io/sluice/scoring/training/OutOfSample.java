package io.sluice.scoring.training;

import io.sluice.domain.scoring.training.Judgement;
import java.util.Map;
import java.util.TreeMap;

/**
 * How good a model was on rows that nothing was fitted to, beside what needs no model.
 *
 * @param model what it said
 * @param base what the training rows' share of up says of every row
 * @param momentum the area under the curve of the return before the row, with the sign that it had
 *     on the training rows
 * @param independent rows whose labels do not overlap
 * @param signals rows where it would have bought or sold
 * @param signalReturn mean return of those in its direction, before any cost; NaN without any
 */
public record OutOfSample(
    Judgement model,
    Judgement base,
    double momentum,
    int independent,
    int signals,
    double signalReturn) {
  /** One-sided, 95 %. */
  private static final double DEVIATIONS = 1.645;

  /** Of the area under the curve, counting only rows whose labels do not overlap. */
  public double standardError() {
    double share = (double) model.ups() / model.rows();
    return Judgement.standardError(
        model.auc(), Math.max(1, independent * share), Math.max(1, independent * (1 - share)));
  }

  /**
   * Whether it knows more than chance, than the share of up and than the return before: the area
   * under its curve is above a half by more than its error and above momentum's, and its log loss
   * is below that of the share.
   */
  public boolean hasEdge() {
    double sure = model.auc() - DEVIATIONS * standardError();
    return sure > 0.5 && model.auc() > momentum && model.logLoss() < base.logLoss();
  }

  Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("auc", model.auc());
    metrics.put("auc_error", standardError());
    metrics.put("log_loss", model.logLoss());
    metrics.put("brier", model.brier());
    metrics.put("base_log_loss", base.logLoss());
    metrics.put("momentum_auc", momentum);
    metrics.put("rows", (double) model.rows());
    metrics.put("edge", hasEdge() ? 1.0 : 0.0);
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }
}
