package io.sluice.domain.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;

/** How often a strategy has entered an instrument lately. */
public record Entries(String account, String strategy, String instrument, SlotCounts counts) {
  /** The entries within the window after the first. */
  public long reentries(long nowUs) {
    return Math.max(0, counts.count(0, nowUs) - 1);
  }

  Entries resized(long windowUs, long nowUs) {
    return new Entries(account, strategy, instrument, counts.resized(windowUs, nowUs));
  }

  void writeInto(JsonWriter json) {
    json.name("account").value(account).name("strategy").value(strategy);
    json.name("instrument").value(instrument);
    counts.writeInto(json);
  }

  static Entries read(JsonNode stored) {
    return new Entries(
        stored.required("account").textValue(),
        stored.required("strategy").textValue(),
        stored.required("instrument").textValue(),
        SlotCounts.read(stored, 1));
  }
}
