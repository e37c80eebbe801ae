package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cep.FlashCrashEpisode;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.GateOutput;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A match of a pattern that was half open when its state was stored, by an earlier build, is
 * completed by this one: the pattern's uid is the same, and so is what is stored under it.
 */
class StoredMatchTest {
  private static final Path STORED = Path.of("src/test/resources/matches/flash-crash-1.snapshot");
  private static final long FIRST_US = 1_700_000_000_000_000L;
  private static final long LATER_US = FIRST_US + 11_000_000;

  private static CrashCandidate candidate(long stampUs) {
    return new CrashCandidate(
        "TEST:AAAUSD",
        new CrashRule(10_000, new BigDecimal("0.02")),
        new Cause("market.trades", 0, stampUs, 0),
        stampUs,
        stampUs,
        0.03,
        new BigDecimal("100"),
        new BigDecimal("97"));
  }

  @SuppressWarnings("unchecked")
  private static KeyedOneInputStreamOperatorTestHarness<String, CrashCandidate, Event> harness()
      throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    var candidates = environment.fromData(EdgeType.CRASH_CANDIDATE, candidate(0));
    var pattern =
        (OneInputTransformation<CrashCandidate, Event>)
            FlashCrashEpisode.detect(
                    candidates,
                    EdgeType.EVENT,
                    new OutputTag<>("dead", EdgeType.GATE_OUTPUT),
                    GateOutput::of)
                .getTransformation();
    StreamOperatorFactory<Event> factory = pattern.getOperatorFactory();
    return new KeyedOneInputStreamOperatorTestHarness<>(factory, CrashCandidate::key, Types.STRING);
  }

  static Stream<StateBackend> backends() {
    return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void isCompletedAfterRestore(StateBackend backend) throws Exception {
    if (SnapshotFile.isRecording() && Files.notExists(STORED)) {
      store();
    }
    try (var harness = harness()) {
      harness.setStateBackend(backend);
      harness.setup();
      harness.initializeState(OperatorSnapshotUtil.readStateHandle(STORED.toString()));
      harness.open();
      harness.processElement(candidate(LATER_US), 2);
      assertThat(harness.extractOutputValues())
          .as(
              "A stored match was lost: whoever changes the pattern, its stages' names or the form"
                  + " of its candidates gives it another uid, and says in docs/upgrades.md that"
                  + " half-open matches are lost")
          .extracting(Event::eventTimeUs)
          .containsExactly(LATER_US);
    }
  }

  /** Without what was stored the same candidate is only the beginning of a match. */
  @Test
  void isNoneWithoutWhatWasStored() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(candidate(LATER_US), 2);
      assertThat(harness.extractOutputValues()).isEqualTo(List.of());
    }
  }

  private static void store() throws Exception {
    Files.createDirectories(STORED.getParent());
    try (var harness = harness()) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend());
      harness.open();
      harness.processElement(candidate(FIRST_US), 1);
      OperatorSubtaskState state =
          harness
              .snapshotWithLocalState(1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
              .getJobManagerOwnedState();
      OperatorSnapshotUtil.writeStateHandle(state, STORED.toString());
    }
  }
}
