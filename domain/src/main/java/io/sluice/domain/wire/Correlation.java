package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * An estimate of how two assets move together. It is made inside Sluice and goes to every risk
 * group that asks for it; from outside none is taken.
 *
 * @param value the correlation of their returns, from -1 to 1
 * @param eventTimeUs when it was so, epoch microseconds
 */
public record Correlation(String a, String b, BigDecimal value, Long eventTimeUs)
    implements Message {
  @Override
  public Kind kind() {
    return Kind.CORRELATION;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("correlation").name("a").value(a).name("b").value(b);
    json.name("value").value(value).name("event_time_us").value(eventTimeUs).endObject();
  }
}
