package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;

/** A built-in example strategy that trades for an account. */
public record StrategyChoice(String name, String account) {
  static StrategyChoice parse(Section section) {
    section.allow("name", "account");
    return new StrategyChoice(section.text("name"), section.text("account"));
  }

  void write(JsonWriter json) {
    json.beginObject().name("name").value(name).name("account").value(account).endObject();
  }
}
