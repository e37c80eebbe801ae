package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.domain.journal.Verifier;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on a real broker. */
class LiveGateTest {
  private static KafkaBroker broker;
  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SharedBroker.get();
  }

  @Test
  void anIntentIsAnsweredAndTheJournalVerifies() throws Exception {
    try (Desk desk = Desk.open(broker.settings().withPrefix("answer."));
        EmbeddedGate gate = EmbeddedGate.unbounded(desk.options(folder, 1))) {
      desk.trade("100");
      int sent = desk.intentsUntilOneIsAllowed();
      Desk.awaitThat(() -> decisionsThatVerify(desk) == sent, "a journal line for each decision");
      assertThat(folder.resolve("tmp")).isNotEmptyDirectory();
    }
    assertThat(folder.resolve("tmp")).as("what Flink needed while it ran").doesNotExist();
  }

  /** What Flink leaves when it is killed is cleared away by the next start. */
  @Test
  void whatAKilledGateLeftIsClearedAway() throws Exception {
    Path left = Files.createDirectories(folder.resolve("tmp/minicluster")).resolve("a.jar");
    Files.writeString(left, "left");
    try (Desk desk = Desk.open(broker.settings().withPrefix("left."));
        EmbeddedGate gate = EmbeddedGate.unbounded(desk.options(folder, 1))) {
      assertThat(left).doesNotExist();
      assertThat(gate.jobId()).isNotEmpty();
    }
  }

  private static long decisionsThatVerify(Desk desk) {
    Verifier verifier = Verifier.ofTopic();
    for (byte[] line : desk.all(Topic.RISK_JOURNAL)) {
      assertThat(verifier.check(line)).isNull();
    }
    return verifier.decisions();
  }

  /** What Flink's REST interface lists is what a Prometheus reporter would give. */
  @Test
  void everyMetricIsDocumented() throws Exception {
    try (Desk desk = Desk.open(broker.settings().withPrefix("metrics."));
        EmbeddedGate gate = EmbeddedGate.unbounded(desk.options(folder, 1))) {
      desk.trade("100");
      desk.intent("i-1", "1");
      desk.await(Topic.RISK_DECISIONS, 1);
      Set<String> names = new TreeSet<>();
      Desk.awaitThat(
          () -> {
            names.addAll(ownMetrics(gate));
            return names.contains("seq") && names.contains("futureStamps");
          },
          "metrics of gate and front");
      assertThat(names).isEqualTo(documentedMetrics());
      Desk.awaitThat(
          () ->
              values(gate, "decisionLatencyMs_max").stream()
                  .anyMatch(ms -> Double.parseDouble(ms) > 0),
          "the latency of the decision that was written");
      for (String source : List.of("market", "orders", "risk")) {
        Desk.awaitThat(() -> saysHowFarBehindItIs(gate, source), "the lag of " + source);
      }
    }
  }

  /** Whether a source says how many records it has not read. */
  private static boolean saysHowFarBehindItIs(EmbeddedGate gate, String source) {
    return ids(gate).values().stream()
        .anyMatch(id -> id.contains(source) && id.endsWith(".pendingRecords"));
  }

  private static Set<String> ownMetrics(EmbeddedGate gate) {
    Set<String> names = new TreeSet<>();
    for (String id : ownIds(gate).values()) {
      // A histogram is listed with a name for each of its figures.
      names.add(id.replaceAll("(decisionLatencyMs)_.*", "$1").replaceAll(".*\\.", ""));
    }
    return names;
  }

  /** The ids of Sluice's own metrics, by where they are asked for. */
  private static Map<String, String> ownIds(EmbeddedGate gate) {
    Map<String, String> own = ids(gate);
    own.values().removeIf(id -> !id.contains(".sluice."));
    return own;
  }

  private static Map<String, String> ids(EmbeddedGate gate) {
    Map<String, String> ids = new TreeMap<>();
    String job = gate.ui() + "/jobs/" + gate.jobId();
    for (JsonNode vertex : get(job).path("vertices")) {
      String metrics = job + "/vertices/" + vertex.path("id").textValue() + "/metrics";
      for (JsonNode metric : get(metrics)) {
        String id = metric.path("id").textValue();
        ids.put(metrics + "?get=" + URLEncoder.encode(id, StandardCharsets.UTF_8), id);
      }
    }
    return ids;
  }

  private static List<String> values(EmbeddedGate gate, String name) {
    List<String> values = new ArrayList<>();
    ownIds(gate)
        .forEach(
            (url, id) -> {
              if (id.endsWith(name)) {
                values.add(get(url).path(0).path("value").asText());
              }
            });
    return values;
  }

  private static JsonNode get(String url) {
    try {
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> documentedMetrics() throws IOException {
    String page = Files.readString(Path.of("../docs/live.md"));
    Matcher rows =
        Pattern.compile("(?m)^\\| `([^`]+)` \\|")
            .matcher(page.substring(page.indexOf("## Metrics")));
    return new TreeSet<>(rows.results().map(row -> row.group(1)).toList());
  }
}
