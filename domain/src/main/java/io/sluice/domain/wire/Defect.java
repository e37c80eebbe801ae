package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;

/**
 * The first field of a readable intent that does not parse: kept beside the null that stands in the
 * field's place, so that the refusal can be derived again.
 *
 * @param field the field's name on the wire
 * @param value what stood there, as JSON, at most 256 characters; null where it was absent
 * @param expected what should have stood there
 */
public record Defect(String field, String value, String expected) {
  void write(JsonWriter json) {
    json.beginObject().name("field").value(field).name("value").value(value);
    json.name("expected").value(expected).endObject();
  }

  @Override
  public String toString() {
    return field + " is " + (value == null ? "missing" : value) + ", expected " + expected;
  }
}
