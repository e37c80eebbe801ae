package io.sluice.sinks.clickhouse.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * A line that the gate wrote into one of its topics.
 *
 * @param fields of the line's object, of a decision mostly without its outcomes
 * @param scanned outcomes of a decision that are not among the fields; null where there are none
 * @param publishedUs the record's stamp in epoch microseconds
 * @param bytes the line
 */
public record Recorded(
    Fields fields, ObjectNode json, Outcomes scanned, long publishedUs, byte[] bytes) {
  /**
   * @throws UnreadableException where it is no JSON object
   */
  public static Recorded read(byte[] bytes, long publishedUs) throws UnreadableException {
    return of(StrictJson.trusted(bytes), publishedUs, bytes);
  }

  /**
   * The same of a decision.
   *
   * @throws UnreadableException where it is none
   */
  public static Recorded decision(byte[] bytes, long publishedUs) throws UnreadableException {
    OutcomeScan scan = OutcomeScan.of(bytes);
    ObjectNode object = StrictJson.trusted(scan == null ? bytes : scan.rest());
    Outcomes scanned = scan == null ? null : scan.outcomes();
    return new Recorded(new Fields(object), object, scanned, publishedUs, bytes);
  }

  /** Of a line that has been read. */
  public static Recorded of(ObjectNode json, long publishedUs, byte[] bytes) {
    return new Recorded(new Fields(json), json, null, publishedUs, bytes);
  }

  /** A decision's. */
  Outcomes outcomes() throws UnreadableException {
    return scanned == null ? Outcomes.read(fields.array("outcomes")) : scanned;
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
