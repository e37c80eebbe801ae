package io.sluice.domain.scoring;

import io.sluice.domain.market.Regime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A bundle with its members loaded: what turns rows into a probability. Of one task's thread. */
public final class Model {
  private final ModelBundle bundle;
  private final List<PerRegime<Predictor>> predictors;

  private Model(ModelBundle bundle, List<PerRegime<Predictor>> predictors) {
    this.bundle = bundle;
    this.predictors = predictors;
  }

  /**
   * Loads the members.
   *
   * @param load makes a predictor of a member's file
   */
  public static Model of(ModelBundle bundle, BiFunction<Member, ModelFile, Predictor> load) {
    return new Model(
        bundle,
        bundle.members().stream()
            .map(member -> member.files().map(file -> load.apply(member, file)))
            .toList());
  }

  /**
   * Scores the probe row.
   *
   * @throws BundleException where the members do not make of it what they are to make of it
   */
  public void probe() {
    bundle.probe().check(probability(probeRows(), null));
    for (Regime regime : Regime.values()) {
      if (Double.isNaN(probability(probeRows(), regime))) {
        throw new BundleException(
            "the probe row scores NaN in the regime " + regime + "; train the model anew");
      }
    }
  }

  private FeatureRows probeRows() {
    FeatureRows rows = newRows();
    double[] probe = bundle.probe().row();
    for (int i = 0; i < bundle.rowsNeeded(); i++) {
      System.arraycopy(probe, 0, rows.next(), 0, probe.length);
    }
    return rows;
  }

  public ModelBundle bundle() {
    return bundle;
  }

  /** Room for the rows that this model looks at. */
  public FeatureRows newRows() {
    return new FeatureRows(bundle.features().size(), bundle.rowsNeeded());
  }

  /**
   * The calibrated probability that the label is up: the members' mean by the regime's weights.
   *
   * @param regime null where it is not known
   * @return NaN where there are too few rows, or a member cannot tell
   */
  public double probability(FeatureRows rows, Regime regime) {
    if (rows.count() < bundle.rowsNeeded()) {
      return Double.NaN;
    }
    Map<String, Double> weights = bundle.weights().in(regime);
    double sum = 0;
    double total = 0;
    for (int i = 0; i < predictors.size(); i++) {
      Double weight = weights.get(bundle.members().get(i).name());
      if (weight != null) {
        sum += weight * predictors.get(i).in(regime).probability(rows);
        total += weight;
      }
    }
    double raw = sum / total;
    return Double.isNaN(raw) ? raw : bundle.calibration().apply(raw);
  }

  /**
   * What each feature of the newest row adds to the log odds of up, before calibration, by the
   * regime's weights of the members that tell.
   *
   * @return in the bundle's order; null where no member tells
   */
  public double[] contributions(FeatureRows rows, Regime regime) {
    Map<String, Double> weights = bundle.weights().in(regime);
    double[] sum = null;
    double total = 0;
    for (int i = 0; i < predictors.size(); i++) {
      Double weight = weights.get(bundle.members().get(i).name());
      double[] its = weight == null ? null : predictors.get(i).in(regime).contributions(rows);
      if (its != null) {
        sum = sum == null ? new double[its.length] : sum;
        for (int feature = 0; feature < its.length; feature++) {
          sum[feature] += weight * its[feature];
        }
        total += weight;
      }
    }
    if (sum == null) {
      return null;
    }
    double all = total;
    return Arrays.stream(sum).map(part -> part / all).toArray();
  }
}
