package io.sluice.domain.market.volatility;

/**
 * Minimum of a smooth function by the quasi-Newton method of Broyden, Fletcher, Goldfarb and
 * Shanno, with the inverse Hessian kept and a line search by Armijo's rule (Nocedal and Wright,
 * Numerical Optimization, 6.1). Of the libraries kept up, Hipparchus has no quasi-Newton method
 * without constraints and weighs two megabytes; a likelihood of a few parameters needs no more than
 * this.
 */
final class Bfgs {
  private static final int MOST_ITERATIONS = 200;
  private static final int MOST_HALVINGS = 30;
  private static final double ARMIJO = 1e-4;
  private static final double FLAT = 1e-9;

  /** What is flat enough where no step goes down any more: there rounding is all that is left. */
  private static final double NEARLY_FLAT = 1e-5;

  /** The part of the value below which a step down is far less than its rounding. */
  private static final double LOST_IN_ROUNDING = 1e-17;

  private Bfgs() {}

  interface Function {
    /**
     * @param gradient is filled
     * @return the value; NaN or infinite where there is none
     */
    double at(double[] point, double[] gradient);
  }

  /**
   * @param isConverged whether the gradient is flat there
   */
  record Minimum(double[] point, double value, boolean isConverged, int iterations) {}

  static Minimum minimum(Function function, double[] start) {
    int n = start.length;
    double[] point = start.clone();
    double[] gradient = new double[n];
    double value = function.at(point, gradient);
    double[][] inverse = identity(n);
    double[] step = new double[n];
    double[] nextGradient = new double[n];
    boolean isFresh = true;
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      if (largest(gradient) <= FLAT) {
        return new Minimum(point, value, true, iteration);
      }
      double slope = direction(inverse, gradient, step);
      if (!(slope < 0)) {
        inverse = identity(n);
        slope = direction(inverse, gradient, step);
      }
      if (-slope <= LOST_IN_ROUNDING * Math.abs(value) && largest(gradient) <= NEARLY_FLAT) {
        return new Minimum(point, value, true, iteration);
      }
      double length = isFresh ? Math.min(1, 1 / largest(gradient)) : 1;
      double[] next = new double[n];
      double nextValue = Double.NaN;
      int halvings = 0;
      while (halvings <= MOST_HALVINGS) {
        for (int i = 0; i < n; i++) {
          next[i] = point[i] + length * step[i];
        }
        nextValue = function.at(next, nextGradient);
        if (nextValue <= value + ARMIJO * length * slope) {
          break;
        }
        length /= 2;
        halvings++;
      }
      if (halvings > MOST_HALVINGS) {
        if (isFresh || largest(gradient) <= NEARLY_FLAT) {
          return new Minimum(point, value, largest(gradient) <= NEARLY_FLAT, iteration);
        }
        inverse = identity(n);
        isFresh = true;
        continue;
      }
      update(inverse, point, next, gradient, nextGradient, isFresh);
      isFresh = false;
      point = next;
      value = nextValue;
      gradient = nextGradient.clone();
    }
    return new Minimum(point, value, largest(gradient) <= NEARLY_FLAT, MOST_ITERATIONS);
  }

  private static double direction(double[][] inverse, double[] gradient, double[] step) {
    double slope = 0;
    for (int i = 0; i < step.length; i++) {
      step[i] = -dot(inverse[i], gradient);
      slope += step[i] * gradient[i];
    }
    return slope;
  }

  private static void update(
      double[][] inverse,
      double[] point,
      double[] next,
      double[] gradient,
      double[] nextGradient,
      boolean isFresh) {
    int n = point.length;
    double[] s = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      s[i] = next[i] - point[i];
      y[i] = nextGradient[i] - gradient[i];
    }
    double sy = dot(s, y);
    if (!(sy > 1e-14 * Math.sqrt(dot(s, s) * dot(y, y)))) {
      return;
    }
    if (isFresh) {
      double scale = sy / dot(y, y);
      for (int i = 0; i < n; i++) {
        inverse[i][i] = scale;
      }
    }
    double[] hy = new double[n];
    for (int i = 0; i < n; i++) {
      hy[i] = dot(inverse[i], y);
    }
    double factor = (1 + dot(y, hy) / sy) / sy;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        inverse[i][j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy;
      }
    }
  }

  private static double[][] identity(int n) {
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double largest(double[] vector) {
    double largest = 0;
    for (double component : vector) {
      largest = Math.max(largest, Math.abs(component));
    }
    return largest;
  }
}
