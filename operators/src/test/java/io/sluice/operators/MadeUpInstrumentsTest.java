package io.sluice.operators;

import static io.sluice.operators.Scenario.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.market.UnlistedInstruments;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Row;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.Sequenced;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Who makes up instruments takes up no more than a bounded part of the front's memory. */
class MadeUpInstrumentsTest {
  private static final byte[] CONFIGURATION =
      StoredConfiguration.write(Pipeline.parse(Scenario.CONFIGURATION));
  private static final int PLACES = UnlistedInstruments.PLACES;

  /** Longer than a silent one has a place when another one comes. */
  private static final long LONG_US = 4 * 3_600_000_000L;

  private long offset;

  private static KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new MarketState(CONFIGURATION), FrontRow::instrument, Types.STRING);
    harness.setup(EdgeType.SEQUENCED.createSerializer(null));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private Row row(Message message, long atUs) {
    return new Row(message, new Cause("t", 0, offset++, 0), offset, atUs, atUs);
  }

  private void trade(
      KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market,
      String instrument,
      long atUs)
      throws Exception {
    Message trade = Scenario.message(Scenario.trade(instrument, atUs, "100"));
    market.processElement(new FrontRow(instrument, row(trade, atUs), null, 0), 0);
  }

  /** A position of a configured account: its group wants the marks. */
  private void want(
      KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market, String instrument)
      throws Exception {
    Message snapshot = Scenario.message(Scenario.snapshot("a", START, instrument));
    market.processElement(new FrontRow(instrument, row(snapshot, START), "g1", 1), 0);
  }

  private static OperatorSubtaskState snapshot(
      KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market) throws Exception {
    market.prepareSnapshotPreBarrier(1);
    return market.snapshot(1, 1);
  }

  private int stored(KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market)
      throws Exception {
    market.prepareSnapshotPreBarrier(1);
    return market.numKeyedStateEntries();
  }

  @Test
  void aStormOfNamesLeavesABoundedState() throws Exception {
    try (var market = market(null)) {
      for (int i = 0; i < PLACES; i++) {
        trade(market, "V:MADE-UP-" + i, START + i);
      }
      int full = stored(market);
      for (int i = PLACES; i < 1_000; i++) {
        trade(market, "V:MADE-UP-" + i, START + i);
      }
      assertThat(stored(market)).isEqualTo(full);

      trade(market, "V:A", START + 1_000);
      int withListed = stored(market);
      assertThat(withListed).isGreaterThan(full);
      // Their time is over: others take their places, one for one.
      for (int i = 0; i < 3 * PLACES; i++) {
        trade(market, "V:LATER-" + i, START + LONG_US + i);
      }
      assertThat(stored(market)).isEqualTo(withListed);
    }
  }

  @Test
  void whatAGroupHasAPositionInIsServedAllTheSame() throws Exception {
    OperatorSubtaskState state;
    try (var market = market(null)) {
      for (int i = 0; i < 2 * PLACES; i++) {
        trade(market, "V:MADE-UP-" + i, START + i);
      }
      want(market, "V:HELD");
      assertThat(market.extractOutputValues()).isEmpty();
      trade(market, "V:HELD", START + 1_000);
      assertThat(market.extractOutputValues()).hasSize(1);
      state = snapshot(market);
    }
    try (var market = market(state)) {
      trade(market, "V:HELD", START + 2_000_000);
      assertThat(market.extractOutputValues()).hasSize(1);
      int full = stored(market);
      trade(market, "V:NEW", START + 2_000_000);
      assertThat(stored(market)).as("places are known after a restart").isEqualTo(full);
      trade(market, "V:NEW", START + LONG_US);
      assertThat(stored(market)).isEqualTo(full);
      market.extractOutputValues();
      trade(market, "V:HELD", START + LONG_US + 2_000_000);
      assertThat(market.extractOutputValues()).hasSize(2);
    }
  }
}
