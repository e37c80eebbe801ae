package io.sluice.cli.training;

import io.sluice.scoring.training.TrainingException;
import io.sluice.scoring.training.TrainingPlan;
import io.sluice.scoring.training.Trials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.MersenneTwister;

/**
 * Searches parameters of training by CMA-ES (Hansen, The CMA evolution strategy: a tutorial, 2016),
 * beginning with the usual ones. The seed is fixed, and what to try next depends on the losses so
 * far alone: a search that goes on with a study asks for its trials again, and is answered by them.
 *
 * <p>A trial is given up after a fold where its mean loss is above the median of the others at the
 * same fold (the median stopping rule: Golovin et al., Google Vizier, KDD 2017).
 */
public final class ParameterSearch {
  /** Judges a plan by a fold; the smaller the better. */
  @FunctionalInterface
  public interface Judge {
    double loss(TrainingPlan plan, int fold);
  }

  private static final int SEED = 7;

  /** A quarter of the range of each parameter. */
  private static final double FIRST_STEP = 0.25;

  /** 4 + 3 ln(6), as the tutorial has it. */
  private static final int POPULATION = 9;

  /** With fewer trials to compare with none is given up. */
  private static final int LEAST_TO_COMPARE = 4;

  /** Bounds the points that are asked for, also those that are the same trial as an earlier one. */
  private static final int ASKED_FOR_A_TRIAL = 20;

  /** Times a point outside of the ranges is drawn anew before it is moved to their edge. */
  private static final int REDRAWN = 10;

  /** It has nothing to do with how far it comes, only with how it steps. */
  private static final int GENERATIONS = 1_000;

  private final TrainingPlan usual;
  private final Judge judge;
  private final int folds;
  private final Study study;
  private final Consumer<Trial> watcher;
  private final List<Trial> trials = new ArrayList<>();
  private final Map<Map<String, Double>, Double> known = new HashMap<>();

  /** Ends the optimiser when there are as many trials as were wanted. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Enough() {
      super(null, null, false, false);
    }
  }

  /**
   * @param usual what is tried first, and has what is not searched
   * @param watcher told of every trial that was made now
   * @throws TrainingException where a parameter of the usual plan is outside of its range
   */
  public ParameterSearch(
      TrainingPlan usual, Judge judge, int folds, Study study, Consumer<Trial> watcher) {
    for (SearchedParameter parameter : SearchedParameter.values()) {
      double value = parameter.valueIn(usual);
      if (value < parameter.least() || value > parameter.most()) {
        throw new TrainingException(
            parameter.option()
                + " is "
                + parameter.text(value)
                + ", the search begins with it and looks from "
                + parameter.text(parameter.least())
                + " to "
                + parameter.text(parameter.most()));
      }
    }
    this.usual = usual;
    this.judge = judge;
    this.folds = folds;
    this.study = study;
    this.watcher = watcher;
  }

  /**
   * Searches until there are so many trials, those of the study among them, or nothing new is left
   * to try.
   *
   * @return the best, of those that came to the last fold
   */
  public Trial run(int wanted) {
    double[] start =
        Arrays.stream(SearchedParameter.values())
            .mapToDouble(parameter -> parameter.placeIn(usual))
            .toArray();
    CMAESOptimizer optimizer =
        new CMAESOptimizer(
            GENERATIONS, 0, true, 0, REDRAWN, new MersenneTwister(SEED), false, null);
    try {
      optimizer.optimize(
          new MaxEval(Math.multiplyExact(wanted, ASKED_FOR_A_TRIAL)),
          new ObjectiveFunction(places -> loss(places, wanted)),
          GoalType.MINIMIZE,
          new InitialGuess(start),
          new SimpleBounds(filled(0), filled(1)),
          new CMAESOptimizer.Sigma(filled(FIRST_STEP)),
          new CMAESOptimizer.PopulationSize(POPULATION));
    } catch (Enough e) {
      // As many as were wanted.
    }
    return best();
  }

  /** The best so far of those that came to the last fold. */
  public Trial best() {
    return trials.stream()
        .filter(trial -> !trial.stopped())
        .min(Comparator.comparingDouble(Trial::loss))
        .orElseThrow();
  }

  /** What is to be told of it with the model that comes out. */
  public Trials told() {
    int stopped = (int) trials.stream().filter(Trial::stopped).count();
    return new Trials(trials.size(), stopped, folds, trials.get(0).loss(), best().loss());
  }

  private static double[] filled(double value) {
    double[] all = new double[SearchedParameter.values().length];
    Arrays.fill(all, value);
    return all;
  }

  private double loss(double[] places, int wanted) {
    Map<String, Double> parameters = SearchedParameter.values(places);
    Double same = known.get(parameters);
    if (same != null) {
      return same;
    }
    if (trials.size() == wanted) {
      throw new Enough();
    }
    Trial trial = trial(trials.size(), parameters);
    double loss = expected(trial);
    trials.add(trial);
    known.put(parameters, loss);
    return loss;
  }

  /** Over all folds; of a trial that was stopped as if the rest went as for those before it. */
  private double expected(Trial trial) {
    int seen = trial.losses().size();
    return trial.loss()
        + trials.stream()
            .filter(other -> !other.stopped())
            .mapToDouble(other -> other.loss() - other.loss(seen))
            .average()
            .orElse(0);
  }

  private Trial trial(int place, Map<String, Double> parameters) {
    List<Trial> stored = study.trials();
    if (place < stored.size()) {
      Trial trial = stored.get(place);
      if (!trial.parameters().equals(parameters)) {
        throw new TrainingException(
            "trial "
                + trial.trial()
                + " of the study "
                + study.path()
                + " is not the one that comes next, it was made by another version of the search:"
                + " name another file with --study, or delete it");
      }
      return trial;
    }
    Trial trial = judged(place + 1, parameters);
    try {
      study.add(trial);
    } catch (IOException e) {
      throw new UncheckedIOException("the study " + study.path() + " cannot be written", e);
    }
    watcher.accept(trial);
    return trial;
  }

  private Trial judged(int number, Map<String, Double> parameters) {
    TrainingPlan plan = SearchedParameter.applied(usual, parameters);
    List<Double> losses = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      losses.add(judge.loss(plan, fold));
      Trial soFar = new Trial(number, parameters, List.copyOf(losses), true);
      if (fold < folds - 1 && isHopeless(soFar)) {
        return soFar;
      }
    }
    return new Trial(number, parameters, List.copyOf(losses), false);
  }

  private boolean isHopeless(Trial trial) {
    int seen = trial.losses().size();
    double[] others =
        trials.stream()
            .filter(other -> other.losses().size() >= seen)
            .mapToDouble(other -> other.loss(seen))
            .sorted()
            .toArray();
    return others.length >= LEAST_TO_COMPARE
        && trial.loss() > (others[(others.length - 1) / 2] + others[others.length / 2]) / 2;
  }
}
