package io.sluice.domain.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;

/**
 * Where an entry comes from: the record whose arrival made it.
 *
 * @param source topic, or the base name of a file
 * @param partition partition, or the file's position among the file arguments from 0
 * @param offset offset, or the line from 1
 * @param sub counts the entries that one record makes, from 0
 */
public record Cause(String source, int partition, long offset, int sub) {
  public Cause withSub(int newSub) {
    return new Cause(source, partition, offset, newSub);
  }

  void write(JsonWriter json) {
    json.beginObject().name("source").value(source).name("partition").value(partition);
    json.name("offset").value(offset).name("sub").value(sub).endObject();
  }

  static Cause read(ObjectNode object) throws UnreadableException {
    Fields fields = new Fields(object);
    return new Cause(
        fields.text("source"),
        (int) fields.whole("partition"),
        fields.whole("offset"),
        (int) fields.whole("sub"));
  }

  @Override
  public String toString() {
    return source + "[" + partition + "]:" + offset + "." + sub;
  }
}
