package io.sluice.jobs.input;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.WireReader;
import java.util.Arrays;

/** Lines of the wire, of the types that the file's option takes. */
record WireLines(InputKind kind) implements LineReader {
  @Override
  public Message read(byte[] bytes, int from, int to) throws UnreadableException {
    Message message = WireReader.read(Arrays.copyOfRange(bytes, from, to));
    if (!kind.accepts(message.kind())) {
      throw new UnreadableException(
          "type is \""
              + message.kind().wireName()
              + "\", expected "
              + kind.expected()
              + " line in a file given with "
              + kind.option(),
          "type");
    }
    return message;
  }
}
