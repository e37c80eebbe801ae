package io.sluice.operators;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import java.nio.charset.StandardCharsets;

/** What is known of commands as it travels in the job graph and stands in state. */
final class StoredCommands {
  static final byte[] NONE = "{}".getBytes(StandardCharsets.UTF_8);

  private StoredCommands() {}

  static ObjectNode read(byte[] json) {
    try {
      return StrictJson.trusted(json);
    } catch (UnreadableException e) {
      throw new IllegalStateException("known commands read back", e);
    }
  }
}
