package io.sluice.cep;

import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;

/** The operator that {@link FlashCrashEpisode#detect} puts into a job, alone. */
final class EpisodeHarness implements AutoCloseable {
  private KeyedOneInputStreamOperatorTestHarness<String, CrashCandidate, Event> harness;

  private EpisodeHarness() {}

  static EpisodeHarness open() throws Exception {
    return from(null);
  }

  private static EpisodeHarness from(OperatorSubtaskState state) throws Exception {
    EpisodeHarness episodes = new EpisodeHarness();
    episodes.harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operator(), CrashCandidate::key, Types.STRING);
    episodes.harness.setup();
    if (state != null) {
      episodes.harness.initializeState(state);
    }
    episodes.harness.open();
    return episodes;
  }

  @SuppressWarnings("unchecked")
  private static StreamOperatorFactory<Event> operator() throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    CrashCandidate any = FlashCrashEpisodeTest.anyCandidate();
    var candidates = environment.fromData(TypeInformation.of(CrashCandidate.class), any);
    var transformation =
        (OneInputTransformation<CrashCandidate, Event>)
            FlashCrashEpisode.detect(candidates, TypeInformation.of(Event.class))
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
    return from(state);
  }

  List<Event> events() {
    return harness.extractOutputValues();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
