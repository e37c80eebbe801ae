package io.sluice.cli.training;

import io.sluice.scoring.training.TrainingPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Parameters that were tried.
 *
 * @param trial its number, from 1 on
 * @param parameters by the names of their options
 * @param losses of the folds that were looked at: log losses above that of the share of up
 * @param stopped whether it was given up before the last fold
 */
public record Trial(
    int trial, Map<String, Double> parameters, List<Double> losses, boolean stopped) {

  /** Mean over the folds that were looked at. */
  public double loss() {
    return loss(losses.size());
  }

  /** Mean over the first folds. */
  double loss(int folds) {
    return losses.stream().limit(folds).mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** A plan with its parameters. */
  public TrainingPlan applied(TrainingPlan usual) {
    return SearchedParameter.applied(usual, parameters);
  }

  /** The options of {@code ./sluice train} for its parameters. */
  public String options() {
    return Arrays.stream(SearchedParameter.values())
        .map(
            parameter ->
                parameter.option() + " " + parameter.text(parameters.get(parameter.option())))
        .collect(Collectors.joining(" "));
  }
}
