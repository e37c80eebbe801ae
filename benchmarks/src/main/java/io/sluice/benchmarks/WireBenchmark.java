package io.sluice.benchmarks;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
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

/** What reading a line of the wire costs, checks included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class WireBenchmark {
  private static final int LINES = 256;

  private final byte[][] trades = new byte[LINES][];
  private final byte[][] quotes = new byte[LINES][];
  private final byte[][] intents = new byte[LINES][];
  private int next;

  @Setup
  public void fill() {
    TradeTape tape = new TradeTape(11, 1_750_000_000_000_000L);
    Desk desk = new Desk();
    for (int i = 0; i < LINES; i++) {
      tape.advance();
      String instrument = Desk.TRADED.get(0);
      BigDecimal price = BigDecimal.valueOf(tape.cents(), 2);
      BigDecimal qty = BigDecimal.valueOf(tape.qtyLots(), 5);
      trades[i] =
          new Trade(
                  instrument,
                  Long.toString(4_000_000_000L + i),
                  price,
                  qty,
                  Aggressor.SELL,
                  tape.timeUs(),
                  tape.timeUs() + 153)
              .toJson();
      quotes[i] =
          new Quote(
                  instrument,
                  price,
                  qty,
                  price.add(new BigDecimal("0.01")),
                  qty,
                  tape.timeUs(),
                  tape.timeUs() + 153)
              .toJson();
      intents[i] = desk.intent().input().toJson();
    }
  }

  @Benchmark
  public Message trade() throws UnreadableException {
    return WireReader.read(trades[next++ & LINES - 1]);
  }

  @Benchmark
  public Message quote() throws UnreadableException {
    return WireReader.read(quotes[next++ & LINES - 1]);
  }

  @Benchmark
  public Message intent() throws UnreadableException {
    return WireReader.read(intents[next++ & LINES - 1]);
  }
}
