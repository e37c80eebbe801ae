package io.sluice.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The commands that a gate has accepted, as the topics tell it. */
public final class AcceptedCommands {
  private AcceptedCommands() {}

  /**
   * In the order of their topic. One counts where some group has answered it and none has refused
   * it, nor the front what it publishes; the events of a command are kept as long as the topic of
   * events keeps them.
   *
   * @throws io.sluice.jobs.kafka.TopicsException where Kafka does not answer
   */
  public static List<Command> of(KafkaSettings kafka) {
    List<Command> commands = new ArrayList<>();
    TopicReader.readAll(
        kafka,
        Topic.CONTROL_COMMANDS,
        record -> {
          try {
            if (WireReader.read(record.value()) instanceof Command command
                && command.defect() == null) {
              commands.add(command);
            }
          } catch (UnreadableException e) {
            // The gate cannot read it either, and says so in a dead letter.
          }
        });
    if (commands.isEmpty()) {
      return commands;
    }
    Set<String> answered = new HashSet<>();
    Set<String> refused = new HashSet<>();
    TopicReader.readAll(
        kafka,
        Topic.RISK_EVENTS,
        record -> {
          try {
            JsonNode event = StrictJson.trusted(record.value());
            String id = event.path("detail").path("command_id").asText();
            String type = event.path("type").asText();
            boolean isRefusal =
                type.equals(Event.Type.COMMAND_REFUSED.name())
                    || type.equals(Event.Type.MODEL_REFUSED.name());
            (isRefusal ? refused : answered).add(id);
          } catch (UnreadableException e) {
            // It is no event of a gate.
          }
        });
    Set<String> given = new HashSet<>();
    commands.removeIf(
        command ->
            !answered.contains(command.commandId())
                || refused.contains(command.commandId())
                || !given.add(command.commandId()));
    return commands;
  }
}
