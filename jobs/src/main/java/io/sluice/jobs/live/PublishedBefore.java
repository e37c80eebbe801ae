package io.sluice.jobs.live;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;

/**
 * What the commands in {@code control.commands} have published so far, by the rules of the front: a
 * market that begins anew, or is new, scores by what was published before it.
 */
final class PublishedBefore {
  private PublishedBefore() {}

  /**
   * @param nowUs epoch microseconds: of what counts by then only the newest is kept
   */
  static Publications of(JobConfiguration configuration, long nowUs) {
    Publications published = new Publications();
    if (configuration.risk().models().isEmpty()) {
      return published;
    }
    TopicReader.readAll(
        configuration.kafka(),
        Topic.CONTROL_COMMANDS,
        record -> {
          Command command = publishing(record.value());
          if (command != null) {
            published.take(configuration.risk().control(), command, record.timestamp() * 1_000);
          }
        });
    published.dropReplaced(nowUs);
    return published;
  }

  /** The command, or null where the record is none that publishes a model. */
  private static Command publishing(byte[] record) {
    try {
      return record != null
              && WireReader.read(record) instanceof Command command
              && Publication.COMMAND.equals(command.command())
          ? command
          : null;
    } catch (UnreadableException e) {
      return null;
    }
  }
}
