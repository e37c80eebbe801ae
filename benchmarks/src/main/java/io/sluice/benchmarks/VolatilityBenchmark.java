package io.sluice.benchmarks;

import io.sluice.domain.market.anomaly.AnomalyTerms;
import io.sluice.domain.market.anomaly.AnomalyWatch;
import io.sluice.domain.market.regime.RegimeTerms;
import io.sluice.domain.market.regime.RegimeWatch;
import io.sluice.domain.market.volatility.BarVolatility;
import io.sluice.domain.market.volatility.GarchTerms;
import io.sluice.domain.market.volatility.VolatilityMethod;
import io.sluice.domain.market.volatility.VolatilityTerms;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a bar of a minute costs beside its features: volatility by each method, the regime, and the
 * matrix profile. Fits of a model are computed on another thread and are not in it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xmx1g", "-XX:+UseParallelGC"})
public class VolatilityBenchmark {
  private static final int TAPE = 1 << 14;
  private static final long MINUTE_US = 60_000_000;
  private static final int FITTED_AFTER = 500;

  private final double[] closes = closes();
  private final RegimeWatch regime = new RegimeWatch(RegimeTerms.DEFAULT, MINUTE_US);
  private final AnomalyWatch anomalies = new AnomalyWatch(AnomalyTerms.DEFAULT, MINUTE_US);
  private long bar;

  private static double[] closes() {
    Random random = new Random(3);
    double[] closes = new double[TAPE];
    double price = 100;
    for (int i = 0; i < TAPE; i++) {
      price *= Math.exp(0.001 * random.nextGaussian());
      closes[i] = price;
    }
    return closes;
  }

  /** Of one method. */
  @State(Scope.Thread)
  public static class ByMethod {
    @Param({"HISTORICAL", "EWMA", "REALISED", "BIPOWER", "GARMAN_KLASS", "YANG_ZHANG", "GARCH"})
    private String kind;

    private BarVolatility volatility;
    private long bar;

    @Setup
    public void begin() {
      // A model is fitted once in a million bars.
      GarchTerms garch = new GarchTerms(1, 1, FITTED_AFTER, 1_000_000, 1);
      volatility =
          new BarVolatility(
              new VolatilityTerms(VolatilityMethod.valueOf(kind), MINUTE_US, 30, 0.94, garch));
      double[] closes = closes();
      for (int i = 0; i < FITTED_AFTER + 10; i++) {
        next(closes);
      }
    }

    double next(double[] closes) {
      double open = closes[(int) (bar & TAPE - 1)];
      bar++;
      double close = closes[(int) (bar & TAPE - 1)];
      double high = Math.max(open, close) * 1.0002;
      double low = Math.min(open, close) * 0.9998;
      volatility.onBar(bar * MINUTE_US, open, high, low, close);
      return volatility.variance();
    }
  }

  @Setup
  public void fill() {
    for (int i = 0; i < 2 * AnomalyTerms.DEFAULT.history(); i++) {
      bar++;
      regime();
      anomalies.onBar(bar * MINUTE_US, close());
    }
  }

  private double close() {
    return closes[(int) (bar & TAPE - 1)];
  }

  @Benchmark
  public double volatility(ByMethod method) {
    return method.next(closes);
  }

  @Benchmark
  public Object regime() {
    bar++;
    regime.onBar(bar * MINUTE_US, close(), 10 + (bar & 15), 0.02, false);
    return regime.confidence();
  }

  @Benchmark
  public Object anomalies() {
    bar++;
    return anomalies.onBar(bar * MINUTE_US, close());
  }
}
