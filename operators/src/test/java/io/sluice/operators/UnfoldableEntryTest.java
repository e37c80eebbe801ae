package io.sluice.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.Configuration.ClockSource;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Trade;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.edge.TopicRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An entry that cannot be folded stands before every gate that reads its topic, for good. */
class UnfoldableEntryTest {
  private static final long DAY_US = 86_400_000_000L;
  private static final byte[] BYTES = "the record".getBytes(StandardCharsets.UTF_8);

  /** More than are folded between two stores. */
  private static final int ROWS = 1_500;

  private List<Sequenced> entries;

  @BeforeEach
  void aLongDay() throws Exception {
    try (Pipeline pipeline = new Pipeline(Scenario.CONFIGURATION, HashMapStateBackend::new, 1)) {
      for (var record : Scenario.random(7, ROWS)) {
        pipeline.add(record);
      }
      entries = List.copyOf(pipeline.entries);
    }
    assertThat(entries).hasSizeGreaterThan(1_000);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Sequenced, GateOutput> gate()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new RiskGate(ClockSource.EVENT), Sequenced::group, Types.STRING);
    harness.setup(EdgeType.GATE_OUTPUT.createSerializer(null));
    harness.open();
    return harness;
  }

  private static List<String> lines(List<GateOutput> outputs) {
    return outputs.stream()
        .filter(output -> output.kind() != GateOutput.Kind.DEAD_LETTER)
        .map(output -> output.kind() + new String(output.json(), StandardCharsets.UTF_8))
        .toList();
  }

  private static List<String> dead(List<GateOutput> outputs) {
    return outputs.stream()
        .filter(output -> output.kind() == GateOutput.Kind.DEAD_LETTER)
        .map(output -> new String(output.json(), StandardCharsets.UTF_8))
        .toList();
  }

  /** Its time, a day ahead, has passed in the state before its input is found to be none. */
  private static Sequenced unfoldable(String group, long clockUs, long offset) {
    Trade trade =
        new Trade("V:A", null, BigDecimal.ONE, BigDecimal.ONE, Aggressor.BUY, clockUs, null);
    Entry entry = new Entry(group, new Cause("t", 0, 1, 0), clockUs + DAY_US, trade, null);
    TopicRecord record = new TopicRecord("risk.inputs", 3, offset, 0, true, group, BYTES);
    return new Sequenced(0, group, clockUs, entry, record);
  }

  @Test
  void itIsADeadLetterAndLeavesNoTrace() throws Exception {
    try (var straight = gate();
        var disturbed = gate()) {
      List<Long> offsets = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        Sequenced next = entries.get(i);
        straight.processElement(next, 0);
        disturbed.processElement(next, 0);
        if (i % 97 == 50 && next.entry() != null) {
          disturbed.processElement(unfoldable(next.group(), next.clockUs(), i), 0);
          offsets.add((long) i);
        }
      }
      assertThat(lines(disturbed.extractOutputValues()))
          .isEqualTo(lines(straight.extractOutputValues()));
      List<String> dead = dead(disturbed.extractOutputValues());
      assertThat(dead).hasSameSizeAs(offsets);
      assertThat(dead.get(0))
          .contains("\"source\":\"risk.inputs\",\"partition\":3,\"offset\":" + offsets.get(0))
          .contains("the gate cannot fold it: a trade is no input of a risk group")
          .contains(java.util.Base64.getEncoder().encodeToString(BYTES));
    }
  }

  /** Else the next one would fold again whatever has come since the last store. */
  @Test
  void whatCameBeforeIsStoredAtOnce() throws Exception {
    try (var gate = gate()) {
      for (Sequenced next : entries.subList(0, 40)) {
        gate.processElement(next, 0);
      }
      assertThat(gate.numKeyedStateEntries()).isZero();
      Sequenced newest = entries.get(39);
      gate.processElement(unfoldable(newest.group(), newest.clockUs(), 5), 0);
      assertThat(gate.numKeyedStateEntries()).isPositive();
    }
  }

  @Test
  void anUnknownGroupsLeavesNoState() throws Exception {
    try (var gate = gate()) {
      gate.processElement(unfoldable("nobody", 1, 5), 0);
      gate.prepareSnapshotPreBarrier(1);
      gate.snapshot(1, 1);
      assertThat(gate.numKeyedStateEntries()).isZero();
      assertThat(dead(gate.extractOutputValues()))
          .singleElement()
          .asString()
          .contains("group nobody got a trade")
          .contains("before its configuration");
    }
  }

  @Test
  void ofAReplayItIsTheEnd() throws Exception {
    try (var gate = gate()) {
      Sequenced next = unfoldable("nobody", 1, 5);
      assertThatThrownBy(() -> gate.processElement(Sequenced.of(1, next.entry()), 0))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aConfigurationForOtherRulesStopsTheGateForGood() throws Exception {
    Entry known = ConfigChunks.entries(Pipeline.parse(Scenario.CONFIGURATION)).get(0);
    ConfigChunk chunk = (ConfigChunk) known.input();
    ConfigChunk later =
        new ConfigChunk(
            chunk.hash(), chunk.chunk(), chunk.chunks(), RuleSet.VERSION + 1, chunk.content());
    TopicRecord record = new TopicRecord("risk.inputs", 0, 0, 0, true, known.group(), BYTES);
    Entry entry = new Entry(known.group(), known.cause(), 1, later, null);
    try (var gate = gate()) {
      assertThatThrownBy(() -> gate.processElement(Sequenced.of(record, entry), 0))
          .isInstanceOf(SuppressRestartsException.class)
          .hasStackTraceContaining("is for rule set " + (RuleSet.VERSION + 1));
    }
  }

  @Test
  void stateOfALaterVersionStopsTheGateForGood() {
    byte[] head = "{\"version\":2}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> new RiskGate(ClockSource.WALL).read("firm", Map.of("head", head)))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("the state of group firm does not read back: it is of version 2")
        .hasStackTraceContaining("restore it with the build that wrote it");
  }
}
