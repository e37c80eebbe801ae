package io.sluice.operators;

import static io.sluice.operators.Scenario.SECOND;
import static io.sluice.operators.Scenario.START;
import static io.sluice.operators.Scenario.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.scoring.Calibration;
import io.sluice.domain.scoring.Label;
import io.sluice.domain.scoring.Member;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.scoring.ModelFile;
import io.sluice.domain.scoring.PerRegime;
import io.sluice.domain.scoring.Probe;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.scoring.Reference;
import io.sluice.domain.scoring.ReferenceBins;
import io.sluice.domain.scoring.Thresholds;
import io.sluice.domain.scoring.Training;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Row;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.FrontRow;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import io.sluice.scoring.BundleLoader;
import io.sluice.scoring.LightGbmTrainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PUBLISH_MODEL with bundles of real trees, on the event clock and on the wall clock. */
class PublishedModelsTest {
  private static final List<String> FEATURES = List.of("return_1@1s", "spread@tick");
  private static final double[] PROBE = {0.001, Double.NaN};

  @TempDir static Path folder;

  @BeforeAll
  static void train() throws IOException {
    write("1", 10);
    write("2", 40);
    write("bad", 40);
    Path trees = folder.resolve("bad").resolve("pooled.txt");
    Files.writeString(trees, Files.readString(trees).replace("num_leaves=", "num_leaves= "));
  }

  private static void write(String version, int rounds) throws IOException {
    var settings = new LightGbmTrainer.Settings(7, 0.1, 1, 1, 0, 20, rounds, rounds);
    byte[] trees =
        LightGbmTrainer.train(FEATURES, rows(1), rows(2), settings, (round, loss) -> true).model();
    Path bundle = Files.createDirectory(folder.resolve(version));
    Files.write(bundle.resolve("pooled.txt"), trees);
    Model unprobed =
        new BundleLoader("unprobed", name -> trees).loadUnprobed(bundle(version, trees, 0.5));
    var rows = unprobed.newRows();
    System.arraycopy(PROBE, 0, rows.next(), 0, PROBE.length);
    ModelBundle probed = bundle(version, trees, unprobed.probability(rows, null));
    Files.write(bundle.resolve("model.json"), probed.toJson());
  }

  /** What has risen goes on rising, nine times out of ten. */
  private static LightGbmTrainer.Rows rows(long seed) {
    Random random = new Random(seed);
    double[] values = new double[4_000];
    boolean[] isUp = new boolean[2_000];
    for (int i = 0; i < isUp.length; i++) {
      values[2 * i] = random.nextGaussian() / 100;
      values[2 * i + 1] = random.nextDouble();
      isUp[i] = values[2 * i] > 0 == random.nextInt(10) > 0;
    }
    return new LightGbmTrainer.Rows(values, isUp);
  }

  private static ModelBundle bundle(String version, byte[] trees, double probability) {
    ReferenceBins all = new ReferenceBins(new double[0], new double[] {1, 0});
    return new ModelBundle(
        "direction",
        version,
        FEATURES,
        ModelBundle.schemaHash(FEATURES),
        new Label(Label.Kind.FORWARD_RETURN, 5_000_000L, 0),
        List.of(
            new Member(
                "trees",
                Member.Kind.LIGHTGBM,
                new PerRegime<>(new ModelFile("pooled.txt", Sha256.hex(trees)), Map.of()))),
        new PerRegime<>(Map.of("trees", 1.0), Map.of()),
        new Calibration.Identity(),
        new Thresholds(0.5, 0.001, -0.001),
        new Training(0, 1, 1, Map.of()),
        new Reference(List.of(all, all), new double[] {1, 1}, 100),
        new Probe(PROBE, probability));
  }

  private static byte[] configuration(String clock) {
    return StoredConfiguration.write(
        Pipeline.parse(
            Scenario.CONFIGURATION
                .replace("\"clock\": \"event\"", "\"clock\": \"" + clock + "\"")
                .replace(", \"latency_ms\": 250", "")
                .replace(
                    "\"strategies\": [{\"name\": \"momentum\", \"account\": \"a\"}]",
                    "\"features\": {\"intervals\": [\"1s\"]}, \"models\": [{\"name\": \"m\","
                        + " \"bundle\": \""
                        + folder.resolve("1")
                        + "\", \"interval\": \"1s\", \"account\": \"a\"}],"
                        + " \"control\": {\"authority\": \"signed\", \"keys\": "
                        + Signing.KEYS
                        + "}")));
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market(
      String clock, OperatorSubtaskState state, byte[] standing) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new MarketState(configuration(clock), standing), FrontRow::instrument, Types.STRING);
    harness.setup(EdgeType.SEQUENCED.createSerializer(null));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static Row row(long timeUs, String json) {
    return new Row(
        Scenario.message(json), new Cause("t", 0, timeUs, 0), timeUs - START + 1, timeUs, timeUs);
  }

  private static FrontRow traded(int second) {
    long timeUs = START + second * SECOND;
    return FrontRow.of(row(timeUs, trade("V:A", timeUs, String.valueOf(100 + second * 7 % 11))));
  }

  /** What the router sends to the market of V:A. */
  private static FrontRow published(String id, String version, int second, int effective)
      throws Exception {
    Row command = row(START + second * SECOND, publish(id, version, second, effective));
    try (var router =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new InputRouter(configuration("event"))))) {
      router.setup(EdgeType.FRONT_ROW.createSerializer(null));
      router.open();
      router.processElement(InputRecord.of(command), 0);
      List<FrontRow> sent = router.extractOutputValues();
      assertThat(sent).extracting(FrontRow::instrument).containsExactly("V:A", "V:B", "W:C");
      assertThat(router.getSideOutput(InputRouter.ENTRIES)).hasSize(3);
      return sent.get(0);
    }
  }

  private static String publish(String id, String version, int second, int effective)
      throws Exception {
    String digest = Sha256.hex(Files.readAllBytes(folder.resolve(version).resolve("model.json")));
    return Signing.signed(
        "{\"type\":\"control\",\"command_id\":\"%s\",\"command\":\"PUBLISH_MODEL\",\"scope\":\"firm\",\"body\":{\"bundle\":\"%s\",\"model\":\"m\",\"sha256\":\"%s\",\"version\":\"%s\"},\"issued_by\":\"ann\",\"reason\":\"r\",\"event_time_us\":%d,\"effective_at_us\":%d,\"expires_at_us\":null,\"signatures\":[]}"
            .formatted(
                id,
                folder.resolve(version),
                digest,
                version,
                START + second * SECOND,
                START + effective * SECOND));
  }

  private static List<String> side(
      KeyedOneInputStreamOperatorTestHarness<?, ?, ?> market, OutputTag<GateOutput> tag) {
    var out = market.getSideOutput(tag);
    return out == null
        ? List.of()
        : out.stream()
            .map(StreamRecord::getValue)
            .map(output -> new String(output.json(), StandardCharsets.UTF_8))
            .toList();
  }

  private static List<String> versions(List<String> scores) {
    return scores.stream()
        .map(score -> score.replaceAll(".*\"model_version\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** Lets the wall clock's alarms ring until so many events are out. */
  private static void await(
      KeyedOneInputStreamOperatorTestHarness<String, FrontRow, Sequenced> market, int events)
      throws Exception {
    long giveUp = System.nanoTime() + 30_000_000_000L;
    long nowMs = market.getProcessingTime();
    while (side(market, MarketState.EVENTS).size() < events) {
      assertThat(System.nanoTime()).as("no event").isLessThan(giveUp);
      Thread.onSpinWait();
      market.setProcessingTime(nowMs += 1);
    }
  }

  @Test
  void aLiveFrontSaysWhatAReplaySaysAndNothingElse() throws Exception {
    try (var replayed = market("event", null, StoredPublications.NONE);
        var live = market("wall", null, StoredPublications.NONE)) {
      live.setProcessingTime(START / 1_000);
      for (int second = 1; second <= 30; second++) {
        if (second == 4) {
          replayed.processElement(published("c-1", "2", 4, 10), 0);
          live.processElement(published("c-1", "2", 4, 10), 0);
          replayed.processElement(published("c-2", "bad", 4, 20), 0);
          live.processElement(published("c-2", "bad", 4, 20), 0);
        }
        replayed.processElement(traded(second), 0);
        live.processElement(traded(second), 0);
        if (second == 10 || second == 20) {
          await(live, second / 10);
        }
      }
      List<String> scores = side(replayed, MarketState.SCORES);
      assertThat(versions(scores).subList(0, 8)).containsOnly("1");
      assertThat(versions(scores).subList(8, 29)).containsOnly("2");
      List<String> said = side(live, MarketState.SCORES);
      assertThat(scores).containsAll(said);
      assertThat(said).hasSizeGreaterThanOrEqualTo(27);
      assertThat(side(live, MarketState.EVENTS)).isEqualTo(side(replayed, MarketState.EVENTS));
      assertThat(side(live, MarketState.EVENTS).get(0)).contains("MODEL_IN_FORCE");
      assertThat(side(live, MarketState.EVENTS).get(1))
          .contains("MODEL_REFUSED", "\"kept\":\"2\"", "pooled.txt has the SHA-256");
    }
  }

  @Test
  void itTakesOverAtItsTimeAlsoWhenNothingComes() throws Exception {
    try (var live = market("wall", null, StoredPublications.NONE)) {
      live.setProcessingTime(START / 1_000);
      live.processElement(published("c-1", "2", 1, 10), 0);
      live.setProcessingTime(START / 1_000 + 9_999);
      assertThat(side(live, MarketState.EVENTS)).isEmpty();
      await(live, 1);
      assertThat(side(live, MarketState.EVENTS).get(0))
          .contains("MODEL_IN_FORCE", "\"event_time_us\":" + (START + 10 * SECOND));
    }
  }

  @Test
  void aRestartBetweenCommandAndTimeLosesNothing() throws Exception {
    for (String clock : List.of("event", "wall")) {
      OperatorSubtaskState between;
      OperatorSubtaskState after;
      try (var market = market(clock, null, StoredPublications.NONE)) {
        market.setProcessingTime(START / 1_000);
        market.processElement(published("c-1", "2", 1, 6), 0);
        market.processElement(traded(2), 0);
        market.getOperator().prepareSnapshotPreBarrier(1);
        between = market.snapshot(1, 1);
      }
      try (var market = market(clock, between, StoredPublications.NONE)) {
        market.setProcessingTime(START / 1_000 + 2_000);
        // The source goes back: the command comes again.
        market.processElement(published("c-1", "2", 1, 6), 0);
        for (int second = 3; second <= 6; second++) {
          market.processElement(traded(second), 0);
        }
        await(market, 1);
        market.getOperator().prepareSnapshotPreBarrier(2);
        after = market.snapshot(2, 2);
      }
      try (var market = market(clock, after, StoredPublications.NONE)) {
        market.setProcessingTime(START / 1_000 + 7_000);
        market.processElement(traded(7), 0);
        market.processElement(traded(8), 0);
        assertThat(versions(side(market, MarketState.SCORES))).as(clock).containsExactly("2", "2");
        assertThat(side(market, MarketState.EVENTS)).isEmpty();
      }
    }
  }

  @Test
  void aFrontWithoutStateScoresByWhatWasPublished() throws Exception {
    Publications before = new Publications();
    var terms = Pipeline.parse(new String(configuration("event"), StandardCharsets.UTF_8));
    var command = (Command) Scenario.message(publish("c-1", "2", 1, 1));
    assertThat(before.take(terms.control(), command, START + SECOND)).isNotNull();
    try (var market = market("event", null, before.toJson())) {
      for (int second = 2; second <= 4; second++) {
        market.processElement(traded(second), 0);
      }
      assertThat(versions(side(market, MarketState.SCORES))).containsExactly("2", "2");
    }
  }

  /** Which task gets the partition of the commands after a restart nobody knows before. */
  @Test
  void everyRouterKnowsAfterARestartWhichIdsCameBefore() throws Exception {
    String first = publish("c-1", "2", 1, 1);
    OperatorSubtaskState state;
    try (var router = router(null, 1, 0)) {
      router.processElement(InputRecord.of(row(START + SECOND, first)), 0);
      state = router.snapshot(1, 1);
    }
    for (int task = 0; task < 2; task++) {
      try (var router = router(state, 2, task)) {
        router.processElement(InputRecord.of(row(START + SECOND, first)), 0);
        assertThat(command(router).defect()).as("the source has gone back").isNull();
        router.getOutput().clear();
        router.processElement(InputRecord.of(row(START + 2 * SECOND, first)), 0);
        assertThat(command(router).defect()).contains("the command_id was given before");
      }
    }
  }

  private static OneInputStreamOperatorTestHarness<InputRecord, FrontRow> router(
      OperatorSubtaskState state, int parallelism, int task) throws Exception {
    var router =
        new OneInputStreamOperatorTestHarness<InputRecord, FrontRow>(
            new ProcessOperator<>(new InputRouter(configuration("event"))), 4, parallelism, task);
    router.setup(EdgeType.FRONT_ROW.createSerializer(null));
    if (state != null) {
      router.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, 4, 1, parallelism, task));
    }
    router.open();
    return router;
  }

  /** As the market of an instrument gets it; the groups get the same. */
  private static Command command(OneInputStreamOperatorTestHarness<InputRecord, FrontRow> router) {
    Command command = (Command) router.extractOutputValues().get(0).row().message();
    assertThat(router.getSideOutput(InputRouter.ENTRIES))
        .extracting(entry -> entry.getValue().entry().input())
        .last()
        .isEqualTo(command);
    return command;
  }
}
