package io.sluice.benchmarks;

import io.sluice.domain.group.Effects;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.JournalLine;
import io.sluice.domain.json.JsonWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What canonical bytes and hashes cost: a decision and its journal line, and a mark's line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class EncodeBenchmark {
  private static final int LINES = 256;

  private final Entry[] intents = new Entry[LINES];
  private final Decision[] decisions = new Decision[LINES];
  private final Entry[] marks = new Entry[LINES];
  private final JsonWriter lines = JournalLine.writer();
  private String hash = JournalLine.GENESIS;
  private int next;

  @Setup
  public void fill() {
    Desk desk = new Desk();
    for (int i = 0; i < LINES; i++) {
      marks[i] = desk.mark();
      desk.fold(marks[i]);
      intents[i] = desk.intent();
      Effects effects = desk.fold(intents[i]);
      decisions[i] = Desk.mustApprove(effects);
      desk.settle(decisions[i]);
    }
  }

  /** A decision's bytes and id, the journal line around them and its hash in the chain. */
  @Benchmark
  public byte[] decisionAndJournalLine() {
    int i = next++ & LINES - 1;
    Decision decision = decisions[i];
    JournalLine line =
        JournalLine.of(
            intents[i], decision.seq(), decision.gateTimeUs(), List.of(decision), hash, lines);
    hash = line.hash();
    return line.bytes();
  }

  @Benchmark
  public byte[] decision() {
    return decisions[next++ & LINES - 1].toJson();
  }

  @Benchmark
  public byte[] markJournalLine() {
    Entry mark = marks[next++ & LINES - 1];
    JournalLine line = JournalLine.of(mark, next, mark.gateTimeUs(), List.of(), hash, lines);
    hash = line.hash();
    return line.bytes();
  }
}
