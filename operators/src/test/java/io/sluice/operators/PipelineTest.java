package io.sluice.operators;

import static io.sluice.operators.Scenario.CONFIGURATION;
import static io.sluice.operators.Scenario.SECOND;
import static io.sluice.operators.Scenario.START;
import static io.sluice.operators.Scenario.buy;
import static io.sluice.operators.Scenario.control;
import static io.sluice.operators.Scenario.intent;
import static io.sluice.operators.Scenario.snapshot;
import static io.sluice.operators.Scenario.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the router sends each record, and what market states and gates make of it. */
class PipelineTest {
  private static final long HOUR = 3_600 * SECOND;
  private static final long MIDNIGHT = (START / (24 * HOUR) + 1) * 24 * HOUR;
  private final Scenario scenario = new Scenario();
  private Pipeline pipeline;

  @BeforeEach
  void open() throws Exception {
    pipeline = new Pipeline(CONFIGURATION, HashMapStateBackend::new, 2);
  }

  @AfterEach
  void close() throws Exception {
    pipeline.close();
  }

  @Test
  void theStartConfiguresEveryGroup() throws Exception {
    pipeline.add(InputRecord.start());
    assertThat(pipeline.entries)
        .extracting(Sequenced::group)
        .containsExactly("g1", "g2", "g3", "unassigned");
    assertThat(pipeline.entries).allMatch(next -> next.entry().input() instanceof ConfigChunk);
    assertThat(causes()).hasSize(4);
    assertThat(pipeline.outputs.get("g1").get(0))
        .startsWith("JOURNAL {\"group\":\"g1\",\"seq\":1,");
  }

  @Test
  void aCommandGoesToEveryGroupItTouchesAndAnUnknownScopeToUnassigned() throws Exception {
    assertThat(groupsOf(control("1", "HALT", "firm", "{}", START, null)))
        .containsExactly("g1", "g2", "g3");
    assertThat(groupsOf(control("2", "HALT", "desk:d", "{}", START, null)))
        .containsExactly("g1", "g2");
    assertThat(groupsOf(control("3", "HALT", "account:c2", "{}", START, null)))
        .containsExactly("g3");
    assertThat(groupsOf(control("4", "HALT", "instrument:V:A", "{}", START, null)))
        .containsExactly("g1", "g2", "g3");
    assertThat(groupsOf(control("5", "HALT", "account:nobody", "{}", START, null)))
        .containsExactly("unassigned");
    assertThat(groupsOf(control("6", "HALT", "galaxy", "{}", START, null)))
        .containsExactly("unassigned");
  }

  @Test
  void aVenueConcernsAllGroupsAndAnOrderItsAccounts() throws Exception {
    assertThat(
            groupsOf(
                "{\"type\":\"venue\",\"venue\":\"V\",\"status\":\"DOWN\",\"event_time_us\":1}"))
        .containsExactly("g1", "g2", "g3", "unassigned");
    assertThat(
            groupsOf(
                """
                {"type":"order","intent_id":"i","account":"c2","instrument":"V:A","status":"ACKED","cum_qty":"0","event_time_us":1}
                """))
        .containsExactly("g3");
  }

  @Test
  void aPositionSnapshotSubscribesItsGroupToEachInstrument() throws Exception {
    run(
        trade("V:A", START, "100"),
        trade("W:C", START, "50"),
        snapshot("b", START, "V:A", "W:C", "V:NONE"),
        snapshot("stranger", START, "V:A"));
    assertThat(pipeline.entriesOf("g2").stream().skip(1))
        .extracting(entry -> entry.input().kind() + " " + entry.cause().sub())
        .containsExactly("ACCOUNT 0", "MARK 1", "MARK 2");
    assertThat(pipeline.entriesOf("unassigned")).hasSize(2);
    int before = pipeline.entries.size();
    scenarioAt(START + SECOND, trade("V:A", START + SECOND, "100"));
    scenarioAt(START + SECOND, trade("V:NONE", START + SECOND, "7"));
    assertThat(pipeline.entries.stream().skip(before))
        .extracting(Sequenced::group)
        .containsExactly("g2", "g2");
  }

  @Test
  void aDeadLetterIsPutOutWithItsPlaceAndNothingElse() throws Exception {
    DeadLetter dead = new DeadLetter("f.jsonl", 1, 7, "broken", null, new byte[] {1}, false);
    pipeline.add(InputRecord.start());
    pipeline.add(InputRecord.of(dead, 1));
    assertThat(pipeline.deadLetters())
        .extracting(GateOutput::kind, GateOutput::group, GateOutput::seq, GateOutput::sub)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(GateOutput.Kind.DEAD_LETTER, "f.jsonl", 7L, 1));
    assertThat(pipeline.entries).hasSize(4);
  }

  @Test
  void theEndGivesEachGroupsSummaryAndTheCounts() throws Exception {
    run(trade("V:A", START, "100"), buy("i", "a", "V:A", START));
    List<InputRecord> all = scenario.end();
    pipeline.add(all.get(all.size() - 1));
    assertThat(pipeline.summaries())
        .hasSize(4)
        .anyMatch(json -> json.toString().startsWith("{\"group\":\"g1\",\"seq\":3"));
    assertThat(pipeline.counts().toString()).contains("{\"rows\":1}");
  }

  @Test
  void everyReadableIntentGetsOneDecision() throws Exception {
    run(
        "{\"type\":\"intent\",\"intent_id\":\"1\",\"account\":\"a\"}",
        "{\"type\":\"intent\",\"intent_id\":\"2\",\"account\":\"stranger\",\"instrument\":\"no such\"}",
        buy("3", "c", "V:NONE", START),
        buy("4", "b", "V:A", START),
        buy("4", "b", "V:A", START));
    List<String> decisions = new ArrayList<>();
    pipeline
        .outputs
        .values()
        .forEach(
            lines ->
                lines.stream().filter(line -> line.startsWith("DECISION")).forEach(decisions::add));
    assertThat(decisions).hasSize(4).allMatch(line -> line.contains("\"approved_qty\":\"0\""));
  }

  @Test
  void aMadeUpInstrumentTakesUpNoState() throws Exception {
    for (int i = 0; i < 50; i++) {
      run(buy("i" + i, i % 2 == 0 ? "a" : "stranger", "NO:" + i, START));
    }
    run(trade("V:A", START, "100"));
    pipeline.restart(1);
    assertThat(pipeline.storedMarketKeys()).isEqualTo(1);
  }

  @Test
  void theEventClockTicksAtMidnightAtTheEndOfAHaltAndAtAnExpiry() throws Exception {
    scenarioAt(START, trade("V:A", START, "100"));
    scenarioAt(START, control("h", "HALT", "account:a", "{}", START, START + 600 * SECOND));
    scenarioAt(START + SECOND, buy("i1", "a", "V:A", START + SECOND));
    scenarioAt(START + 601 * SECOND, trade("V:A", START + 601 * SECOND, "100"));
    scenarioAt(START + 601 * SECOND, buy("i2", "a", "V:A", START + 601 * SECOND));
    scenarioAt(MIDNIGHT + 25 * HOUR, trade("V:A", MIDNIGHT + 25 * HOUR, "100"));
    List<String> lines = pipeline.outputs.get("g1");
    assertThat(clockTimes(lines))
        .containsExactly(START + 600 * SECOND, MIDNIGHT, MIDNIGHT + 24 * HOUR);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("DECISION"))
        .satisfiesExactly(
            first -> assertThat(first).contains("\"verdict\":\"HALT\""),
            second -> assertThat(second).doesNotContain("\"verdict\":\"HALT\""));
    assertThat(clockTimes(pipeline.outputs.get("g2")))
        .as("only groups that something comes to")
        .isEmpty();
  }

  @Test
  void aRowAtTheVeryTimeOfACrossingComesAfterItsTick() throws Exception {
    scenarioAt(START, buy("i", "a", "V:A", START));
    scenarioAt(MIDNIGHT, buy("i2", "a", "V:A", MIDNIGHT));
    assertThat(clockTimes(pipeline.outputs.get("g1"))).containsExactly(MIDNIGHT);
  }

  @Test
  void paperTicksComeFromTheMarketOfTheirInstrumentOnly() throws Exception {
    scenarioAt(START, trade("V:A", START, "100"));
    scenarioAt(START, trade("W:C", START, "50"));
    scenarioAt(START, intent("i", "c", "W:C", START, "BUY", "1", "49.5", "GTC"));
    scenarioAt(START + SECOND, trade("V:A", START + SECOND, "1"));
    scenarioAt(START + SECOND, trade("W:C", START + SECOND, "49"));
    assertThat(
            pipeline.entriesOf("g3").stream()
                .map(Entry::input)
                .filter(input -> input.kind() == Message.Kind.PAPER_TICK))
        .hasSize(1);
    assertThat(pipeline.outputs.get("g3").toString())
        .contains("\"status\":\"FILLED\",\"price\":\"49\"");
  }

  private static List<Long> clockTimes(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains("\"input\":{\"type\":\"clock\""))
        .map(
            line ->
                Long.valueOf(
                    line.replaceAll(".*\"type\":\"clock\",\"event_time_us\":(\\d+).*", "$1")))
        .toList();
  }

  private HashSet<String> causes() {
    HashSet<String> causes = new HashSet<>();
    pipeline.entries.forEach(next -> causes.add(next.entry().cause().toString()));
    return causes;
  }

  /** The groups that a line makes entries for, in order. */
  private List<String> groupsOf(String json) throws Exception {
    int before = run();
    run(json);
    return pipeline.entries.stream().skip(before).map(Sequenced::group).toList();
  }

  private int done;

  private int run(String... lines) throws Exception {
    for (String line : lines) {
      scenario.at(START, line);
    }
    feed();
    return pipeline.entries.size();
  }

  private void scenarioAt(long timeUs, String line) throws Exception {
    scenario.at(timeUs, line);
    feed();
  }

  private void feed() throws Exception {
    List<InputRecord> all = scenario.end();
    for (; done < all.size() - 1; done++) {
      pipeline.add(all.get(done));
    }
  }

  @Test
  void aJournalLineHoldsWhatCameInAndTheDecision() throws Exception {
    run(trade("V:A", START, "100"), buy("i", "a", "V:A", START));
    List<String> lines = pipeline.outputs.get("g1");
    String journal = lines.get(lines.size() - 1);
    String decision = lines.get(lines.size() - 2);
    assertThat(journal)
        .startsWith("JOURNAL ")
        .contains("\"decisions\":[" + decision.substring("DECISION ".length()));
  }
}
