package io.sluice.benchmarks;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.FrontOutput;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.market.InstrumentMarket;
import io.sluice.domain.market.MarketParts;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.scoring.Score;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.Map;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a trade costs in the front: three crash rules of up to ten minutes, volatility, a group that
 * wants the marks. The tape is played to its end and then backward in price, onward in time, so
 * that it never ends and never jumps. The crash rules' pages are taken every 8,192 trades, as
 * checkpoints do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class MarketBenchmark {
  private static final int TAPE = 1 << 16;
  private static final int CHECKPOINT = 1 << 13;
  private static final long START_US = 1_750_000_000_000_000L;

  /** How many trades the instrument has had before. */
  @Param("200000")
  public int held;

  private final BigDecimal[] prices = new BigDecimal[TAPE];
  private final BigDecimal[] quantities = new BigDecimal[TAPE];
  private final long[] gapsUs = new long[TAPE];
  private InstrumentMarket market;
  private Sink sink;
  private long timeUs = START_US;
  private int at;
  private int direction = 1;
  private long number;

  private static final class Sink implements FrontOutput {
    private final Blackhole blackhole;

    Sink(Blackhole blackhole) {
      this.blackhole = blackhole;
    }

    @Override
    public void entry(Entry entry) {
      blackhole.consume(entry);
    }

    @Override
    public void candidate(CrashCandidate candidate) {
      blackhole.consume(candidate);
    }

    @Override
    public void score(int place, Score score) {
      // There is no model.
    }

    @Override
    public void bar(FeatureRow row) {
      blackhole.consume(row);
    }

    @Override
    public void event(Event event) {
      blackhole.consume(event);
    }
  }

  @Setup
  public void fill(Blackhole blackhole) {
    TradeTape tape = new TradeTape(7, START_US);
    long before = START_US;
    for (int i = 0; i < TAPE; i++) {
      tape.advance();
      prices[i] = BigDecimal.valueOf(tape.cents(), 2);
      quantities[i] = BigDecimal.valueOf(tape.qtyLots(), 5);
      gapsUs[i] = tape.timeUs() - before;
      before = tape.timeUs();
    }
    sink = new Sink(blackhole);
    market = new InstrumentMarket(Desk.TRADED.get(0), new FrontTerms(DeskConfiguration.paper()));
    market.subscribe(row(), 0, "firm", sink);
    for (int i = 0; i < held; i++) {
      trade();
    }
  }

  private Row row() {
    if (at + direction < 0 || at + direction >= TAPE) {
      direction = -direction;
    }
    at += direction;
    timeUs += gapsUs[at];
    Trade trade =
        new Trade(
            Desk.TRADED.get(0),
            "4711",
            prices[at],
            quantities[at],
            Aggressor.BUY,
            timeUs,
            timeUs + 150);
    return new Row(trade, new Cause("tape.csv", 0, ++number, 0), number, timeUs, timeUs);
  }

  @Benchmark
  public void trade() {
    market.apply(row(), sink);
    if ((number & CHECKPOINT - 1) == 0) {
      MarketParts.takeChanged(market);
    }
  }

  /** What a checkpoint takes on an instrument: what 256 trades have changed. */
  @Benchmark
  public Map<String, byte[]> checkpointOf256Trades() {
    for (int i = 0; i < 256; i++) {
      market.apply(row(), sink);
    }
    return MarketParts.takeChanged(market);
  }
}
