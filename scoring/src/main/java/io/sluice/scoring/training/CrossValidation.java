package io.sluice.scoring.training;

import io.sluice.domain.scoring.training.PurgedSplit;
import java.util.List;

/**
 * Judges plans by the rows before the test, in purged folds: each judges by one piece of them a
 * model that the rest has made. The test stays unseen.
 */
public final class CrossValidation {
  private final Dataset data;
  private final LabelledRows rows;
  private final List<PurgedSplit.Fold> folds;

  /**
   * @param plan whose label, test and embargo hold for all plans that are judged
   */
  public CrossValidation(Dataset data, TrainingPlan plan, int folds) {
    LabelledRows all = LabelledRows.of(data, plan.label());
    this.data = data;
    this.rows = all.at(all.split(plan.embargoUs()).tail(plan.test()).train());
    this.folds = rows.split(plan.embargoUs()).folds(folds);
  }

  public int folds() {
    return folds.size();
  }

  /**
   * The log loss of a fold's piece above that of the share of up; below 0 where the model knows
   * something.
   *
   * @throws TrainingException where there are too few rows
   */
  public double loss(TrainingPlan plan, int fold) {
    PurgedSplit.Fold its = folds.get(fold);
    OutOfSample record =
        new TrainingRun(data, plan, rows.at(its.train()), rows.at(its.test()), step -> {})
            .run()
            .record();
    return record.model().logLoss() - record.base().logLoss();
  }
}
