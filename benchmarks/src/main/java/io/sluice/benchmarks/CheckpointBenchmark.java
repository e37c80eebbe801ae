package io.sluice.benchmarks;

import io.sluice.domain.group.StateParts;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a checkpoint holds a group's fold up: the parts of its state that have changed are
 * written. Five seconds have passed since the last one, in which 80 orders were placed, filled and
 * ended.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class CheckpointBenchmark {
  private static final int ORDERS = 80;

  /** How many orders the group has answered before. */
  @Param("40000")
  public int held;

  private final StateParts parts = new StateParts();
  private Desk desk;

  @Setup
  public void fill() {
    desk = new Desk();
    work(held);
    parts.takeChanged(desk.state());
  }

  private void work(int orders) {
    for (int i = 0; i < orders; i++) {
      desk.settle(Desk.mustApprove(desk.fold(desk.intent())));
    }
  }

  @Setup(Level.Invocation)
  public void fiveSeconds() {
    work(ORDERS);
  }

  @Benchmark
  public Map<String, byte[]> group() {
    return parts.takeChanged(desk.state());
  }
}
