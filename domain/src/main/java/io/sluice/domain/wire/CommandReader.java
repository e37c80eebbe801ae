package io.sluice.domain.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.UnreadableException;

/**
 * Reads a command: its id decides whether it is readable. One that is wrong elsewhere is kept with
 * its defect, so that it is refused aloud and not only put aside.
 */
final class CommandReader {
  private CommandReader() {}

  static Command read(ObjectNode object) throws UnreadableException {
    Fields fields = new Fields(object);
    String id = fields.id("command_id");
    try {
      return whole(id, fields);
    } catch (UnreadableException e) {
      return defective(id, fields, e.getMessage());
    }
  }

  /** The defect that a command read back from a journal line carries beside its nulls. */
  static Command readBack(ObjectNode object) throws UnreadableException {
    Fields fields = new Fields(object);
    return fields.isAbsent("defect")
        ? read(object)
        : defective(fields.id("command_id"), fields, fields.text("defect"));
  }

  private static Command whole(String id, Fields fields) throws UnreadableException {
    return new Command(
        id,
        fields.id("command"),
        fields.id("scope"),
        fields.optionalObject("body"),
        fields.optionalText("issued_by"),
        fields.optionalText("reason"),
        fields.time("event_time_us"),
        fields.optionalTime("effective_at_us"),
        fields.optionalTime("expires_at_us"),
        fields.optionalArray("signatures"),
        null);
  }

  private static Command defective(String id, Fields fields, String defect) {
    return new Command(
        id,
        fields.textOrNull("command"),
        fields.textOrNull("scope"),
        JsonNodeFactory.instance.objectNode(),
        fields.textOrNull("issued_by"),
        fields.textOrNull("reason"),
        null,
        null,
        null,
        JsonNodeFactory.instance.arrayNode(),
        defect);
  }
}
