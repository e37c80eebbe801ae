package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.domain.config.Configuration;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.input.Input;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.input.InputPartition;
import io.sluice.jobs.input.KafkaInputs;
import io.sluice.jobs.input.MergedInput;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.replay.Replay;
import io.sluice.jobs.replay.ReplayOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bounded run over the topics of a real broker decides as a replay of the same lines does. */
class BoundedKafkaTest {
  private static final Map<String, Topic> TOPICS =
      Map.of(
          "--trades", Topic.MARKET_TRADES,
          "--quotes", Topic.MARKET_QUOTES,
          "--intents", Topic.STRATEGY_INTENTS,
          "--fills", Topic.EXECUTION_FILLS,
          "--orders", Topic.EXECUTION_ORDERS,
          "--accounts", Topic.ACCOUNT_UPDATES,
          "--control", Topic.CONTROL_COMMANDS);

  private static KafkaBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    broker = SharedBroker.get();
  }

  @AfterAll
  static void stop() {}

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decisionsAreThoseOfAReplay(boolean isPaper) throws Exception {
    List<String> arguments = Scenario.write(11, folder, isPaper, 2_000);
    Path configuration = Path.of(arguments.get(arguments.indexOf("--config") + 1));

    Results results =
        runBoth(ConfigurationFile.read(configuration), byTopic(arguments), isPaper + ".");
    assertThat(results.decisions().size()).isGreaterThan(100);
    assertThat(results.deadLetters().size()).isGreaterThan(10);
  }

  /** With everything that the front makes of the market beside them. */
  @Test
  void builtInStrategiesWishForTheSame() throws Exception {
    Random random = new Random(7);
    double price = 800;
    List<byte[]> trades = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      price *= Math.exp(random.nextGaussian() * 0.002);
      String trade =
          """
          {"type":"trade","instrument":"BITSTAMP:BTCUSD","price":"%.2f","qty":"1","aggressor":"BUY","event_time_us":%d}"""
              .formatted(price, Scenario.START + i * 10_000_000L);
      trades.add(trade.getBytes(StandardCharsets.UTF_8));
    }

    Results results =
        runBoth(
            ConfigurationFile.read(everythingOn()),
            Map.of(Topic.MARKET_TRADES, List.of(trades)),
            "strategies.");
    assertThat(results.decisions())
        .extracting(decision -> decision.path("intent_id").textValue())
        .hasSizeGreaterThan(10)
        .allMatch(id -> id.matches("sluice:[a-z-]+:BITSTAMP:BTCUSD:17[0-9]{14}:0"));
    assertThat(results.events("REGIME")).hasSizeGreaterThan(2);
    assertThat(results.text("bars.jsonl"))
        .isEqualTo(new Results(folder.resolve("files")).text("bars.jsonl"));
  }

  private Path everythingOn() throws IOException {
    String demo = Files.readString(Path.of("../jobs/src/main/resources/io/sluice/jobs/demo.yaml"));
    return Files.writeString(folder.resolve("all.yaml"), demo + RegimeReplayTest.ALL);
  }

  @Test
  void aModelOfTopicsIsThatOfFiles() throws Exception {
    Path file = SwingingTrades.write(folder.resolve("trades.csv"), 5_000, 10);
    List<byte[]> lines = new ArrayList<>();
    try (MergedInput trades =
        new MergedInput(List.of(new InputFile(file, InputKind.TRADES, 0, null, null)))) {
      while (trades.advance()) {
        lines.add(trades.row().message().toJson());
      }
    }
    KafkaSettings kafka = broker.settings().withPrefix("trained.");
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    write(kafka, Map.of(Topic.MARKET_TRADES, List.of(lines)));
    String live =
        """
        accounts: [{id: a, profile: guarded, currency: USD}]
        kafka: {bootstrap: "%s", topic_prefix: trained.}
        """
            .formatted(broker.bootstrap());
    Path configuration = Files.writeString(folder.resolve("live.yaml"), live);
    String ofFiles = trained("--trades", file, "--config", configuration);
    assertThat(trained("--kafka", "--config", configuration)).isEqualTo(ofFiles);
  }

  /** The version of the model that comes of it. */
  private String trained(Object... from) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("train", "--horizon", "5m"));
    arguments.addAll(List.of("--barrier", "0.002", "--rounds", "20", "--json"));
    arguments.addAll(List.of("--out", folder.resolve("bundle")));
    arguments.addAll(List.of(from));
    String json = Cli.done(arguments.toArray()).out();
    return new ObjectMapper().readTree(json).path("model_version").textValue();
  }

  /**
   * Writes the lines to topics and to files, runs over both, and compares.
   *
   * @param lines by topic and partition
   * @return what the run over topics gave
   */
  private Results runBoth(
      Configuration configuration, Map<Topic, List<List<byte[]>>> lines, String prefix)
      throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix(prefix);
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    write(kafka, lines);
    List<InputPartition> partitions = KafkaInputs.of(kafka, lines.keySet());
    assertThat(partitions).anyMatch(partition -> partition.end() == 0);

    Results expected = run(configuration, files(partitions, lines), folder.resolve("files"));
    Results found = run(configuration, partitions, folder.resolve("partitions"));

    assertThat(found.text("decisions.jsonl")).isEqualTo(expected.text("decisions.jsonl"));
    assertThat(withoutIds(found)).isEqualTo(withoutIds(expected));
    assertThat(withoutCauses(found)).isEqualTo(withoutCauses(expected));
    assertThat(found.deadLetters().size()).isEqualTo(expected.deadLetters().size());
    assertThat(found.journal())
        .extracting(line -> line.path("cause").path("source").textValue())
        .contains(prefix + Topic.MARKET_TRADES.wireName());
    return found;
  }

  /**
   * The wire lines of a scenario's files, each of which is a partition of its topic; where it has
   * fewer, the last one goes on with those that are left.
   */
  private static Map<Topic, List<List<byte[]>>> byTopic(List<String> arguments) throws IOException {
    Map<Topic, List<List<byte[]>>> lines = new EnumMap<>(Topic.class);
    for (SourceFile file : SourceFile.of(arguments)) {
      if (file.name().contains(".jsonl")) {
        Topic topic = TOPICS.get(file.option());
        List<List<byte[]>> partitions = lines.computeIfAbsent(topic, key -> new ArrayList<>());
        if (partitions.size() < topic.partitions()) {
          partitions.add(new ArrayList<>());
        }
        partitions.get(partitions.size() - 1).addAll(ofItsOwnKind(file, topic));
      }
    }
    return lines;
  }

  /** Files of trades may have quotes and the other way round, topics may not. */
  private static List<byte[]> ofItsOwnKind(SourceFile file, Topic topic) {
    String foreign =
        switch (topic) {
          case MARKET_TRADES -> "\"quote\"";
          case MARKET_QUOTES -> "\"trade\"";
          default -> "no such kind";
        };
    return file.lines().stream()
        .filter(line -> !new String(line, StandardCharsets.ISO_8859_1).contains(foreign))
        .toList();
  }

  private static void write(KafkaSettings kafka, Map<Topic, List<List<byte[]>>> lines)
      throws Exception {
    List<Future<?>> written = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      lines.forEach(
          (topic, partitions) -> {
            for (int i = 0; i < partitions.size(); i++) {
              for (byte[] line : partitions.get(i)) {
                written.add(
                    producer.send(new ProducerRecord<>(kafka.nameOf(topic), i, null, line)));
              }
            }
          });
      for (Future<?> record : written) {
        record.get();
      }
    }
  }

  /** The lines of each partition as a file, in the partitions' order. */
  private List<InputFile> files(
      List<InputPartition> partitions, Map<Topic, List<List<byte[]>>> lines) throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (InputPartition partition : partitions) {
      List<List<byte[]>> topic = lines.get(partition.topic());
      Path path = folder.resolve(partition.source() + "-" + partition.partition());
      try (OutputStream out = Files.newOutputStream(path)) {
        if (partition.partition() < topic.size()) {
          for (byte[] line : topic.get(partition.partition())) {
            out.write(line);
            out.write('\n');
          }
        }
      }
      files.add(new InputFile(path, partition.kind(), files.size(), null, null));
    }
    return files;
  }

  private static Results run(Configuration configuration, List<? extends Input> inputs, Path out)
      throws Exception {
    Files.createDirectories(out);
    new Replay(
            new ReplayOptions(
                configuration,
                inputs,
                2,
                ReplayOptions.StateBackend.HASHMAP,
                null,
                Duration.ofSeconds(5),
                false,
                out),
            rows -> {})
        .run();
    return new Results(out);
  }

  /** An event's id is made of its cause, and decides the order of events that are otherwise one. */
  private static List<String> withoutIds(Results results) {
    List<String> events = new ArrayList<>();
    for (JsonNode event : results.lines("events.jsonl")) {
      ((ObjectNode) event).remove("event_id");
      events.add(event.toString());
    }
    events.sort(null);
    return events;
  }

  private static List<JsonNode> withoutCauses(Results results) {
    List<JsonNode> journal = results.journal();
    for (JsonNode line : journal) {
      ((ObjectNode) line).remove(List.of("cause", "prev_hash", "hash"));
    }
    return journal;
  }
}
