package io.sluice.operators;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;

/** The configuration as it travels in the job graph: canonical JSON. */
public final class StoredConfiguration {
  private StoredConfiguration() {}

  public static byte[] write(Configuration configuration) {
    JsonWriter json = new JsonWriter();
    configuration.write(json);
    return json.toBytes();
  }

  static Configuration read(byte[] json) {
    try {
      return Configuration.parse("job configuration", StrictJson.trusted(json));
    } catch (UnreadableException e) {
      throw new IllegalStateException("the canonical configuration reads back", e);
    }
  }
}
