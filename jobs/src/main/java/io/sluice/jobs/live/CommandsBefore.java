package io.sluice.jobs.live;

import io.sluice.domain.group.Admission;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What stands in {@code control.commands} so far, by the rules of the front: one without state
 * admits what comes by the commands before it, and scores by what they have published.
 *
 * @param admission what is known of all commands
 * @param published the models that they have put in force, or will
 */
record CommandsBefore(Admission admission, Publications published) {
  /** Nothing where there is no model to publish. */
  static CommandsBefore of(JobConfiguration configuration) {
    CommandsBefore before =
        new CommandsBefore(new Admission(configuration.risk().control()), new Publications());
    if (!configuration.risk().models().isEmpty()) {
      TopicReader.readAll(
          configuration.kafka(),
          Topic.CONTROL_COMMANDS,
          record -> before.take(configuration, record));
    }
    return before;
  }

  private void take(JobConfiguration configuration, ConsumerRecord<byte[], byte[]> record) {
    Command command = command(record.value());
    if (command == null) {
      return;
    }
    long cameUs = record.timestamp() * 1_000;
    Cause cause = new Cause(record.topic(), record.partition(), record.offset(), 0);
    Command admitted = admission.admit(command, cause, cameUs);
    if (Publication.COMMAND.equals(admitted.command())) {
      published.take(configuration.risk().control(), admitted, cameUs);
    }
  }

  /** Null where the record holds none. */
  private static Command command(byte[] record) {
    try {
      return record != null && WireReader.read(record) instanceof Command command ? command : null;
    } catch (UnreadableException e) {
      return null;
    }
  }
}
