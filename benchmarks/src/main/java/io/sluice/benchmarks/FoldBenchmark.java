package io.sluice.benchmarks;

import io.sluice.domain.group.Effects;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the fold of one entry costs, without encoding what comes of it and without the journal's
 * hash. Entries are made before the clock starts, a batch at a time, and orders that a batch placed
 * are filled and ended behind it, so that books, id window and clock go on as they do in service.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class FoldBenchmark {
  private static final int BATCH = 128;

  /** How many entries of the kind the group has folded before. */
  @Param("40000")
  public int held;

  /** What is folded. The mix is two marks and two order statuses for each fill. */
  @Param({"INTENT", "MARK", "FILL", "STATUS", "MARK_FILL_STATUS"})
  public Kind kind;

  private final Entry[] batch = new Entry[BATCH];
  private final List<Decision> decisions = new ArrayList<>(BATCH);
  private Desk desk;
  private Supplier<Entry> source;
  private int mixed;

  /** Kinds of entries. */
  public enum Kind {
    INTENT,
    MARK,
    FILL,
    STATUS,
    MARK_FILL_STATUS
  }

  @Setup
  public void fill() {
    desk = new Desk();
    source =
        switch (kind) {
          case INTENT -> desk::intent;
          case MARK -> desk::mark;
          case FILL -> desk::fill;
          case STATUS -> desk::status;
          case MARK_FILL_STATUS -> this::mixed;
        };
    for (int i = 0; i < held; i++) {
      Effects effects = desk.fold(source.get());
      effects.decisions().forEach(desk::settle);
    }
  }

  private Entry mixed() {
    return switch (mixed++ % 5) {
      case 0, 2 -> desk.mark();
      case 1, 3 -> desk.status();
      default -> desk.fill();
    };
  }

  @Setup(Level.Invocation)
  public void prepare() {
    decisions.forEach(desk::settle);
    decisions.clear();
    for (int i = 0; i < BATCH; i++) {
      batch[i] = source.get();
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void entry(Blackhole sink) {
    for (Entry entry : batch) {
      Effects effects = desk.fold(entry);
      decisions.addAll(effects.decisions());
      sink.consume(effects);
    }
  }

  /** What was measured was the approval of orders, to the end. */
  @TearDown
  public void check() {
    decisions.forEach(Desk::mustBeApproved);
  }
}
