package io.sluice.benchmarks;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.RiskPolicy;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
 * What the rules cost: all of them are asked about an intent, from the proposal to the ruling.
 * Nothing is encoded and nothing changes, so that each call meets the same books.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class DecideBenchmark {
  // As many as the clock skew takes: they are stamped 20 ms apart, and the clock stands.
  private static final int INTENTS = 64;

  // So that the marks of all positions stay fresh.
  private static final int ORDERS_BETWEEN_MARKS = 25;

  /** A desk of four accounts and three positions, or of a hundred and twenty, with more limits. */
  @Param({"SMALL", "LARGE"})
  public Size desk;

  /** How many orders the group has answered before, all of them still in its id window. */
  @Param("30000")
  public int held;

  /** How large the desk is. */
  public enum Size {
    SMALL,
    LARGE
  }

  private final RiskPolicy policy = new RiskPolicy();
  private Desk group;
  private Entry[] market;
  private Entry[] limit;
  private Entry[] refused;
  private int next;

  @Setup
  public void fill() {
    group = desk == Size.SMALL ? new Desk() : Desk.large();
    for (int i = 0; i < held; i++) {
      group.settle(Desk.mustApprove(group.fold(group.intent())));
      if (i % ORDERS_BETWEEN_MARKS == 0) {
        group.fold(group.mark());
      }
    }
    market = entries(() -> group.intent(OrderType.MARKET));
    limit = entries(() -> group.intent(OrderType.LIMIT));
    refused = entries(group::refusedIntent);
    mustBe(market, true);
    mustBe(limit, true);
    mustBe(refused, false);
  }

  private static Entry[] entries(Supplier<Entry> entry) {
    Entry[] entries = new Entry[INTENTS];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry.get();
    }
    return entries;
  }

  private void mustBe(Entry[] entries, boolean approved) {
    for (int i = 0; i < entries.length; i++) {
      Ruling ruling = decide(entries);
      if (ruling.approvedQty().signum() > 0 != approved) {
        throw new IllegalStateException("not what is to be measured: " + ruling);
      }
    }
  }

  private Ruling decide(Entry[] entries) {
    Entry entry = entries[next++ & INTENTS - 1];
    return policy.decide(
        new Proposal((Intent) entry.input(), entry.snapshot(), group.state().view()));
  }

  @Benchmark
  public Ruling market() {
    return decide(market);
  }

  @Benchmark
  public Ruling limit() {
    return decide(limit);
  }

  @Benchmark
  public Ruling refused() {
    return decide(refused);
  }
}
