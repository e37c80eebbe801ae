package io.sluice.operators;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.WireReader;
import io.sluice.operators.edge.TopicRecord;
import java.util.Set;

/** Reads a record of a topic that holds lines of the wire. */
public final class WireRecord {
  private WireRecord() {}

  /**
   * @param kinds what the topic may hold
   * @throws UnreadableException where it is no line of the wire, or one that does not belong there
   */
  public static Message read(TopicRecord record, Set<Message.Kind> kinds)
      throws UnreadableException {
    if (record.value() == null) {
      throw new UnreadableException("no value (a tombstone), expected a line of the wire", null);
    }
    if (record.value().length > DeadLetter.MAX_KEPT_BYTES) {
      throw new UnreadableException(
          "a line longer than " + DeadLetter.MAX_KEPT_BYTES + " bytes", null);
    }
    Message message = WireReader.read(record.value());
    if (!kinds.contains(message.kind())) {
      throw new UnreadableException(
          "type is \""
              + message.kind().wireName()
              + "\", expected on this topic "
              + String.join(" or ", kinds.stream().map(Message.Kind::wireName).sorted().toList()),
          "type");
    }
    return message;
  }
}
