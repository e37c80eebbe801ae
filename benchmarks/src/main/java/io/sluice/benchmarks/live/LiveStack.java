package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A fresh broker with its topics, in a process of its own; and what runs beside it: the gate in
 * another process, exactly as {@code sluice run} starts it, and the market's load in this one.
 */
final class LiveStack implements AutoCloseable {
  /** A feed's producer gathers for as long anyway. */
  private static final Duration TRADE_GRAIN = Duration.ofMillis(5);

  private final KafkaBroker broker;
  private final Path folder;
  private final Path configuration;

  private LiveStack(KafkaBroker broker, Path folder, Path configuration) {
    this.broker = broker;
    this.folder = folder;
    this.configuration = configuration;
  }

  static LiveStack start(String idWindow) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sluice-live-");
    KafkaBroker broker = KafkaBroker.start();
    try (Topics topics = Topics.open(broker.settings())) {
      topics.createMissing();
    }
    Path configuration = LiveDesk.write(folder.resolve("desk.yaml"), broker.bootstrap(), idWindow);
    return new LiveStack(broker, folder, configuration);
  }

  KafkaSettings kafka() {
    return broker.settings();
  }

  /** The broker's process. */
  ProcessHandle broker() {
    return ProcessHandle.of(broker.pid()).orElseThrow();
  }

  Path configuration() {
    return configuration;
  }

  Path folder() {
    return folder;
  }

  /** The gate that is started from now on archives what happens to a database that is migrated. */
  void archiveTo(ClickHouseSettings settings) throws IOException {
    Path password = folder.resolve("clickhouse-password");
    Files.writeString(password, settings.properties().get("password"));
    ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(configuration.toFile());
    tree.putObject("clickhouse")
        .put("url", settings.url())
        .put("database", settings.database())
        .put("user", settings.properties().get("user"))
        .put("password_file", password.toString());
    Files.writeString(configuration, tree.toString());
  }

  /** The gate; it may still be starting. {@code GATE_JFR} names a file to record its JVM into. */
  JavaProcess gate(List<String> options) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    String recording = System.getenv("GATE_JFR");
    if (recording != null) {
      all.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
    }
    JavaProcess gate =
        JavaProcess.start(
            folder.resolve("gate.log"),
            all,
            "io.sluice.cli.Main",
            List.of(
                "run",
                "--config=" + configuration,
                "--profile=low-latency",
                "--parallelism=1",
                "--state=" + folder.resolve("gate")));
    gate.await("gate up");
    return gate;
  }

  void createTopic(String name, int partitions) throws IOException, InterruptedException {
    try (Admin admin = Admin.create(kafka().client())) {
      admin
          .createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IOException("the topic " + name + " cannot be made", e);
    }
  }

  /** Trades at that rate from now on, as a market data feed would write them. */
  OpenLoop market(double perSecond, KafkaProducer<byte[], byte[]> producer) {
    MarketTape tape = new MarketTape();
    String topic = kafka().nameOf(Topic.MARKET_TRADES);
    return OpenLoop.start(
        "market-load",
        perSecond,
        Long.MAX_VALUE,
        TRADE_GRAIN,
        n -> {
          var trade = tape.next(System.currentTimeMillis() * 1_000);
          producer.send(new ProducerRecord<>(topic, key(trade.instrument()), trade.toJson()));
        });
  }

  /** A feed's producer: what comes within some milliseconds goes out together. */
  KafkaProducer<byte[], byte[]> feed() {
    Properties properties = kafka().producer();
    properties.put("linger.ms", "5");
    properties.put("batch.size", String.valueOf(128 << 10));
    properties.put("buffer.memory", String.valueOf(64 << 20));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Options as a shell would split them. */
  static List<String> options(String line) {
    return Arrays.stream(line.split(" ")).filter(option -> !option.isBlank()).toList();
  }

  @Override
  public void close() throws IOException {
    broker.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
