package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The variance of the next return by a GARCH model; a return costs as much as the model has lags.
 */
public final class GarchFilter {
  private final GarchModel model;
  private final double[] squares;
  private final double[] variances;
  private double next;

  /** Begins with the model's start variance in the place of what was before. */
  public GarchFilter(GarchModel model) {
    this.model = model;
    squares = new double[model.alpha().length];
    variances = new double[model.beta().length];
    Arrays.fill(squares, model.startVariance());
    Arrays.fill(variances, model.startVariance());
    next = forecast();
  }

  public void add(double aReturn) {
    double innovation = aReturn - model.mu();
    shiftIn(squares, innovation * innovation);
    shiftIn(variances, next);
    next = forecast();
  }

  private static void shiftIn(double[] newestFirst, double value) {
    if (newestFirst.length > 0) {
      System.arraycopy(newestFirst, 0, newestFirst, 1, newestFirst.length - 1);
      newestFirst[0] = value;
    }
  }

  private double forecast() {
    double variance = model.omega();
    for (int i = 0; i < squares.length; i++) {
      variance += model.alpha()[i] * squares[i];
    }
    for (int j = 0; j < variances.length; j++) {
      variance += model.beta()[j] * variances[j];
    }
    return variance;
  }

  /** Variance of the return that comes next. */
  public double variance() {
    return next;
  }

  void write(ByteBuffer to) {
    for (double square : squares) {
      to.putDouble(square);
    }
    for (double variance : variances) {
      to.putDouble(variance);
    }
    to.putDouble(next);
  }

  void read(ByteBuffer from) {
    for (int i = 0; i < squares.length; i++) {
      squares[i] = from.getDouble();
    }
    for (int j = 0; j < variances.length; j++) {
      variances[j] = from.getDouble();
    }
    next = from.getDouble();
  }
}
