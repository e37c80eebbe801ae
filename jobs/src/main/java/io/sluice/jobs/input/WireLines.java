package io.sluice.jobs.input;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.WireReader;
import java.util.Arrays;
import java.util.Set;

/**
 * Lines of the wire, of the types that belong into their input.
 *
 * @param expected these types as a message names them
 */
record WireLines(Set<Message.Kind> accepted, String expected) implements LineReader {
  @Override
  public Message read(byte[] bytes, int from, int to) throws UnreadableException {
    Message message = WireReader.read(Arrays.copyOfRange(bytes, from, to));
    if (!accepted.contains(message.kind())) {
      throw new UnreadableException(
          "type is \"" + message.kind().wireName() + "\", expected " + expected, "type");
    }
    return message;
  }
}
