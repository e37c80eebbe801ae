package io.sluice.domain.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;

/**
 * A part of a group's configuration. The parts together are the configuration; it takes effect with
 * the last one.
 *
 * @param hash SHA-256 of the whole configuration's canonical bytes, hex
 * @param chunk which part this is, from 1
 * @param chunks how many parts there are
 * @param ruleSet the version of the rule set it was written for
 * @param content the same shape as the configuration file, holding some of its keys and list
 *     elements
 */
public record ConfigChunk(String hash, int chunk, int chunks, int ruleSet, JsonNode content)
    implements Message {
  @Override
  public Kind kind() {
    return Kind.CONFIG;
  }

  @Override
  public Long eventTimeUs() {
    return null;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject()
        .name("type")
        .value("config")
        .name("hash")
        .value(hash)
        .name("chunk")
        .value(chunk);
    json.name("chunks")
        .value(chunks)
        .name("rule_set")
        .value(ruleSet)
        .name("content")
        .tree(content)
        .endObject();
  }
}
