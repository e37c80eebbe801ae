package io.sluice.domain.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.domain.json.JsonWriter;

/**
 * A control command as it came. Whether it counts is the fold's decision: an unknown command, a bad
 * scope or body is refused there, with an event.
 *
 * @param command HALT, RESUME, SET_LIMITS, ...
 * @param scope {@code firm}, {@code desk:x}, {@code account:demo}, {@code strategy:demo/momentum},
 *     {@code instrument:BINANCE:BTCUSDT} or {@code venue:BINANCE}
 * @param body what the command needs, an object
 * @param effectiveAtUs from when it counts, epoch microseconds, or null for at once
 * @param expiresAtUs until when it counts, epoch microseconds, or null for ever
 * @param signatures objects with {@code key}, a key's id, and {@code signature}, base64
 * @param defect what is wrong with a command that has an id and otherwise does not read, or that
 *     the front has refused; then what is no text of it is null; else null
 */
public record Command(
    String commandId,
    String command,
    String scope,
    JsonNode body,
    String issuedBy,
    String reason,
    Long eventTimeUs,
    Long effectiveAtUs,
    Long expiresAtUs,
    JsonNode signatures,
    String defect)
    implements Message {

  /** One without a defect. */
  public Command(
      String commandId,
      String command,
      String scope,
      JsonNode body,
      String issuedBy,
      String reason,
      Long eventTimeUs,
      Long effectiveAtUs,
      Long expiresAtUs,
      JsonNode signatures) {
    this(
        commandId,
        command,
        scope,
        body,
        issuedBy,
        reason,
        eventTimeUs,
        effectiveAtUs,
        expiresAtUs,
        signatures,
        null);
  }

  @Override
  public Kind kind() {
    return Kind.CONTROL;
  }

  /** The canonical bytes that signatures are made over: everything but the signatures. */
  public byte[] bytesToSign() {
    JsonWriter json = new JsonWriter();
    writeTerms(json);
    return json.endObject().toBytes();
  }

  /** The same command with one more signature. */
  public Command signed(String keyId, String signature) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    signatures.forEach(all::add);
    all.addObject().put("key", keyId).put("signature", signature);
    return new Command(
        commandId,
        command,
        scope,
        body,
        issuedBy,
        reason,
        eventTimeUs,
        effectiveAtUs,
        expiresAtUs,
        all,
        defect);
  }

  /** The same command as one that is refused; what else it says stands in its own record. */
  public Command refused(String why) {
    return new Command(
        commandId,
        command,
        scope,
        JsonNodeFactory.instance.objectNode(),
        issuedBy,
        reason,
        null,
        null,
        null,
        JsonNodeFactory.instance.arrayNode(),
        why);
  }

  @Override
  public void write(JsonWriter json) {
    writeTerms(json);
    json.name("signatures").tree(signatures);
    if (defect != null) {
      json.name("defect").value(defect);
    }
    json.endObject();
  }

  private void writeTerms(JsonWriter json) {
    json.beginObject().name("type").value("control").name("command_id").value(commandId);
    json.name("command").value(command).name("scope").value(scope).name("body").tree(body);
    json.name("issued_by").value(issuedBy).name("reason").value(reason);
    json.name("event_time_us").value(eventTimeUs).name("effective_at_us").value(effectiveAtUs);
    json.name("expires_at_us").value(expiresAtUs);
  }
}
