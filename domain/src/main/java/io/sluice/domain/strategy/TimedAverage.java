package io.sluice.domain.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;

/**
 * An average whose weights fall with age: by 1/e in one time constant. Warm after one time constant
 * of data.
 */
final class TimedAverage {
  private final long constantUs;
  private double value;
  private long firstUs = -1;
  private long lastUs;

  TimedAverage(long constantUs) {
    this.constantUs = constantUs;
  }

  void add(long timeUs, double sample) {
    if (firstUs < 0) {
      firstUs = timeUs;
      lastUs = timeUs;
      value = sample;
      return;
    }
    long passed = timeUs - lastUs;
    if (passed <= 0) {
      return;
    }
    double kept = StrictMath.exp(-(double) passed / constantUs);
    value = kept * value + (1 - kept) * sample;
    lastUs = timeUs;
  }

  double value() {
    return value;
  }

  boolean isWarm() {
    return firstUs >= 0 && lastUs - firstUs >= constantUs;
  }

  /** Exact: the double travels as its bits. */
  byte[] toJson() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("bits").value(Double.doubleToLongBits(value));
    json.name("first_us").value(firstUs).name("last_us").value(lastUs).endObject();
    return json.toBytes();
  }

  void read(JsonNode state) {
    value = Double.longBitsToDouble(state.path("bits").longValue());
    firstUs = state.path("first_us").longValue();
    lastUs = state.path("last_us").longValue();
  }
}
