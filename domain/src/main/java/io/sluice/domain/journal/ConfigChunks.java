package io.sluice.domain.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.wire.ConfigChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a group's configuration into entries of at most 64 KiB and puts them together again. A
 * part has the shape of the whole, with some of its keys and some elements of its lists.
 */
public final class ConfigChunks {
  /** Room for what a journal line has around the content. */
  private static final int MAX_CONTENT_BYTES = 60 * 1024;

  private ConfigChunks() {}

  public static List<ConfigChunk> split(Configuration configuration) {
    JsonWriter json = new JsonWriter();
    configuration.write(json);
    ObjectNode whole = parse(json.toBytes());
    List<ObjectNode> parts = new ArrayList<>();
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    int size = 0;
    for (var field : whole.properties()) {
      if (!field.getValue().isArray()) {
        part.set(field.getKey(), field.getValue());
        size += field.getKey().length() + field.getValue().toString().length() + 4;
        continue;
      }
      part.putArray(field.getKey());
      for (var element : field.getValue()) {
        int length = element.toString().length() * 3 / 2 + field.getKey().length() + 4;
        if (size + length > MAX_CONTENT_BYTES) {
          parts.add(part);
          part = JsonNodeFactory.instance.objectNode();
          size = 0;
        }
        part.withArray("/" + field.getKey()).add(element);
        size += length;
      }
    }
    parts.add(part);
    return numbered(parts, hash(configuration));
  }

  private static List<ConfigChunk> numbered(List<ObjectNode> parts, String hash) {
    List<ConfigChunk> chunks = new ArrayList<>();
    for (ObjectNode content : parts) {
      chunks.add(new ConfigChunk(hash, chunks.size() + 1, parts.size(), RuleSet.VERSION, content));
    }
    return chunks;
  }

  /**
   * The configuration that all parts together are.
   *
   * @throws ConfigurationException where they are not what their hash says
   */
  public static Configuration join(List<ConfigChunk> chunks) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    for (ConfigChunk chunk : chunks) {
      for (var field : chunk.content().properties()) {
        if (field.getValue() instanceof ArrayNode elements
            && whole.get(field.getKey()) instanceof ArrayNode list) {
          list.addAll(elements);
        } else {
          whole.set(field.getKey(), field.getValue().deepCopy());
        }
      }
    }
    Configuration configuration = Configuration.parse("config entry", whole);
    if (!hash(configuration).equals(chunks.get(0).hash())) {
      throw new ConfigurationException(
          "config entry: its content does not have the hash " + chunks.get(0).hash());
    }
    return configuration;
  }

  public static String hash(Configuration configuration) {
    JsonWriter json = new JsonWriter();
    configuration.write(json);
    return Sha256.hex(json.toBytes());
  }

  private static ObjectNode parse(byte[] json) {
    try {
      return StrictJson.trusted(json);
    } catch (UnreadableException e) {
      throw new IllegalStateException("the canonical configuration reads back", e);
    }
  }
}
