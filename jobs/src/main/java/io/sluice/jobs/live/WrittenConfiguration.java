package io.sluice.jobs.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.journal.RecordedLine;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.kafka.EntryRecords;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.kafka.TopicsException;
import io.sluice.operators.edge.Sequenced;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration that was last written to {@code risk.inputs}, which the next one is held
 * against as a whole: a group's fold sees only its own part, and cannot know that an account it
 * loses turns up in another group. It is kept beside the checkpoints; where it is not, the topic is
 * searched for it, and the journal too where the topic has been kept for too short a time.
 */
final class WrittenConfiguration {
  private static final String FILE = "configuration.json";

  /** The input of a config entry stands near the beginning of its record. */
  private static final int SEARCHED_BYTES = 2_048;

  private final KafkaSettings kafka;
  private final int partitions;
  private final Path file;

  /**
   * @param partitions of {@code risk.inputs}
   * @param folder where it is kept, or null for nowhere
   */
  WrittenConfiguration(KafkaSettings kafka, int partitions, Path folder) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.file = folder == null ? null : folder.resolve(FILE);
  }

  /**
   * @throws ConfigurationException where the books do not permit to go on under {@code next}
   * @throws TopicsException where the topic had another number of partitions once
   */
  void requireReplaceableBy(Configuration next) throws IOException {
    Collection<Configuration> before =
        file != null && Files.exists(file) ? List.of(kept()) : recorded();
    for (Configuration part : before) {
      String refusal = part.refusalOf(next);
      if (refusal != null) {
        throw new ConfigurationException(refusal);
      }
    }
  }

  private Configuration kept() throws IOException {
    try {
      return Configuration.accepted(
          file.getFileName().toString(), StrictJson.trusted(Files.readAllBytes(file)));
    } catch (UnreadableException | ConfigurationException e) {
      throw new ConfigurationException(
          file
              + " is not the configuration that was last in force: delete it, and it is looked for"
              + " in "
              + kafka.nameOf(Topic.RISK_INPUTS)
              + " ("
              + e.getMessage()
              + ")");
    }
  }

  private Collection<Configuration> recorded() {
    RecordedConfiguration recorded = new RecordedConfiguration();
    if (!isTopicWhole()) {
      addJournal(recorded);
    }
    addTopic(recorded);
    return recorded.parts();
  }

  private boolean isTopicWhole() {
    try (Topics topics = Topics.open(kafka)) {
      return topics.isWhole(Topic.RISK_INPUTS);
    }
  }

  /** A gate that lags behind another writes lines again that are older than what stands there. */
  private void addJournal(RecordedConfiguration recorded) {
    Map<String, Long> seqs = new HashMap<>();
    TopicReader.readAll(
        kafka,
        Topic.RISK_JOURNAL,
        record -> {
          RecordedLine line = mayBeConfiguration(record.value()) ? line(record.value()) : null;
          if (line == null || line.seq() <= seqs.getOrDefault(line.group(), 0L)) {
            return;
          }
          seqs.put(line.group(), line.seq());
          if (input(line) instanceof ConfigChunk chunk) {
            recorded.add(line.group(), chunk);
          }
        });
  }

  private void addTopic(RecordedConfiguration recorded) {
    EntryRecords records = new EntryRecords(kafka, partitions);
    TopicReader.readAll(
        kafka,
        Topic.RISK_INPUTS,
        record -> {
          Sequenced read = mayBeConfiguration(record.value()) ? read(record.value()) : null;
          if (read == null || !(read.entry().input() instanceof ConfigChunk chunk)) {
            return;
          }
          if (record.partition() != records.partitionOf(read.group())) {
            throw otherPartitions(read.group(), record.partition());
          }
          recorded.add(read.group(), chunk);
        });
  }

  private TopicsException otherPartitions(String group, int partition) {
    return new TopicsException(
        kafka.nameOf(Topic.RISK_INPUTS)
            + " has "
            + partitions
            + " partitions, and not as many as once: entries of group "
            + group
            + " stand in partition "
            + partition
            + ", where none would now. "
            + FixedPartitions.WHAT_TO_DO);
  }

  private static boolean mayBeConfiguration(byte[] value) {
    return value != null
        && new String(value, 0, Math.min(value.length, SEARCHED_BYTES), StandardCharsets.ISO_8859_1)
            .contains("\"input\":{\"type\":\"config\"");
  }

  /** The entry, or null where the record is none: the gate makes a dead letter of it. */
  private static Sequenced read(byte[] value) {
    try {
      Sequenced read = Sequenced.read(value);
      return read.entry() == null ? null : read;
    } catch (UnreadableException e) {
      return null;
    }
  }

  /** The line, or null where the record is none: somebody else wrote it. */
  private static RecordedLine line(byte[] value) {
    try {
      return RecordedLine.read(value, 0);
    } catch (UnreadableException e) {
      return null;
    }
  }

  /** What the line says was folded, or null where that does not read. */
  private static Message input(RecordedLine line) {
    try {
      return line.json().get("input") instanceof ObjectNode input
          ? WireReader.recorded(input)
          : null;
    } catch (UnreadableException e) {
      return null;
    }
  }

  /** To be called before another one is written, which may come to an end half way. */
  void forget() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }

  /** Remembers what has been written. */
  void keep(Configuration written) throws IOException {
    if (file == null) {
      return;
    }
    JsonWriter json = new JsonWriter();
    written.write(json);
    Path next = file.resolveSibling(FILE + ".next");
    Files.createDirectories(file.getParent());
    Files.write(next, json.toBytes());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
