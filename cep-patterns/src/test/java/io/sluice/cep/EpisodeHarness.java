package io.sluice.cep;

import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.wire.DeadLetter;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;

/** The operator that {@link FlashCrashEpisode#detect} puts into a job, alone. */
final class EpisodeHarness implements AutoCloseable {
  private static final OutputTag<String> DEAD = new OutputTag<>("dead", Types.STRING);

  private KeyedOneInputStreamOperatorTestHarness<String, CrashCandidate, Event> harness;

  private EpisodeHarness() {}

  static EpisodeHarness open() throws Exception {
    return from(null, FlashCrashEpisode::event);
  }

  /** One that makes its events otherwise. */
  static EpisodeHarness open(SerializableFunction<CrashCandidate, Event> asEvent) throws Exception {
    return from(null, asEvent);
  }

  private static EpisodeHarness from(
      OperatorSubtaskState state, SerializableFunction<CrashCandidate, Event> asEvent)
      throws Exception {
    EpisodeHarness episodes = new EpisodeHarness();
    episodes.harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator(asEvent), CrashCandidate::key, Types.STRING);
    episodes.harness.setup();
    if (state != null) {
      episodes.harness.initializeState(state);
    }
    episodes.harness.open();
    return episodes;
  }

  @SuppressWarnings("unchecked")
  private static StreamOperatorFactory<Event> operator(
      SerializableFunction<CrashCandidate, Event> asEvent) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    CrashCandidate any = FlashCrashEpisodeTest.anyCandidate();
    var candidates = environment.fromData(TypeInformation.of(CrashCandidate.class), any);
    var transformation =
        (OneInputTransformation<CrashCandidate, Event>)
            FlashCrashEpisode.detect(
                    candidates, TypeInformation.of(Event.class), DEAD, DeadLetter::reason, asEvent)
                .getTransformation();
    StreamOperatorFactory<Event> factory = transformation.getOperatorFactory();
    return factory instanceof SimpleOperatorFactory<Event>
        ? InstantiationUtil.clone(factory)
        : factory;
  }

  /** A candidate of the row with this number, all of which have come. */
  void add(CrashCandidate candidate, long number) throws Exception {
    harness.processElement(candidate, number);
  }

  void passed(long number) throws Exception {
    harness.processWatermark(number);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  /** What goes on from a checkpoint that is taken now; this one is closed. */
  EpisodeHarness restored() throws Exception {
    OperatorSubtaskState state = snapshot();
    close();
    return from(state, FlashCrashEpisode::event);
  }

  /** Why candidates were left out. */
  List<String> leftOut() {
    var letters = harness.getSideOutput(DEAD);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  List<Event> events() {
    return harness.extractOutputValues();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
