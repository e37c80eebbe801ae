package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.bar.BarInterval;

/**
 * A model that scores the listed instruments.
 *
 * @param name by which its intents and scores know it
 * @param bundle the folder it is loaded from: a path, or a URI of a file system that Flink knows
 * @param interval of the bars at whose ends it scores
 * @param account that it trades for; null where it only shows what it would do
 */
public record ModelChoice(String name, String bundle, BarInterval interval, String account) {
  static ModelChoice parse(Section section) {
    section.allow("name", "bundle", "interval", "account");
    String code = section.text("interval");
    BarInterval interval = BarInterval.of(code);
    if (interval == null) {
      section.fault(section.wrong("interval", "1s, 1m, 5m or 15m"));
    }
    return new ModelChoice(
        section.text("name"), section.text("bundle"), interval, section.text("account", null));
  }

  void write(JsonWriter json) {
    json.beginObject().name("name").value(name).name("bundle").value(bundle);
    json.name("interval").value(interval.code());
    if (account != null) {
      json.name("account").value(account);
    }
    json.endObject();
  }
}
