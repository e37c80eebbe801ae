package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * How approved orders are executed.
 *
 * @param mode paper: filled against the recorded trades; external: fills and statuses come in
 * @param latencyUs time from the intent to the first trade that can fill it, microseconds
 * @param slippage how far a paper fill is moved against the order, as a fraction of the trade's
 *     price
 * @param fee fee rate on the value of a fill; in external mode what is set aside for fees
 * @param twin on paper: whether each account has an ungated twin to compare it with
 */
public record Execution(
    Mode mode, long latencyUs, BigDecimal slippage, BigDecimal fee, boolean twin) {
  /** Who executes. */
  public enum Mode {
    PAPER,
    EXTERNAL
  }

  static Execution parse(Section section) {
    section.allow("mode", "latency_ms", "slippage", "fee", "twin");
    Mode mode = section.enumOf("mode", Mode.class, Mode.PAPER);
    boolean twin = section.flag("twin", false);
    if (twin && mode != Mode.PAPER) {
      throw section.wrong(
          "twin", "no twin with mode external: what is not sent is not filled there");
    }
    return new Execution(
        mode,
        section.whole("latency_ms", 0, 60_000, 250) * 1_000,
        fraction(section, "slippage", "0.0005"),
        fraction(section, "fee", "0.001"),
        twin);
  }

  private static BigDecimal fraction(Section section, String key, String absent) {
    if (!section.has(key)) {
      return new BigDecimal(absent);
    }
    BigDecimal value = section.decimal(key, BigDecimal.ZERO, "a fraction from 0 to 0.5");
    if (value.compareTo(new BigDecimal("0.5")) > 0) {
      throw section.wrong(key, "a fraction from 0 to 0.5");
    }
    return value;
  }

  void write(JsonWriter json) {
    json.beginObject().name("mode").value(mode).name("latency_ms").value(latencyUs / 1_000);
    json.name("slippage").value(slippage).name("fee").value(fee);
    if (twin) {
      json.name("twin").value(true);
    }
    json.endObject();
  }
}
