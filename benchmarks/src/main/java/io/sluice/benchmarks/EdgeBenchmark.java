package io.sluice.benchmarks;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
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

/** What it costs to send a record over an edge of the job graph: written, and read again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class EdgeBenchmark {
  private static final int RECORDS = 256;

  private final DataOutputSerializer out = new DataOutputSerializer(4_096);
  private final DataInputDeserializer in = new DataInputDeserializer();
  private final FrontRow[] trades = new FrontRow[RECORDS];
  private final Sequenced[] marks = new Sequenced[RECORDS];
  private final Sequenced[] intents = new Sequenced[RECORDS];
  private final GateOutput[] decisions = new GateOutput[RECORDS];
  private final TypeSerializer<FrontRow> frontRow = serializer(EdgeType.FRONT_ROW);
  private final TypeSerializer<Sequenced> sequenced = serializer(EdgeType.SEQUENCED);
  private final TypeSerializer<GateOutput> gateOutput = serializer(EdgeType.GATE_OUTPUT);
  private int next;

  private static <T> TypeSerializer<T> serializer(EdgeType<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }

  @Setup
  public void fill() {
    TradeTape tape = new TradeTape(13, 1_750_000_000_000_000L);
    Desk desk = new Desk();
    for (int i = 0; i < RECORDS; i++) {
      tape.advance();
      Trade trade =
          new Trade(
              Desk.TRADED.get(0),
              Long.toString(4_000_000_000L + i),
              BigDecimal.valueOf(tape.cents(), 2),
              BigDecimal.valueOf(tape.qtyLots(), 5),
              Aggressor.SELL,
              tape.timeUs(),
              null);
      Cause cause = new Cause("BTCUSDT-trades-2025-06-15.csv", 0, i + 1, 0);
      trades[i] = FrontRow.of(new Row(trade, cause, i + 1, tape.timeUs(), tape.timeUs()));
      marks[i] = Sequenced.of(i, desk.mark());
      Entry intent = desk.intent();
      intents[i] = Sequenced.of(i, intent);
      Decision decision = Desk.mustApprove(desk.fold(intent));
      desk.settle(decision);
      decisions[i] =
          new GateOutput(
              GateOutput.Kind.DECISION, "firm", decision.seq(), 0, null, decision.toJson(), 0);
    }
  }

  private <T> T sent(TypeSerializer<T> serializer, T record) throws IOException {
    out.clear();
    serializer.serialize(record, out);
    in.setBuffer(out.getSharedBuffer(), 0, out.length());
    return serializer.deserialize(in);
  }

  @Benchmark
  public FrontRow trade() throws IOException {
    return sent(frontRow, trades[next++ & RECORDS - 1]);
  }

  @Benchmark
  public Sequenced mark() throws IOException {
    return sent(sequenced, marks[next++ & RECORDS - 1]);
  }

  @Benchmark
  public Sequenced intent() throws IOException {
    return sent(sequenced, intents[next++ & RECORDS - 1]);
  }

  @Benchmark
  public GateOutput decision() throws IOException {
    return sent(gateOutput, decisions[next++ & RECORDS - 1]);
  }
}
