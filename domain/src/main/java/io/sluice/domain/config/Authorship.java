package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;

/**
 * Who wrote a configuration and why, in its own words; each null where it does not say.
 *
 * @param by who is responsible for it
 * @param reason why it is as it is
 */
public record Authorship(String by, String reason) {
  static final String KEY = "change";

  static Authorship parse(Section section) {
    section.allow("by", "reason");
    return new Authorship(section.text("by", null), section.text("reason", null));
  }

  void writeInto(JsonWriter json) {
    if (by == null && reason == null) {
      return;
    }
    json.name(KEY).beginObject();
    if (by != null) {
      json.name("by").value(by);
    }
    if (reason != null) {
      json.name("reason").value(reason);
    }
    json.endObject();
  }
}
