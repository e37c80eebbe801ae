package io.sluice.operators;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.SourceWatch;
import io.sluice.operators.edge.GateOutput;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Hears the pulses of all sources and the time, and puts out an event where a source of market data
 * has gone silent or is so no longer. It keeps no state: a start is a start.
 */
public final class SilenceWatch
    extends CoProcessFunction<Tuple3<String, String, Long>, Long, GateOutput> {
  private static final long serialVersionUID = 1L;

  private final Set<String> topics;
  private final byte[] storedConfiguration;
  private transient long boundUs;
  private transient SourceWatch watch;

  /**
   * @param topics of market data
   */
  public SilenceWatch(Set<String> topics, byte[] storedConfiguration) {
    this.topics = Set.copyOf(topics);
    this.storedConfiguration = storedConfiguration;
  }

  @Override
  public void open(OpenContext context) {
    Configuration configuration = StoredConfiguration.read(storedConfiguration);
    boundUs = configuration.maxSourceSilenceUs();
    watch = new SourceWatch(topics, configuration.instruments().keySet(), boundUs);
  }

  @Override
  public void processElement1(
      Tuple3<String, String, Long> pulse, Context context, Collector<GateOutput> out) {
    watch.heard(pulse.f0, pulse.f1, pulse.f2);
  }

  /**
   * @param nowUs the time, epoch microseconds
   */
  @Override
  public void processElement2(Long nowUs, Context context, Collector<GateOutput> out) {
    for (SourceWatch.Change change : watch.at(nowUs)) {
      out.collect(GateOutput.of(null, event(change, nowUs)));
    }
  }

  private Event event(SourceWatch.Change change, long nowUs) {
    String scope =
        change.topic() == null ? "instrument:" + change.instrument() : "topic:" + change.topic();
    byte[] detail =
        new JsonWriter()
            .beginObject()
            .name("age_ms")
            .value(change.ageUs() / 1_000)
            .name("bound_ms")
            .value(boundUs / 1_000)
            .name("last_us")
            .value(change.lastUs())
            .endObject()
            .toBytes();
    return Event.observed(
        change.isSilent() ? Event.Type.DATA_STALE : Event.Type.DATA_FRESH,
        scope,
        change.instrument(),
        severity(change),
        nowUs,
        detail);
  }

  /** What has never been heard of may just not be in use; what has stopped did not. */
  private static Event.Severity severity(SourceWatch.Change change) {
    if (!change.isSilent()) {
      return Event.Severity.INFO;
    }
    return change.lastUs() == null ? Event.Severity.WARNING : Event.Severity.ERROR;
  }
}
