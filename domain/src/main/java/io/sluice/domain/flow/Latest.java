package io.sluice.domain.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;

/**
 * Who had an order approved last, and who else before: enough to tell anybody when somebody else
 * had.
 *
 * @param before the last who is not {@code last}, or null
 * @param beforeUs when that was, 0 for nobody
 */
record Latest(String last, long lastUs, String before, long beforeUs) {
  static Latest after(Latest known, String who, long nowUs) {
    if (known == null) {
      return new Latest(who, nowUs, null, 0);
    }
    return known.last.equals(who)
        ? new Latest(who, nowUs, known.before, known.beforeUs)
        : new Latest(who, nowUs, known.last, known.lastUs);
  }

  Long byAnotherThan(String who) {
    if (!last.equals(who)) {
      return lastUs;
    }
    return before == null ? null : (Long) beforeUs;
  }

  void writeInto(JsonWriter json) {
    json.name("last").value(last).name("last_us").value(lastUs);
    json.name("before").value(before).name("before_us").value(beforeUs);
  }

  static Latest read(JsonNode stored) {
    return new Latest(
        stored.required("last").textValue(),
        stored.required("last_us").longValue(),
        stored.required("before").textValue(),
        stored.required("before_us").longValue());
  }
}
