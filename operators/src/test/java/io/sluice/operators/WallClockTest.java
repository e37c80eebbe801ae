package io.sluice.operators;

import static io.sluice.operators.Scenario.buy;
import static io.sluice.operators.Scenario.intent;
import static io.sluice.operators.Scenario.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Row;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** On the wall clock things happen although nothing comes in. */
class WallClockTest {
  private static final byte[] CONFIGURATION =
      StoredConfiguration.write(
          Pipeline.parse(
              Scenario.CONFIGURATION
                  .replace("\"clock\": \"event\"", "\"clock\": \"wall\"")
                  .replace(", \"latency_ms\": 250", "")));

  private static final long SECOND_MS = 1_000;
  private static final long HOUR_MS = 3_600_000;

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

  private static FrontRow row(long arrivalMs, String json) {
    long us = arrivalMs * 1_000;
    return FrontRow.of(new Row(Scenario.message(json), new Cause("t", 0, arrivalMs, 0), 0, us, us));
  }

  private static List<Message> inputs(
      KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market) {
    List<Message> inputs =
        market.extractOutputValues().stream().map(Sequenced::entry).map(Entry::input).toList();
    market.getOutput().clear();
    return inputs;
  }

  private static Stream<Mark> marks(List<Message> inputs) {
    return inputs.stream().filter(Mark.class::isInstance).map(Mark.class::cast);
  }

  private static String limitBuy(String id, long ms) {
    return intent(id, "a", "V:A", ms * 1_000, "BUY", "0.5", "50", "GTC");
  }

  @Test
  void theRestOfASlotIsMarkedWhenItsSecondIsOver() throws Exception {
    try (var market = market(null)) {
      market.setProcessingTime(10_100);
      market.processElement(row(10_100, trade("V:A", 10_100_000, "100")), 0);
      market.processElement(row(10_200, buy("i", "a", "V:A", 10_200_000)), 0);
      inputs(market);
      market.processElement(row(10_300, trade("V:A", 10_300_000, "100.05")), 0);
      assertThat(inputs(market)).isEmpty();
      market.setProcessingTime(10_999);
      assertThat(inputs(market)).isEmpty();
      market.setProcessingTime(11_000);
      assertThat(marks(inputs(market)))
          .singleElement()
          .satisfies(
              mark -> {
                assertThat(mark.last()).isEqualByComparingTo("100.05");
                assertThat(mark.slotUs()).isEqualTo(11_000_000);
              });
      market.setProcessingTime(20_000);
      assertThat(inputs(market)).isEmpty();
    }
  }

  /** It leaves a dead letter, is not tried again at once, and the next row goes on. */
  @Test
  void aTickOnWhichTheMarketFailsIsLeftOut() throws Exception {
    try (var market = market(null)) {
      market.setProcessingTime(10_100);
      market.processElement(row(10_100, trade("V:B", 10_100_000, "100")), 0);
      market.processElement(row(10_100, trade("V:A", 10_100_000, "100")), 0);
      market.processElement(row(10_200, buy("i", "a", "V:A", 10_200_000)), 0);
      market.processElement(row(10_300, trade("V:A", 10_300_000, "100.05")), 0);
      inputs(market);
      failOnce((MarketState) market.getOperator());
      market.setProcessingTime(11_000);
      assertThat(inputs(market)).isEmpty();
      assertThat(market.getSideOutput(MarketState.DEAD_LETTERS))
          .singleElement()
          .extracting(letter -> new String(letter.getValue().json(), StandardCharsets.UTF_8))
          .asString()
          .contains("\"source\":\"clock\"", "the market of V:A cannot take it in: broken");

      market.setProcessingTime(11_100);
      market.processElement(row(11_100, trade("V:A", 11_100_000, "100.06")), 0);
      assertThat(marks(inputs(market)).map(Mark::last).toList())
          .containsExactly(new java.math.BigDecimal("100.06"));
    }
  }

  /** What it puts out next fails: no input makes a tick do so. */
  private static void failOnce(MarketState market) {
    market.collected =
        new CollectedOutput(new SimpleCounter()) {
          private boolean hasFailed;

          @Override
          public void entry(Entry entry) {
            if (!hasFailed) {
              hasFailed = true;
              throw new IllegalStateException("broken");
            }
            super.entry(entry);
          }
        };
  }

  @Test
  void aRestingOrderEndsAfterItsHourAlsoWhenTheJobWasRestarted() throws Exception {
    OperatorSubtaskState state;
    try (var market = market(null)) {
      market.setProcessingTime(10_000);
      market.processElement(row(10_000, trade("V:A", 10_000_000, "100")), 0);
      market.processElement(row(10_000, limitBuy("i", 10_000)), 0);
      market.prepareSnapshotPreBarrier(1);
      state = market.snapshot(1, 1);
    }
    try (var market = market(state)) {
      market.setProcessingTime(10_000 + HOUR_MS - 1);
      assertThat(inputs(market)).noneMatch(PaperTick.class::isInstance);
      market.setProcessingTime(10_000 + HOUR_MS);
      assertThat(inputs(market))
          .filteredOn(PaperTick.class::isInstance)
          .singleElement()
          .satisfies(
              tick -> assertThat(((PaperTick) tick).status()).isEqualTo(PaperTick.Status.EXPIRED));
    }
  }

  /** Topics are read side by side: what arrived earlier may be read later. */
  @Test
  void aMarketsTimeDoesNotGoBackAndAnIntentKeepsItsArrival() throws Exception {
    try (var market = market(null)) {
      market.setProcessingTime(10_000);
      market.processElement(row(12_500, trade("V:A", 12_500_000, "100")), 0);
      market.processElement(row(10_400, buy("i", "a", "V:A", 10_400_000)), 0);
      List<Message> inputs = inputs(market);
      assertThat(marks(inputs).findFirst().orElseThrow().slotUs()).isEqualTo(12_000_000);
    }
    try (var market = market(null)) {
      market.processElement(row(12_500, trade("V:A", 12_500_000, "100")), 0);
      market.processElement(row(10_400, buy("i", "a", "V:A", 10_400_000)), 0);
      Entry intent =
          market.extractOutputValues().stream()
              .map(Sequenced::entry)
              .filter(entry -> entry.input().kind() == Message.Kind.INTENT)
              .findFirst()
              .orElseThrow();
      assertThat(intent.snapshot().frontTimeUs()).isEqualTo(10_400_000);
    }
  }

  @Test
  void everyGroupHearsTheTimeOnceASlot() throws Exception {
    try (var clock =
        new OneInputStreamOperatorTestHarness<Long, Sequenced>(
            new ProcessOperator<>(new GroupClock(CONFIGURATION)))) {
      clock.setup(EdgeType.SEQUENCED.createSerializer(null));
      clock.open();
      for (long ms : new long[] {12_000, 13_000, 19_999, 20_000, 18_000, 31_500}) {
        clock.processElement(ms * SECOND_MS, 0);
      }
      assertThat(clock.extractOutputValues())
          .extracting(next -> next.group() + " " + next.entry().input().eventTimeUs() / 1_000_000)
          .containsExactly(
              "g1 10",
              "g2 10",
              "g3 10",
              "unassigned 10",
              "g1 20",
              "g2 20",
              "g3 20",
              "unassigned 20",
              "g1 30",
              "g2 30",
              "g3 30",
              "unassigned 30");
    }
  }
}
