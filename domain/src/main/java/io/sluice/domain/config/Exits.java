package io.sluice.domain.config;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * Where a position is given up and where its profit is taken, as fractions of its entry price.
 *
 * @param stop distance of the stop, or null where there is none or volatility sets it
 * @param stopSigmas distance of the stop in daily volatilities, or null; with {@code stop} beside
 *     it the nearer of both
 * @param target distance of the target, or null
 * @param rewardRisk distance of the target in distances of the stop, or null
 * @param trailing how far a price may come back from the best since the entry, or null
 */
public record Exits(
    BigDecimal stop,
    BigDecimal stopSigmas,
    BigDecimal target,
    BigDecimal rewardRisk,
    BigDecimal trailing) {
  public static final Exits NONE = new Exits(null, null, null, null, null);

  static Exits parse(Section section) {
    section.allow("stop", "stop_sigmas", "target", "reward_risk", "trailing");
    Exits exits =
        new Exits(
            fraction(section, "stop"),
            section.has("stop_sigmas") ? section.positive("stop_sigmas") : null,
            section.has("target") ? section.positive("target") : null,
            section.has("reward_risk") ? section.positive("reward_risk") : null,
            fraction(section, "trailing"));
    if (exits.target != null && exits.rewardRisk != null) {
      throw section.wrong("reward_risk", "either target or reward_risk");
    }
    if (exits.rewardRisk != null && exits.stop == null && exits.stopSigmas == null) {
      throw section.wrong("reward_risk", "a stop that it is a multiple of");
    }
    return exits;
  }

  private static BigDecimal fraction(Section section, String key) {
    if (!section.has(key)) {
      return null;
    }
    BigDecimal value = section.positive(key);
    if (value.compareTo(BigDecimal.ONE) >= 0) {
      throw section.wrong(key, "a fraction above 0 and below 1");
    }
    return value;
  }

  public boolean hasStop() {
    return stop != null || stopSigmas != null;
  }

  /**
   * How far the stop is from the entry, as a fraction of it.
   *
   * @param sigmaDaily the instrument's daily volatility, or null where it is not known
   * @return null where there is no stop, or its volatility is not known and nothing else sets it
   */
  public BigDecimal stopDistance(Double sigmaDaily) {
    if (stopSigmas == null || sigmaDaily == null || !(sigmaDaily > 0)) {
      return stop;
    }
    BigDecimal byVolatility = stopSigmas.multiply(BigDecimal.valueOf(sigmaDaily));
    return stop == null ? byVolatility : stop.min(byVolatility);
  }

  /** The price at which a position of this side is given up, on the tick; null without a stop. */
  public BigDecimal stopPrice(Side side, BigDecimal entry, BigDecimal distance, BigDecimal tick) {
    return distance == null ? null : away(side, entry, distance.negate(), tick);
  }

  /** The price at which a position of this side is taken home, on the tick; null without one. */
  public BigDecimal targetPrice(Side side, BigDecimal entry, BigDecimal distance, BigDecimal tick) {
    BigDecimal reward =
        rewardRisk == null ? target : distance == null ? null : distance.multiply(rewardRisk);
    return reward == null ? null : away(side, entry, reward, tick);
  }

  /** The price at which a position of this side has come back too far from its best. */
  public BigDecimal trailingPrice(Side side, BigDecimal best, BigDecimal tick) {
    return best == null ? null : away(side, best, trailing.negate(), tick);
  }

  private static BigDecimal away(Side side, BigDecimal entry, BigDecimal by, BigDecimal tick) {
    BigDecimal signed = side == Side.BUY ? by : by.negate();
    return Decimals.roundTo(entry.add(entry.multiply(signed)), tick).max(tick);
  }

  void writeInto(JsonWriter json) {
    if (equals(NONE)) {
      return;
    }
    json.name("exits").beginObject();
    write(json, "stop", stop);
    write(json, "stop_sigmas", stopSigmas);
    write(json, "target", target);
    write(json, "reward_risk", rewardRisk);
    write(json, "trailing", trailing);
    json.endObject();
  }

  private static void write(JsonWriter json, String name, BigDecimal value) {
    if (value != null) {
      json.name(name).value(value);
    }
  }
}
