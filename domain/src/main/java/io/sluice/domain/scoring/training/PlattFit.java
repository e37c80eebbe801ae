package io.sluice.domain.scoring.training;

import io.sluice.domain.scoring.Calibration.Platt;

/**
 * Fits Platt's calibration by Newton's method with backtracking, to targets drawn in from 0 and 1
 * (Lin, Lin and Weng, A note on Platt's probabilistic outputs, Machine Learning 68, 2007).
 */
public final class PlattFit {
  private static final int MAX_STEPS = 100;
  private static final double SMALLEST_STEP = 1e-10;
  private static final double RIDGE = 1e-12;
  private static final double ENOUGH = 1e-5;

  private final double[] values;
  private final double[] targets;

  private PlattFit(double[] values, double[] targets) {
    this.values = values;
    this.targets = targets;
  }

  /** The fit to the log odds of these probabilities. */
  public static Platt of(Judgement judgement) {
    double[] logOdds = judgement.probabilities().clone();
    for (int i = 0; i < logOdds.length; i++) {
      logOdds[i] = Platt.logOdds(logOdds[i]);
    }
    return of(logOdds, judgement.isUp());
  }

  /** The fit of {@code 1 / (1 + exp(a value + b))}. */
  static Platt of(double[] values, boolean[] isUp) {
    int ups = new Judgement(values, isUp).ups();
    int downs = isUp.length - ups;
    double[] targets = new double[isUp.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = isUp[i] ? (ups + 1.0) / (ups + 2.0) : 1 / (downs + 2.0);
    }
    return new PlattFit(values, targets).fit(StrictMath.log((downs + 1.0) / (ups + 1.0)));
  }

  private Platt fit(double firstB) {
    Platt at = new Platt(0, firstB);
    double loss = loss(at);
    for (int step = 0; step < MAX_STEPS; step++) {
      double aa = RIDGE;
      double bb = RIDGE;
      double ab = 0;
      double slopeA = 0;
      double slopeB = 0;
      for (int i = 0; i < values.length; i++) {
        double p = 1 / (1 + StrictMath.exp(at.a() * values[i] + at.b()));
        double spread = p * (1 - p);
        aa += values[i] * values[i] * spread;
        bb += spread;
        ab += values[i] * spread;
        slopeA += values[i] * (targets[i] - p);
        slopeB += targets[i] - p;
      }
      if (Math.abs(slopeA) < ENOUGH && Math.abs(slopeB) < ENOUGH) {
        return at;
      }
      double determinant = aa * bb - ab * ab;
      double stepA = -(bb * slopeA - ab * slopeB) / determinant;
      double stepB = -(aa * slopeB - ab * slopeA) / determinant;
      double slope = slopeA * stepA + slopeB * stepB;
      double size = 1;
      Platt better = null;
      while (size >= SMALLEST_STEP && better == null) {
        Platt next = new Platt(at.a() + size * stepA, at.b() + size * stepB);
        double nextLoss = loss(next);
        if (nextLoss < loss + 1e-4 * size * slope) {
          better = next;
          loss = nextLoss;
        }
        size /= 2;
      }
      if (better == null) {
        return at;
      }
      at = better;
    }
    return at;
  }

  /** The negative log likelihood, in the form that does not overflow. */
  private double loss(Platt at) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double f = at.a() * values[i] + at.b();
      sum +=
          f >= 0
              ? targets[i] * f + StrictMath.log1p(StrictMath.exp(-f))
              : (targets[i] - 1) * f + StrictMath.log1p(StrictMath.exp(f));
    }
    return sum;
  }
}
