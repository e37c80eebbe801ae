package io.sluice.sinks.clickhouse.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A record of a topic that the gate writes.
 *
 * @param publishedUs the record's stamp, epoch microseconds
 * @param bytes the record's value
 */
public record Recorded(Fields fields, ObjectNode json, long publishedUs, byte[] bytes) {
  /**
   * @throws UnreadableException where it is no JSON object
   */
  public static Recorded read(byte[] bytes, long publishedUs) throws UnreadableException {
    ObjectNode json = StrictJson.trusted(bytes);
    return new Recorded(new Fields(json), json, publishedUs, bytes);
  }

  String line() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** An object within it; empty where there is none. */
  Fields object(String name) throws UnreadableException {
    return new Fields((ObjectNode) fields.optionalObject(name));
  }

  /** A field of the objects of a list. */
  interface Field<V> {
    V of(Fields object) throws UnreadableException;
  }

  <V> List<V> each(String list, Field<V> field) throws UnreadableException {
    List<V> values = new ArrayList<>();
    for (JsonNode element : fields.array(list)) {
      if (!(element instanceof ObjectNode object)) {
        throw new UnreadableException(list + " holds something else than objects", list);
      }
      values.add(field.of(new Fields(object)));
    }
    return values;
  }

  List<String> texts(String list) throws UnreadableException {
    List<String> values = new ArrayList<>();
    for (JsonNode element : fields.array(list)) {
      values.add(element.asText());
    }
    return values;
  }
}
