package io.sluice.cli.live;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.util.Arrays;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Topics that somebody made with one partition each, which is all that they must have. */
final class OnePartition {
  private OnePartition() {}

  static void each(KafkaSettings kafka) throws Exception {
    try (Admin admin = Admin.create(kafka.client())) {
      admin
          .createTopics(
              Arrays.stream(Topic.values())
                  .map(
                      topic ->
                          new NewTopic(kafka.nameOf(topic), 1, (short) 1)
                              .configs(topic.configuration()))
                  .toList())
          .all()
          .get();
    }
  }
}
