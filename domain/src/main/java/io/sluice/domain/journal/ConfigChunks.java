package io.sluice.domain.journal;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Splits a group's configuration into entries of at most 64 KiB and puts them together again. A
 * part has the shape of the whole, with some of its keys and some elements of its lists.
 */
public final class ConfigChunks {
  /** Room for what a journal line has around the content. */
  private static final int MAX_CONTENT_BYTES = 60 * 1024;

  private ConfigChunks() {}

  public static List<ConfigChunk> split(Configuration configuration) {
    ObjectNode whole = tree(configuration);
    Parts parts = new Parts();
    for (var field : whole.properties()) {
      JsonNode value = field.getValue();
      if (value.isArray()) {
        parts.current().putArray(field.getKey());
        for (JsonNode element : value) {
          parts.makeRoom(length(element) + field.getKey().length());
          parts.current().withArray("/" + field.getKey()).add(element);
        }
      } else if (value.isObject()) {
        parts.current().putObject(field.getKey());
        for (var entry : value.properties()) {
          parts.makeRoom(length(entry.getValue()) + 2 * length(entry.getKey()) + 8);
          parts.current().withObject("/" + field.getKey()).set(entry.getKey(), entry.getValue());
        }
      } else {
        parts.makeRoom(length(value) + field.getKey().length());
        parts.current().set(field.getKey(), value);
      }
    }
    return numbered(parts.all, hash(whole));
  }

  /** The keys at the top whose values differ, sorted. */
  public static SortedSet<String> changedKeys(Configuration before, Configuration after) {
    ObjectNode one = tree(before);
    ObjectNode other = tree(after);
    SortedSet<String> changed = new TreeSet<>();
    for (String key : Configuration.keys()) {
      if (!Objects.equals(one.get(key), other.get(key))) {
        changed.add(key);
      }
    }
    return changed;
  }

  /** The parts so far; the last one is being filled. */
  private static final class Parts {
    private final List<ObjectNode> all = new ArrayList<>();
    private int size;

    Parts() {
      all.add(JsonNodeFactory.instance.objectNode());
    }

    ObjectNode current() {
      return all.get(all.size() - 1);
    }

    void makeRoom(int bytes) {
      if (size + bytes > MAX_CONTENT_BYTES) {
        all.add(JsonNodeFactory.instance.objectNode());
        size = 0;
      }
      size += bytes;
    }
  }

  /** A configuration's entries for all its groups, in the order in which they are written. */
  public static List<Entry> entries(Configuration configuration) {
    List<Entry> entries = new ArrayList<>();
    for (String group : configuration.groups()) {
      for (ConfigChunk chunk : split(configuration.forGroup(group))) {
        Cause cause = new Cause("config", 0, 0, entries.size());
        entries.add(new Entry(group, cause, 0, chunk, null));
      }
    }
    return entries;
  }

  private static int length(JsonNode node) {
    return new JsonWriter().tree(node).toBytes().length + 8;
  }

  private static int length(String key) {
    return key.getBytes(StandardCharsets.UTF_8).length;
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
   * @throws ConfigurationException where they do not read as one, or are not what their hash says
   */
  public static Configuration join(List<ConfigChunk> chunks) {
    ObjectNode whole;
    try {
      whole = merge(chunks);
    } catch (RuntimeException e) {
      throw new ConfigurationException(
          "config entry: its parts do not fit together: " + e.getClass().getSimpleName());
    }
    Configuration configuration = Configuration.accepted("config entry", whole);
    // Of what was written, not of what was read: a later build has keys that this entry had not.
    if (!hash(whole).equals(chunks.get(0).hash())) {
      throw new ConfigurationException(
          "config entry: its content does not have the hash " + chunks.get(0).hash());
    }
    return configuration;
  }

  private static ObjectNode merge(List<ConfigChunk> chunks) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    for (ConfigChunk chunk : chunks) {
      for (var field : chunk.content().properties()) {
        if (field.getValue() instanceof ArrayNode elements
            && whole.get(field.getKey()) instanceof ArrayNode list) {
          list.addAll(elements);
        } else if (field.getValue() instanceof ObjectNode entries
            && whole.get(field.getKey()) instanceof ObjectNode object) {
          object.setAll(entries);
        } else {
          whole.set(field.getKey(), field.getValue().deepCopy());
        }
      }
    }
    return whole;
  }

  /** SHA-256 of the configuration as {@link Configuration#write} has it, with its keys sorted. */
  public static String hash(Configuration configuration) {
    return hash(tree(configuration));
  }

  private static String hash(ObjectNode whole) {
    return Sha256.hex(new JsonWriter().tree(whole).toBytes());
  }

  private static ObjectNode tree(Configuration configuration) {
    JsonWriter json = new JsonWriter();
    configuration.write(json);
    try {
      return StrictJson.trusted(json.toBytes());
    } catch (UnreadableException e) {
      throw new IllegalStateException("the canonical configuration reads back", e);
    }
  }
}
