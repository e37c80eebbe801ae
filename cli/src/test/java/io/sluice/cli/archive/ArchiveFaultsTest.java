package io.sluice.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.live.EmbeddedArchive;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.domain.journal.Decision;
import io.sluice.jobs.kafka.Topic;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ClickHouse goes away, comes back, and lies: every decision is there once, none is missing. */
class ArchiveFaultsTest {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private KafkaBroker broker;
  private ClickHouse clickHouse;
  @TempDir Path folder;
  private int sent;
  private String padding = "too large";

  @BeforeEach
  void start() throws Exception {
    clickHouse = LocalClickHouse.start();
    broker = SharedBroker.get();
  }

  @AfterEach
  void stop() {
    LocalClickHouse.end(clickHouse);
  }

  @Test
  void clickHouseIsKilledAndStoppedAndStartedAgain() throws Exception {
    try (Archive archive = Archive.open(broker, clickHouse, "away");
        EmbeddedArchive job = archive.start(folder)) {
      send(archive, 3_000);
      await(() -> archive.rows("decisions") > 0, "rows");
      clickHouse.kill();
      send(archive, 2_000);
      clickHouse.restart();
      await(() -> archive.rows("decisions") > 3_000, "rows of the time when it was away");
      send(archive, 2_000);
      clickHouse.stop();
      send(archive, 1_000);
      clickHouse.restart();
      everyDecisionIsThereOnce(archive);
    }
  }

  /** The engine ends while it is being sent a batch, of which it has a part. */
  @Test
  void clickHouseDiesInTheMiddleOfABatch() throws Exception {
    try (FlakyProxy proxy = new FlakyProxy(URI.create(clickHouse.url()).getPort());
        Archive archive = through(proxy, "dying");
        EmbeddedArchive job = archive.start(folder)) {
      send(archive, 1_000);
      await(() -> archive.rows("decisions") == sent, "rows");
      proxy.set(FlakyProxy.Mode.HOLD);
      send(archive, 1_000);
      await(() -> proxy.harmed() > 0, "a batch of which the engine has a part");
      clickHouse.kill();
      proxy.set(FlakyProxy.Mode.PASS);
      clickHouse.restart();
      everyDecisionIsThereOnce(archive);
    }
  }

  /**
   * A slow engine slows the job down and does no more: it does not fail, what waits waits in Kafka,
   * and the job holds no more of it than when the engine is fast.
   */
  @Test
  void clickHouseIsSlow() throws Exception {
    try (FlakyProxy proxy = new FlakyProxy(URI.create(clickHouse.url()).getPort());
        Archive archive = through(proxy, "slow");
        EmbeddedArchive job = archive.start(folder)) {
      send(archive, 1_000);
      await(() -> archive.rows("decisions") == sent, "rows");
      long before = usedHeap();
      proxy.set(FlakyProxy.Mode.SLOW);
      padding = "x".repeat(8_000);
      send(archive, 20_000);
      await(() -> proxy.harmed() > 10 && archive.rows("decisions") > 3_000, "rows, slowly");
      long more = usedHeap() - before;
      long waiting = (sent - archive.rows("decisions")) * padding.length();
      assertThat(waiting).as("bytes that wait").isGreaterThan(100_000_000L);
      assertThat(more).as("bytes more on the heap than before").isLessThan(waiting / 2);
      proxy.set(FlakyProxy.Mode.PASS);
      everyDecisionIsThereOnce(archive);
      assertThat(failures(job)).isEmpty();
    }
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** What the job's tasks have failed on, as Flink says. */
  private static List<String> failures(EmbeddedArchive job) {
    URI address = URI.create(job.ui() + "/jobs/" + job.jobId() + "/exceptions");
    try {
      String answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
              .body();
      JsonNode history = new ObjectMapper().readTree(answer).path("exceptionHistory");
      assertThat(history.isObject()).as(answer).isTrue();
      List<String> failures = new ArrayList<>();
      history.path("entries").forEach(entry -> failures.add(entry.toString()));
      return failures;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Archive through(FlakyProxy proxy, String name) {
    return Archive.open(broker, clickHouse, name)
        .through(new ClickHouseSettings(proxy.url(), name, clickHouse.settings(name).properties()));
  }

  @Test
  void batchesAreRefusedCutAndAnsweredInVain() throws Exception {
    try (FlakyProxy proxy = new FlakyProxy(URI.create(clickHouse.url()).getPort());
        Archive archive = through(proxy, "flaky");
        EmbeddedArchive job = archive.start(folder)) {
      send(archive, 1_000);
      await(() -> archive.rows("decisions") == sent, "rows");
      for (FlakyProxy.Mode mode :
          List.of(FlakyProxy.Mode.CUT, FlakyProxy.Mode.LOSE_ANSWER, FlakyProxy.Mode.REFUSE)) {
        proxy.set(mode);
        send(archive, 1_000);
        await(() -> proxy.harmed() >= 3, "requests that come to grief: " + mode);
        proxy.set(FlakyProxy.Mode.PASS);
        await(() -> archive.rows("decisions") == sent, "rows after " + mode);
      }
      everyDecisionIsThereOnce(archive);
    }
  }

  /** So long that tasks fail with rows they cannot write, and again; Flink does not end of it. */
  @Test
  void clickHouseIsAwayForLongerThanASinkTries() throws Exception {
    try (FlakyProxy proxy = new FlakyProxy(URI.create(clickHouse.url()).getPort());
        Archive archive = through(proxy, "long");
        EmbeddedArchive job = archive.start(folder)) {
      proxy.set(FlakyProxy.Mode.REFUSE);
      send(archive, 1_000);
      await(() -> failures(job).size() >= 2, "tasks that fail");
      proxy.set(FlakyProxy.Mode.PASS);
      everyDecisionIsThereOnce(archive);
    }
  }

  /** Not there at the start either: the job waits for it. */
  @Test
  void clickHouseComesLate() throws Exception {
    try (Archive archive = Archive.open(broker, clickHouse, "late")) {
      clickHouse.stop();
      send(archive, 1_000);
      try (EmbeddedArchive job = archive.start(folder)) {
        clickHouse.restart();
        everyDecisionIsThereOnce(archive);
      }
    }
  }

  private void everyDecisionIsThereOnce(Archive archive) {
    await(() -> archive.rows("decisions") >= sent, "all rows");
    assertThat(
            archive.strings(
                "SELECT toString((count(), uniqExact(decision_id), min(seq), max(seq))) FROM decisions FINAL"))
        .containsExactly("(%d,%d,1,%d)".formatted(sent, sent, sent));
    // A materialised view has the rows of an insert a moment after its table.
    await(() -> decisionsByMinute(archive) >= sent, "all rows in the view by minute");
    assertThat(decisionsByMinute(archive)).isEqualTo(sent);
    assertThat(archive.rows("dead_letters")).isZero();
  }

  private static long decisionsByMinute(Archive archive) {
    return Long.parseLong(
        archive
            .strings(
                "SELECT toString(sum(uniqExactMerge)) FROM (SELECT uniqExactMerge(decisions) AS uniqExactMerge FROM decisions_by_minute GROUP BY minute)")
            .get(0));
  }

  private void send(Archive archive, int count) throws Exception {
    List<Future<?>> written = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent++;
      written.add(
          archive.send(
              Topic.RISK_DECISIONS, "firm", decision(sent).getBytes(StandardCharsets.UTF_8)));
    }
    for (Future<?> record : written) {
      record.get();
    }
  }

  private String decision(int seq) {
    return ("{\"type\":\"decision\",\"decision_id\":\"%s\",\"intent_id\":\"i-%d\",\"origin\":\"STRATEGY\",\"group\":\"firm\","
            + "\"account\":\"a\",\"strategy\":\"s\",\"instrument\":\"V:I\",\"action\":\"NEW\",\"side\":\"BUY\",\"order_type\":\"MARKET\","
            + "\"verdict\":\"DENY\",\"approved_qty\":\"0\",\"reasons\":[\"R03\"],\"outcomes\":[{\"rule\":\"R03\",\"outcome\":\"REFUSED\",\"observed\":\"1\",\"limit\":\"0\",\"headroom\":\"-1\",\"permitted\":\"0\",\"why\":\"%s\"}],"
            + "\"limits_version\":1,\"event_time_us\":%d,\"gate_time_us\":%d,\"valid_until_us\":%d,\"seq\":%d,\"sub\":0}")
        .formatted(
            Decision.idOf("a", "i-" + seq),
            seq,
            padding,
            seq * 1_000_000L,
            seq * 1_000_000L,
            seq * 1_000_000L + 5,
            seq);
  }

  private static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (long asked = System.nanoTime(); !holds(condition); asked = System.nanoTime()) {
      if (asked > deadline) {
        throw new AssertionError("not in time: " + what);
      }
      Archive.rest(asked);
    }
  }

  /** ClickHouse may just be coming back. */
  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (IllegalStateException notThere) {
      return false;
    }
  }
}
