package io.sluice.domain.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.WireReader;

/**
 * One input of a risk group's fold.
 *
 * @param group the risk group
 * @param cause where it comes from
 * @param gateTimeUs the only clock a rule sees, epoch microseconds
 * @param input what happened
 * @param snapshot for an intent what the front knew of its instrument, else null
 */
public record Entry(String group, Cause cause, long gateTimeUs, Message input, Snapshot snapshot) {

  /** The same entry at another time: that at which it was appended to its topic. */
  public Entry at(long newGateTimeUs) {
    return new Entry(group, cause, newGateTimeUs, input, snapshot);
  }

  /** The record of the topic {@code risk.inputs}: canonical JSON. */
  public byte[] toJson() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("group").value(group).name("clock_us").value(gateTimeUs);
    writeContent(json);
    return json.endObject().toBytes();
  }

  /**
   * Reads a record of the topic back.
   *
   * @throws UnreadableException naming what is wrong with it
   */
  public static Entry read(ObjectNode node) throws UnreadableException {
    Fields fields = new Fields(node);
    return readContent(node, fields.text("group"), fields.whole("clock_us"));
  }

  /** The fields that a record of the topic and a journal line have in common. */
  void writeContent(JsonWriter json) {
    json.name("cause");
    cause.write(json);
    json.name("input");
    input.write(json);
    json.name("snapshot");
    if (snapshot == null) {
      json.nullValue();
    } else {
      snapshot.write(json);
    }
  }

  static Entry readContent(ObjectNode node, String group, long gateTimeUs)
      throws UnreadableException {
    Message input = WireReader.recorded(object(node, "input"));
    if (input.kind() == Message.Kind.TRADE || input.kind() == Message.Kind.QUOTE) {
      throw new UnreadableException(
          "input is a " + input.kind().wireName() + ", which is no input of a risk group", "input");
    }
    boolean hasSnapshot = !node.path("snapshot").isMissingNode() && !node.get("snapshot").isNull();
    if (input.kind() == Message.Kind.INTENT && !hasSnapshot) {
      throw new UnreadableException("snapshot is null, expected the intent's market", "snapshot");
    }
    return new Entry(
        group,
        Cause.read(object(node, "cause")),
        gateTimeUs,
        input,
        hasSnapshot ? Snapshot.read(object(node, "snapshot")) : null);
  }

  private static ObjectNode object(ObjectNode node, String name) throws UnreadableException {
    JsonNode value = node.path(name);
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new UnreadableException(
        name + " is " + value.getNodeType() + ", expected an object", name);
  }
}
