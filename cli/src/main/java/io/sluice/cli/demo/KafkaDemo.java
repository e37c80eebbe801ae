package io.sluice.cli.demo;

import io.sluice.cli.live.ClusterGate;
import io.sluice.cli.live.EmbeddedGate;
import io.sluice.cli.live.FlinkProfile;
import io.sluice.cli.live.Latencies;
import io.sluice.cli.live.PacedLines;
import io.sluice.cli.live.PacedLoad;
import io.sluice.cli.live.RunningGate;
import io.sluice.cli.stack.ClusterBuild;
import io.sluice.cli.stack.ClusterPlan;
import io.sluice.cli.stack.FlinkCluster;
import io.sluice.cli.stack.FreePort;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.input.MergedInput;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The demo's second part: the trades and intents of the first once more, through a real Kafka
 * broker; then a gate on the wall clock under a steady load; and what went through in an archive.
 */
public final class KafkaDemo {
  private static final String REPLAYED = "replayed.";
  private static final String LIVE = "live.";
  private static final String VERDICT_KEY = "\"verdict\":\"";
  private static final PacedLines LOAD =
      new PacedLines(
          List.of("BITSTAMP:BTCUSD"), List.of("demo", "demo2"), 800, "0.01", 2_000, 1_000, 18, 8);

  /** The live gate's heap is as large there as it is embedded. */
  private static final Map<String, String> CLUSTER =
      Map.of(
          "taskmanager.memory.process.size", "2g",
          "taskmanager.memory.managed.fraction", "0.0",
          "taskmanager.numberOfTaskSlots", "1");

  private final PrintWriter out;
  private final Path folder;
  private final FlinkProfile profile;
  private final boolean isOnCluster;

  /**
   * @param folder for state, emptied by whoever made it
   * @param isOnCluster whether the live gate runs on a cluster of processes of their own
   */
  public KafkaDemo(PrintWriter out, Path folder, FlinkProfile profile, boolean isOnCluster) {
    this.out = out;
    this.folder = folder;
    this.profile = profile;
    this.isOnCluster = isOnCluster;
  }

  /**
   * Runs both parts.
   *
   * @param decisions the file of decisions that a replay of the same trades and intents wrote
   * @param isKept whether the live gate stays up until the process is interrupted
   * @return whether the decisions were the same, every intent was answered, and what is archived is
   *     whole
   */
  public boolean run(Path trades, Path intents, Path decisions, boolean isKept)
      throws IOException, InterruptedException, ExecutionException {
    try (KafkaBroker broker = KafkaBroker.start()) {
      boolean isSame = replayed(broker, trades, intents, decisions);
      return isSame & live(broker, isKept);
    }
  }

  private boolean replayed(KafkaBroker broker, Path trades, Path intents, Path decisions)
      throws IOException, InterruptedException {
    KafkaSettings kafka = withTopics(broker, REPLAYED);
    load(kafka, trades, intents);
    Configuration risk = ConfigurationFile.packaged();
    try (EmbeddedGate gate =
        EmbeddedGate.bounded(options(new JobConfiguration(risk, kafka), REPLAYED))) {
      gate.awaitEnd(risk.groups().size());
      gate.stop();
    }
    Map<String, String> replayed = new TreeMap<>();
    for (String line : Files.readAllLines(decisions)) {
      replayed.put(idOf(line), line);
    }
    Map<String, String> through = new TreeMap<>();
    TopicReader.readAll(
        kafka,
        Topic.RISK_DECISIONS,
        record -> {
          String line = new String(record.value(), StandardCharsets.UTF_8);
          through.put(idOf(line), line);
        });
    boolean isSame = replayed.equals(through);
    out.printf(
        Locale.ROOT,
        "The same trades and intents through Kafka (a real broker, a process of its own): %,d decisions, %s%n",
        through.size(),
        isSame
            ? "byte for byte those of the replay"
            : "NOT those of the replay, which has %,d".formatted(replayed.size()));
    out.flush();
    return isSame;
  }

  private boolean live(KafkaBroker broker, boolean isKept)
      throws IOException, InterruptedException, ExecutionException {
    KafkaSettings kafka = withTopics(broker, LIVE);
    EmbeddedGate.Options options =
        options(new JobConfiguration(ConfigurationFile.packagedLive().risk(), kafka), LIVE);
    if (isOnCluster) {
      Path jar = ClusterBuild.found().jobJar();
      try (FlinkCluster cluster = cluster();
          RunningGate gate =
              ClusterGate.unbounded(
                  options, cluster.client(), Optional.of(jar), Optional.empty())) {
        out.printf(
            "%nA Flink cluster is up: a job manager and two task managers, a process each; the gate is job %s%n",
            gate.jobId());
        return show(broker, kafka, gate, "http://" + cluster.restAddress(), isKept);
      }
    }
    try (EmbeddedGate gate = EmbeddedGate.unbounded(options)) {
      return show(broker, kafka, gate, gate.ui(), isKept);
    }
  }

  /** They end with this process, however that ends. */
  private FlinkCluster cluster() throws IOException, InterruptedException {
    return FlinkCluster.start(
        ClusterPlan.bound(profile.configuration(CLUSTER), folder.resolve("flink"), 1, 2));
  }

  private boolean show(
      KafkaBroker broker, KafkaSettings kafka, RunningGate gate, String ui, boolean isKept)
      throws IOException, InterruptedException, ExecutionException {
    out.printf(
        Locale.ROOT,
        "%nLive, on the wall clock: %,d intents/s among %,d trades/s for %d s, after %,d slower ones (Flink's web UI: %s)%n",
        LOAD.intentsPerSecond(),
        LOAD.tradesPerSecond(),
        LOAD.seconds() - LOAD.warmUpSeconds(),
        LOAD.intentsPerSecond() * LOAD.warmUpSeconds(),
        ui);
    out.flush();
    Map<String, Integer> verdicts = new ConcurrentHashMap<>();
    PacedLoad.Result result =
        new PacedLoad(kafka, LOAD)
            .run(decision -> verdicts.merge(verdictOf(decision), 1, Integer::sum));
    print(result, new TreeMap<>(verdicts));
    try (ArchiveDemo archive = ArchiveDemo.start(out)) {
      boolean isArchived =
          archive.show(
              broker.settings().withPrefix(REPLAYED), profile.folder(), folder.resolve("archive"));
      if (isKept) {
        out.printf(
            "%nThe gate stays up: Kafka at %s, topics %s*, Flink's web UI at %s.%s Ctrl-C ends it.%n",
            broker.bootstrap(), LIVE, ui, archive.howToAsk());
        out.flush();
        gate.await();
      }
      return result.unanswered() == 0 && isArchived;
    }
  }

  private void print(PacedLoad.Result result, Map<String, Integer> verdicts) {
    out.printf("  %-22s %9s %9s %9s%n", "milliseconds", "p50", "p99", "max");
    row("the broker alone", result.broker());
    row("intent to decision", result.decisions());
    out.printf(
        Locale.ROOT,
        "  every intent answered once: %s; %s%n",
        result.unanswered() == 0 ? "yes" : result.unanswered() + " are NOT answered",
        verdicts);
    out.flush();
  }

  private void row(String what, Latencies latencies) {
    out.printf(
        Locale.ROOT,
        "  %-22s %9.2f %9.2f %9.2f%n",
        what,
        latencies.ms(0.5),
        latencies.ms(0.99),
        latencies.ms(1));
  }

  private EmbeddedGate.Options options(JobConfiguration configuration, String name) {
    return new EmbeddedGate.Options(
        configuration, profile.folder(), folder.resolve(name), 1, FreePort.orAny(0, 0));
  }

  private static KafkaSettings withTopics(KafkaBroker broker, String prefix) {
    KafkaSettings kafka = broker.settings().withPrefix(prefix);
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    return kafka;
  }

  /** Trades as lines of the wire; the intents' lines as they are, those that do not read too. */
  private static void load(KafkaSettings kafka, Path trades, Path intents) throws IOException {
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        MergedInput rows =
            new MergedInput(List.of(new InputFile(trades, InputKind.TRADES, 0, null, null)))) {
      while (rows.advance()) {
        send(producer, kafka.nameOf(Topic.MARKET_TRADES), rows.row().message().toJson());
      }
      for (String line : Files.readAllLines(intents)) {
        send(producer, kafka.nameOf(Topic.STRATEGY_INTENTS), line.getBytes(StandardCharsets.UTF_8));
      }
      producer.flush();
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, byte[] line) {
    producer.send(
        new ProducerRecord<>(topic, "BITSTAMP:BTCUSD".getBytes(StandardCharsets.UTF_8), line));
  }

  private static String idOf(String decision) {
    return field(decision.getBytes(StandardCharsets.UTF_8), "decision_id");
  }

  /**
   * Found, not parsed: whoever reads a thousand decisions a second to time them must not be slow.
   */
  private static String verdictOf(byte[] decision) {
    String head = new String(decision, 0, Math.min(decision.length, 2_048), StandardCharsets.UTF_8);
    int from = head.indexOf(VERDICT_KEY) + VERDICT_KEY.length();
    return head.substring(from, head.indexOf('"', from));
  }

  private static String field(byte[] decision, String name) {
    try {
      return StrictJson.trusted(decision).path(name).textValue();
    } catch (UnreadableException e) {
      throw new IllegalStateException("what Sluice wrote reads back", e);
    }
  }
}
