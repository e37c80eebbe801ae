package io.sluice.jobs.live;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.EntryRecords;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.TopicWriter;
import io.sluice.operators.edge.Sequenced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a configuration to {@code risk.inputs} before a job is submitted, so that whatever is
 * folded after it is folded under it; and behind it the standing commands, because a group that is
 * new has not heard of a halt. What a group knows already it drops.
 */
final class ConfigEntries {
  private final Configuration risk;
  private final KafkaSettings kafka;
  private final int partitions;

  /**
   * @param partitions of {@code risk.inputs}
   */
  ConfigEntries(JobConfiguration configuration, int partitions) {
    this.risk = configuration.risk();
    this.kafka = configuration.kafka();
    this.partitions = partitions;
  }

  /**
   * @param nowUs epoch microseconds: commands that have expired by then are not repeated
   * @param patience how long Kafka may take over it
   * @throws io.sluice.jobs.kafka.TopicsException where it is not written by then
   */
  void write(long nowUs, Duration patience) throws InterruptedException {
    List<Entry> entries = new ArrayList<>(ConfigChunks.entries(risk));
    entries.addAll(standingCommands(nowUs));
    EntryRecords records = new EntryRecords(kafka, partitions);
    new TopicWriter(kafka, Topic.RISK_INPUTS, patience)
        .write(
            "the configuration",
            entries.stream().map(entry -> records.record(Sequenced.of(0, entry))).toList());
  }

  private List<Entry> standingCommands(long nowUs) {
    List<Entry> entries = new ArrayList<>();
    TopicReader.readAll(
        kafka,
        Topic.CONTROL_COMMANDS,
        record -> {
          Command command = command(record.value());
          if (command == null || isOver(command, nowUs)) {
            return;
          }
          Cause cause = new Cause(record.topic(), record.partition(), record.offset(), 0);
          int sub = 0;
          for (String group : risk.groupsToTell(Scope.parse(command.scope()))) {
            entries.add(new Entry(group, cause.withSub(sub++), nowUs, command, null));
          }
        });
    return entries;
  }

  /** The command, or null where the record is none: the front makes a dead letter of it. */
  private static Command command(byte[] value) {
    try {
      return value != null && WireReader.read(value) instanceof Command command ? command : null;
    } catch (UnreadableException e) {
      return null;
    }
  }

  private static boolean isOver(Command command, long nowUs) {
    return command.expiresAtUs() != null && command.expiresAtUs() <= nowUs;
  }
}
