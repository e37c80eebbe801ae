package io.sluice.operators;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Router, market states, ordered edge and gates as a job joins them, one record at a time. */
final class Pipeline implements AutoCloseable {
  private static final int MAX_PARALLELISM = 16;

  /** What each group's gate has put out, in order, as kind and JSON. */
  final Map<String, List<String>> outputs = new TreeMap<>();

  final List<CrashCandidate> candidates = new ArrayList<>();
  final List<Sequenced> entries = new ArrayList<>();
  private final Supplier<StateBackend> backend;
  private final Configuration configuration;
  private final OneInputStreamOperatorTestHarness<InputRecord, FrontRow> router;
  private List<KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced>> markets =
      new ArrayList<>();
  private List<KeyedOneInputStreamOperatorTestHarness<String, Sequenced, GateOutput>> gates =
      new ArrayList<>();

  Pipeline(String configuration, Supplier<StateBackend> backend, int parallelism) throws Exception {
    this.configuration = parse(configuration);
    this.backend = backend;
    this.router =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new InputRouter(StoredConfiguration.write(this.configuration))));
    router.setup(EdgeType.FRONT_ROW.createSerializer(null));
    router.open();
    for (int i = 0; i < parallelism; i++) {
      markets.add(market(null, parallelism, parallelism, i));
      gates.add(gate(null, parallelism, parallelism, i));
    }
  }

  static Configuration parse(String json) {
    try {
      return Configuration.parse("test", StrictJson.object(json.getBytes(StandardCharsets.UTF_8)));
    } catch (UnreadableException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets a record through everything. */
  void add(InputRecord record) throws Exception {
    router.processElement(record, record.number());
    List<Sequenced> made = new ArrayList<>(taken(router, InputRouter.ENTRIES));
    for (FrontRow row : router.extractOutputValues()) {
      var market = markets.get(subtask(row.instrument(), markets.size()));
      market.processElement(row, row.row().number());
      made.addAll(market.extractOutputValues());
      market.getOutput().clear();
      candidates.addAll(taken(market, MarketState.CANDIDATES));
    }
    router.getOutput().clear();
    made.sort(Comparator.comparingLong(Sequenced::number).thenComparingInt(Sequenced::sub));
    entries.addAll(made);
    for (Sequenced entry : made) {
      var gate = gates.get(subtask(entry.group(), gates.size()));
      gate.processElement(entry, entry.number());
      for (GateOutput output : gate.extractOutputValues()) {
        outputs
            .computeIfAbsent(output.group(), group -> new ArrayList<>())
            .add(output.kind() + " " + new String(output.json(), StandardCharsets.UTF_8));
      }
      gate.getOutput().clear();
    }
  }

  private static <T> List<T> taken(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    var side = harness.getSideOutput(tag);
    List<T> values = side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
    if (side != null) {
      side.clear();
    }
    return values;
  }

  /** Takes a checkpoint and goes on. */
  void checkpoint() throws Exception {
    for (var market : markets) {
      market.prepareSnapshotPreBarrier(1);
    }
    for (var gate : gates) {
      gate.prepareSnapshotPreBarrier(1);
    }
  }

  /** Takes a checkpoint, stops, and goes on from it at another parallelism. */
  void restart(int parallelism) throws Exception {
    int before = markets.size();
    OperatorSubtaskState marketState = snapshot(markets);
    OperatorSubtaskState gateState = snapshot(gates);
    List<KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced>> newMarkets =
        new ArrayList<>();
    List<KeyedOneInputStreamOperatorTestHarness<String, Sequenced, GateOutput>> newGates =
        new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      newMarkets.add(market(marketState, before, parallelism, i));
      newGates.add(gate(gateState, before, parallelism, i));
    }
    markets = newMarkets;
    gates = newGates;
  }

  private static <I, O> OperatorSubtaskState snapshot(
      List<KeyedOneInputStreamOperatorTestHarness<String, I, O>> subtasks) throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
    for (int i = 0; i < states.length; i++) {
      subtasks.get(i).prepareSnapshotPreBarrier(1);
      states[i] = subtasks.get(i).snapshot(1, 1);
      subtasks.get(i).close();
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return open(
        new MarketState(StoredConfiguration.write(configuration)),
        FrontRow::instrument,
        EdgeType.SEQUENCED,
        state,
        before,
        parallelism,
        subtask);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, Sequenced, GateOutput> gate(
      OperatorSubtaskState state, int before, int parallelism, int subtask) throws Exception {
    return open(
        new RiskGate(configuration.clock()),
        Sequenced::group,
        EdgeType.GATE_OUTPUT,
        state,
        before,
        parallelism,
        subtask);
  }

  private <I, O> KeyedOneInputStreamOperatorTestHarness<String, I, O> open(
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, String> key,
      EdgeType<O> type,
      OperatorSubtaskState state,
      int before,
      int parallelism,
      int subtask)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, key, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
    harness.setStateBackend(backend.get());
    harness.setup(type.createSerializer(null));
    if (state != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, before, parallelism, subtask));
    }
    harness.open();
    return harness;
  }

  private static int subtask(String key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism);
  }

  /** How many parts are stored, of all keys. */
  int storedMarketKeys() {
    return markets.stream()
        .mapToInt(KeyedOneInputStreamOperatorTestHarness::numKeyedStateEntries)
        .sum();
  }

  List<Entry> entriesOf(String group) {
    return entries.stream()
        .filter(entry -> entry.group().equals(group))
        .map(Sequenced::entry)
        .toList();
  }

  List<Object> summaries() {
    List<Object> summaries = new ArrayList<>();
    for (var gate : gates) {
      summaries.addAll(
          (List<?>)
              gate.getOperator()
                  .getRuntimeContext()
                  .getAccumulator(RiskGate.SUMMARIES)
                  .getLocalValue());
    }
    return summaries;
  }

  Object counts() {
    return router
        .getOperator()
        .getRuntimeContext()
        .getAccumulator(InputRouter.COUNTS)
        .getLocalValue();
  }

  List<GateOutput> deadLetters() {
    return taken(router, InputRouter.DEAD_LETTERS);
  }

  @Override
  public void close() throws Exception {
    router.close();
    for (var market : markets) {
      market.close();
    }
    for (var gate : gates) {
      gate.close();
    }
  }
}
