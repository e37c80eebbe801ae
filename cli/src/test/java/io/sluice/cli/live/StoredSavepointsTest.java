package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.jobs.Checkpoints;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever an earlier build has left is restored by this one, on the other state backend and at
 * another parallelism: everything that stood in it is there, and the gate goes on from it as a fold
 * does that had never stopped.
 */
class StoredSavepointsTest {
  private static KafkaBroker broker;
  @TempDir Path folder;

  /** All of them, or of each build one: made on the heap and on RocksDB by turns. */
  static Stream<StoredSavepoint> stored() throws IOException {
    List<StoredSavepoint> all = StoredSavepoint.all(false);
    return IntStream.range(0, all.size())
        .filter(i -> Boolean.getBoolean("sluice.long") || all.get(i).isOfHeap() == i % 4 > 1)
        .mapToObj(all::get);
  }

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SharedBroker.get();
  }

  @ParameterizedTest
  @MethodSource("stored")
  void isRestored(StoredSavepoint stored) throws Exception {
    Map<String, GroupState> before = new TreeMap<>();
    GateStates.read(stored.folder().toAbsolutePath())
        .forEach((group, parts) -> before.put(group, StoredParts.readWhole(group, parts)));
    assertThat(before).containsKeys("first", "second", "third");
    everythingIsThere(before);

    KafkaSettings kafka = broker.settings().withPrefix(stored.prefix());
    try (Desk desk = Desk.open(kafka)) {
      stored.fill(kafka);
      EmbeddedGate.Options options =
          UpgradeScenario.options(
              folder,
              StoreSavepointTest.profile(folder, stored.otherBackend()),
              kafka,
              stored.otherParallelism());
      stored.putInto(options.folder());
      try (EmbeddedGate gate = EmbeddedGate.unbounded(options)) {
        new UpgradeScenario(desk).after(before.get("first").gateTimeUs());
        gate.stop();
      }
      Map<String, Map<String, String>> after =
          GateStates.read(
              Checkpoints.newestIn(LiveJob.checkpointsIn(options.folder())).orElseThrow());
      itWentOn(after, decisions(desk));
      StoredParts.requireAsOneThatNeverStopped(after, before, kafka, desk);
    }
  }

  /**
   * A job that has lost its other operators: what they knew is not dropped unless that is meant.
   */
  @Test
  void stateThatNobodyClaimsIsRefused() throws IOException {
    Path savepoint = stored().findFirst().orElseThrow().folder().toAbsolutePath();
    assertThatThrownBy(() -> GateStates.read(savepoint, false))
        .hasStackTraceContaining("--allowNonRestoredState");
  }

  /** Two operators are added, one with state; one stays; all others go, and what they knew. */
  @Test
  void operatorsComeWithoutStateAndGoWithTheirsWhereThatIsMeant() throws Exception {
    Path savepoint = stored().findFirst().orElseThrow().folder().toAbsolutePath();
    assertThat(GateStates.read(savepoint, true)).containsKeys("first", "second", "third");
  }

  private static void everythingIsThere(Map<String, GroupState> states) {
    AccountBook a1 = states.get("first").book("a1");
    assertThat(a1.holding(UpgradeScenario.A).position().qty()).isEqualByComparingTo("50.2");
    assertThat(a1.holding(UpgradeScenario.A).buyQty()).as("reserved").isEqualByComparingTo("0.3");
    assertThat(a1.cash()).isEqualByComparingTo("99980");
    assertThat(states.get("first").aggregates().peakEquity(Scope.account("a1"))).isPositive();
    assertThat(states.get("first").book("a2").lossesInARow()).isEqualTo(2);
    assertThat(states.get("first").counters().duplicateIntents()).isEqualTo(1);
    assertThat(states.get("third").aggregates().haltedBy(Scope.account("c"))).isEqualTo("c-1");
    GroupState second = states.get("second");
    assertThat(second.book("b").holding(UpgradeScenario.A).position().qty())
        .isEqualByComparingTo("5");
  }

  private static Map<String, JsonNode> decisions(Desk desk) {
    Map<String, JsonNode> decisions = new TreeMap<>();
    for (byte[] line : desk.all(Topic.RISK_DECISIONS)) {
      JsonNode decision = Desk.json(line);
      decisions.put(decision.path("intent_id").asText(), decision);
    }
    return decisions;
  }

  private static void itWentOn(
      Map<String, Map<String, String>> after, Map<String, JsonNode> decisions) {
    Map<String, GroupState> states = new TreeMap<>();
    after.forEach((group, parts) -> states.put(group, StoredParts.read(group, parts)));
    GroupState first = states.get("first");
    assertThat(first.book("a1").holding(UpgradeScenario.A).position().qty())
        .as("the rest of the order was filled")
        .isEqualByComparingTo("50.5");
    assertThat(first.book("a2").lossesInARow()).as("two before, one after").isEqualTo(3);
    assertThat(first.aggregates().breach(LimitKey.MAX_CONSECUTIVE_LOSSES, Scope.account("a2")))
        .isNotNull();
    assertThat(decisions.get("after-4").path("verdict").asText()).isEqualTo("HALT");
    assertThat(decisions.get("after-3").path("verdict").asText()).isEqualTo("HALT");
    assertThat(outcome(decisions.get("after-2"), "R03").path("limit").asText())
        .as("the limit that the command has set")
        .isEqualTo("1.5");
    assertThat(new BigDecimal(decisions.get("after-2").path("approved_qty").asText()))
        .isLessThanOrEqualTo(new BigDecimal("1.5"));
  }

  private static JsonNode outcome(JsonNode decision, String rule) {
    for (JsonNode outcome : decision.path("outcomes")) {
      if (outcome.path("rule").asText().equals(rule)) {
        return outcome;
      }
    }
    throw new AssertionError("no " + rule + " in " + decision);
  }
}
