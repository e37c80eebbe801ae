package io.sluice.operators;

import io.sluice.domain.wire.Trade;
import io.sluice.operators.edge.FrontRow;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Says that something came in: topic, instrument and arrival (epoch microseconds) of a row a second
 * for each instrument, however many there are.
 */
public final class SourcePulse extends ProcessFunction<FrontRow, Tuple3<String, String, Long>> {
  private static final long serialVersionUID = 1L;
  private static final long PULSE_US = 1_000_000L;

  /** So that made-up names do not fill the memory: beyond it all are said again. */
  private static final int MAX_KNOWN = 10_000;

  public static final TypeInformation<Tuple3<String, String, Long>> TYPE =
      Types.TUPLE(Types.STRING, Types.STRING, Types.LONG);

  private transient Map<String, Map<String, Long>> saidUs;

  @Override
  public void open(OpenContext context) {
    saidUs = new HashMap<>();
  }

  @Override
  public void processElement(
      FrontRow front, Context context, Collector<Tuple3<String, String, Long>> out) {
    if (front.row().message() instanceof Trade trade
        && !trade.instrument().equals(front.instrument())) {
      // A trade that another instrument's features look at: nothing was heard of that one.
      return;
    }
    String topic = front.row().cause().source();
    long arrivedUs = front.row().orderTimeUs();
    Map<String, Long> said = saidUs.computeIfAbsent(topic, name -> new HashMap<>());
    Long last = said.get(front.instrument());
    if (last != null && arrivedUs < last + PULSE_US) {
      return;
    }
    if (said.size() >= MAX_KNOWN) {
      said.clear();
    }
    said.put(front.instrument(), arrivedUs);
    out.collect(Tuple3.of(topic, front.instrument(), arrivedUs));
  }
}
