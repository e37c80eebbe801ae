package io.sluice.cli.live;

import io.sluice.jobs.Checkpoints;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A savepoint that a build has left in the test resources: a folder with the savepoint in one file,
 * and how far each partition went. It was taken after {@link UpgradeScenario#before}, or, where its
 * configuration lies beside it, after {@link EverythingScenario#before}.
 */
record StoredSavepoint(Path folder) {
  static final Path ALL = Path.of("src/test/resources/savepoints");
  private static final String METADATA = "_metadata";
  private static final String ENDS = "ends.txt";
  private static final String CONFIGURATION = "gate.yaml";

  /** All with everything on, or all others, in the order of their names. */
  static List<StoredSavepoint> all(boolean withEverything) throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders
          .sorted()
          .map(StoredSavepoint::new)
          .filter(stored -> Files.exists(stored.configuration()) == withEverything)
          .toList();
    }
  }

  /** Where the configuration of everything is kept, as {@link EverythingScenario} reads it. */
  Path configuration() {
    return folder.resolve(CONFIGURATION);
  }

  /** The state backend that it was not made on. */
  String otherBackend() {
    return isOfHeap() ? "rocksdb" : "hashmap";
  }

  /** Not the parallelism of two that it was made at: each once. */
  int otherParallelism() {
    return isOfHeap() ? 3 : 1;
  }

  /** The topics' prefix, which stands in the state of the sources. */
  String prefix() {
    return folder.getFileName() + ".";
  }

  /** Its name ends with the state backend that it was made on. */
  boolean isOfHeap() {
    return prefix().endsWith("hashmap.");
  }

  Path metadata() {
    return folder.resolve(METADATA);
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }

  /** Stores what a gate that was stopped has left. */
  static void store(Path folder, Path gateFolder, KafkaSettings kafka) throws IOException {
    Path savepoint = Checkpoints.newestIn(LiveJob.checkpointsIn(gateFolder)).orElseThrow();
    Files.createDirectories(folder);
    Files.copy(
        savepoint.resolve(METADATA), folder.resolve(METADATA), StandardCopyOption.REPLACE_EXISTING);
    Map<String, Long> ends = new TreeMap<>();
    for (Topic topic : Topic.values()) {
      if (isRead(topic)) {
        TopicReader.readAll(
            kafka,
            topic,
            record -> ends.put(record.topic() + "/" + record.partition(), record.offset() + 1));
      }
    }
    Files.writeString(
        folder.resolve(ENDS),
        ends.entrySet().stream()
            .map(end -> end.getKey() + " " + end.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  private static boolean isRead(Topic topic) {
    return Topic.MARKET.contains(topic)
        || Topic.ORDERS.contains(topic)
        || topic == Topic.RISK_INPUTS;
  }

  /** How far each partition went, by topic and partition. */
  Map<String, Long> ends() throws IOException {
    Map<String, Long> ends = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve(ENDS))) {
      String[] end = line.split(" ");
      ends.put(end[0], Long.valueOf(end[1]));
    }
    return ends;
  }

  /** Puts it where a gate goes on from. */
  void putInto(Path gateFolder) throws IOException {
    Path savepoint = LiveJob.checkpointsIn(gateFolder).resolve("savepoint-stored");
    Files.createDirectories(savepoint);
    Files.copy(metadata(), savepoint.resolve(METADATA));
  }

  /** Makes the topics as long as they were, with records that nobody reads. */
  void fill(KafkaSettings kafka) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Map.Entry<String, Long> end : ends().entrySet()) {
        String[] partition = end.getKey().split("/");
        for (long i = 0; i < end.getValue(); i++) {
          producer.send(
              new ProducerRecord<>(partition[0], Integer.valueOf(partition[1]), null, null));
        }
      }
      producer.flush();
    }
  }
}
