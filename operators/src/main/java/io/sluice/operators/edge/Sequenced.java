package io.sluice.operators.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;

/**
 * An entry on its way to its group, with its place in the total order.
 *
 * @param number of the row that made it
 * @param clockUs the clock then, epoch microseconds
 * @param entry what to fold, or null at the end of a bounded input
 * @param record of which it was read, or null where it was read of none
 */
public record Sequenced(long number, String group, long clockUs, Entry entry, TopicRecord record) {
  private static final String END = "end";

  public static Sequenced of(long number, Entry entry) {
    return new Sequenced(number, entry.group(), entry.gateTimeUs(), entry, null);
  }

  /** An entry that was read of a record. */
  public static Sequenced of(TopicRecord record, Entry entry) {
    return new Sequenced(0, entry.group(), entry.gateTimeUs(), entry, record);
  }

  /** The end of a bounded input. */
  public static Sequenced end(long number, String group, long clockUs) {
    return new Sequenced(number, group, clockUs, null, null);
  }

  /** The record of the topic {@code risk.inputs}: an entry, or the mark of an input's end. */
  public byte[] toJson() {
    if (entry != null) {
      return entry.toJson();
    }
    return new JsonWriter()
        .beginObject()
        .name("group")
        .value(group)
        .name("clock_us")
        .value(clockUs)
        .name(END)
        .value(true)
        .endObject()
        .toBytes();
  }

  /**
   * Reads a record of the topic back; its number is 0. Whatever is wrong with one, it stands in the
   * topic for good and is read at every start.
   *
   * @throws UnreadableException naming what is wrong with it
   */
  public static Sequenced read(byte[] json) throws UnreadableException {
    ObjectNode node = StrictJson.trusted(json);
    try {
      return read(node);
    } catch (RuntimeException e) {
      throw new UnreadableException("it is no entry: " + e, null);
    }
  }

  private static Sequenced read(ObjectNode node) throws UnreadableException {
    if (!node.has(END)) {
      return of(0, Entry.read(node));
    }
    Fields fields = new Fields(node);
    return end(0, fields.text("group"), fields.whole("clock_us"));
  }

  public int sub() {
    return entry == null ? Integer.MAX_VALUE : entry.cause().sub();
  }
}
