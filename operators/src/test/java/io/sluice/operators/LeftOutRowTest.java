package io.sluice.operators;

import static io.sluice.operators.Scenario.START;
import static io.sluice.operators.Scenario.buy;
import static io.sluice.operators.Scenario.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Row;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** A row on which the front fails would come again after every restart. */
class LeftOutRowTest {
  private static final byte[] PAPER =
      StoredConfiguration.write(Pipeline.parse(Scenario.CONFIGURATION));

  /** More than go by between two stores. */
  private static final int ROWS = 6_000;

  private static KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new MarketState(PAPER), FrontRow::instrument, Types.STRING);
    harness.setup(EdgeType.SEQUENCED.createSerializer(null));
    harness.open();
    return harness;
  }

  private static List<FrontRow> rows() throws Exception {
    List<FrontRow> rows = new ArrayList<>();
    for (InputRecord record : Scenario.random(11, ROWS)) {
      if (record.kind() == InputRecord.Kind.ROW) {
        switch (record.row().message().kind()) {
          case TRADE, QUOTE, INTENT, FILL -> rows.add(FrontRow.of(record.row()));
          default -> {}
        }
      }
    }
    return rows;
  }

  /** A snapshot is no row of an instrument; that is found when the market's time has passed. */
  private static FrontRow unfit(FrontRow after) {
    Message snapshot = Scenario.message(Scenario.snapshot("a", START, "V:A"));
    long laterUs = after.row().orderTimeUs() + 90_000_000L;
    Cause cause = new Cause("t", 3, after.row().number(), 0);
    Row row = new Row(snapshot, cause, after.row().number(), laterUs, laterUs);
    return new FrontRow(after.instrument(), row, null, 0);
  }

  private static <T> List<T> side(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    var out = harness.getSideOutput(tag);
    return out == null ? List.of() : out.stream().map(StreamRecord::getValue).toList();
  }

  private static String text(GateOutput letter) {
    return new String(letter.json(), StandardCharsets.UTF_8);
  }

  @Test
  void itIsADeadLetterAndTheMarketIsWhatItWouldBeWithoutIt() throws Exception {
    try (var straight = market();
        var disturbed = market()) {
      int count = 0;
      for (FrontRow row : rows()) {
        straight.processElement(row, 0);
        disturbed.processElement(row, 0);
        if (++count % 101 == 0) {
          disturbed.processElement(unfit(row), 0);
        }
      }
      assertThat(disturbed.extractOutputValues())
          .extracting(Sequenced::entry)
          .isEqualTo(straight.extractOutputValues().stream().map(Sequenced::entry).toList());
      assertThat(side(disturbed, MarketState.CANDIDATES))
          .isEqualTo(side(straight, MarketState.CANDIDATES))
          .isNotEmpty();
      List<GateOutput> dead = side(disturbed, MarketState.DEAD_LETTERS);
      assertThat(dead).hasSize(count / 101);
      assertThat(text(dead.get(0)))
          .contains("\"source\":\"t\",\"partition\":3,")
          .contains("cannot take it in: a account is no row of an instrument");
      assertThat(side(straight, MarketState.DEAD_LETTERS)).isEmpty();
    }
  }

  /** Else the next failure would take in again whatever has come since the last store. */
  @Test
  void whatCameBeforeIsStoredAtOnce() throws Exception {
    try (var market = market()) {
      List<FrontRow> rows = rows().subList(0, 20);
      for (FrontRow row : rows) {
        market.processElement(row, 0);
      }
      assertThat(market.numKeyedStateEntries()).isZero();
      market.processElement(unfit(rows.get(19)), 0);
      assertThat(market.numKeyedStateEntries()).isPositive();
    }
  }

  @Test
  void anUnknownInstrumentsLeavesNoState() throws Exception {
    try (var market = market()) {
      Row row = unfit(rows().get(0)).row();
      market.processElement(new FrontRow("V:MADE-UP", row, null, 0), 0);
      market.prepareSnapshotPreBarrier(1);
      market.snapshot(1, 1);
      assertThat(market.numKeyedStateEntries()).isZero();
      assertThat(side(market, MarketState.DEAD_LETTERS)).hasSize(1);
    }
  }

  /** They are readable: an intent gets its decision, on a market of which nothing is known. */
  @Test
  void intentsAndFillsGoToTheirGroupWithNothingOfTheMarket() throws Exception {
    Message intent = Scenario.message(buy("i", "b", "V:A", START));
    Message fill =
        Scenario.message(
            """
            {"type":"fill","fill_id":"f","intent_id":"i","account":"b","instrument":"V:A","side":"BUY","qty":"1",
             "price":"100","fee":"0","fee_currency":"USD","event_time_us":1}
            """);
    try (var market = market()) {
      market.processElement(FrontRow.of(row(1, Scenario.message(trade("V:A", START, "100")))), 0);
      market.processElement(FrontRow.of(fromNowhere(intent)), 0);
      market.processElement(FrontRow.of(fromNowhere(fill)), 0);
      List<Entry> entries = market.extractOutputValues().stream().map(Sequenced::entry).toList();
      assertThat(entries).extracting(Entry::input).containsExactly(intent, fill);
      assertThat(entries).extracting(Entry::group).containsOnly("g2");
      Snapshot nothing = entries.get(0).snapshot();
      assertThat(nothing.last()).isNull();
      assertThat(nothing.unwatched()).isTrue();
      assertThat(nothing.frontTimeUs()).isEqualTo(START);
      assertThat(entries.get(1).snapshot()).isNull();
      assertThat(side(market, MarketState.DEAD_LETTERS)).isEmpty();
    }
  }

  /** No record gives such a row; the market fails on it when it is to say what caused its entry. */
  private static Row fromNowhere(Message message) {
    return new Row(message, null, 9, START, START);
  }

  @Test
  void whatTheRouterCannotAddressGoesNowhereInPart() throws Exception {
    try (var router =
        new OneInputStreamOperatorTestHarness<InputRecord, FrontRow>(
            new ProcessOperator<>(new InputRouter(PAPER)))) {
      router.setup(EdgeType.FRONT_ROW.createSerializer(null));
      router.open();
      Message tick = new ClockTick(START);
      router.processElement(InputRecord.of(row(5, tick)), 0);
      router.processElement(
          InputRecord.of(row(6, Scenario.message(trade("V:A", START, "100")))), 0);
      assertThat(router.extractOutputValues()).hasSize(1);
      assertThat(side(router, InputRouter.ENTRIES)).isEmpty();
      assertThat(side(router, InputRouter.DEAD_LETTERS))
          .singleElement()
          .extracting(LeftOutRowTest::text)
          .asString()
          .contains("\"offset\":5")
          .contains("the router cannot take it in: a clock does not come from outside");
    }
  }

  private static Row row(long number, Message message) {
    return new Row(message, new Cause("t", 0, number, 0), number, START + number, START + number);
  }
}
