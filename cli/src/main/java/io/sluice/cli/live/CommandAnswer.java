package io.sluice.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import java.util.Optional;

/** What a risk group said to a command: an event, as it stands in {@code risk.events}. */
public record CommandAnswer(JsonNode event) {

  /** Empty where the event is no first answer to that command. */
  static Optional<CommandAnswer> of(byte[] event, String commandId) {
    JsonNode json;
    try {
      json = StrictJson.trusted(event);
    } catch (UnreadableException e) {
      return Optional.empty();
    }
    // The event that a command begins later carries its id too, and no group.
    JsonNode detail = json.path("detail");
    return detail.path("command_id").asText().equals(commandId) && detail.has("group")
        ? Optional.of(new CommandAnswer(json))
        : Optional.empty();
  }

  public String group() {
    return event.path("detail").path("group").asText();
  }

  public String type() {
    return event.path("type").asText();
  }

  public boolean isRefusal() {
    return type().equals(Event.Type.COMMAND_REFUSED.name());
  }

  /** Why it was refused; empty where it was not. */
  public String why() {
    return event.path("detail").path("why").asText("");
  }
}
