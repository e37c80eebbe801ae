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
 * @param maxStopSigmas how far an intent may set its own stop, in daily volatilities; it is never
 *     nearer than {@code stopSigmas}. Null where intents have no choice
 * @param target distance of the target, or null
 * @param rewardRisk distance of the target in distances of the stop, or null
 * @param trailing how far a price may come back from the best since the entry, or null
 */
public record Exits(
    BigDecimal stop,
    BigDecimal stopSigmas,
    BigDecimal maxStopSigmas,
    BigDecimal target,
    BigDecimal rewardRisk,
    BigDecimal trailing) {
  public static final Exits NONE = new Exits(null, null, null, null, null, null);

  static Exits parse(Section section) {
    section.allow("stop", "stop_sigmas", "max_stop_sigmas", "target", "reward_risk", "trailing");
    Exits exits =
        new Exits(
            fraction(section, "stop"),
            positive(section, "stop_sigmas"),
            positive(section, "max_stop_sigmas"),
            positive(section, "target"),
            positive(section, "reward_risk"),
            fraction(section, "trailing"));
    if (exits.maxStopSigmas != null
        && (exits.stopSigmas == null || exits.maxStopSigmas.compareTo(exits.stopSigmas) < 0)) {
      throw section.wrong("max_stop_sigmas", "stop_sigmas beside it, and at least as much");
    }
    if (exits.target != null && exits.rewardRisk != null) {
      throw section.wrong("reward_risk", "either target or reward_risk");
    }
    if (exits.rewardRisk != null && exits.stop == null && exits.stopSigmas == null) {
      throw section.wrong("reward_risk", "a stop that it is a multiple of");
    }
    return exits;
  }

  private static BigDecimal positive(Section section, String key) {
    return section.has(key) ? section.positive(key) : null;
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

  /**
   * How far the stop is from the entry, as a fraction of it.
   *
   * @param sigmaDaily the instrument's daily volatility, or null where it is not known
   * @param intended the distance that the intent asks for, or null for none; it counts between
   *     {@code stopSigmas} and {@code maxStopSigmas}
   * @return null where there is no stop, or its volatility is not known and nothing else sets it
   */
  public BigDecimal stopDistance(Double sigmaDaily, BigDecimal intended) {
    if (stopSigmas == null || sigmaDaily == null || !(sigmaDaily > 0)) {
      return stop;
    }
    BigDecimal sigma = BigDecimal.valueOf(sigmaDaily);
    BigDecimal byVolatility = stopSigmas.multiply(sigma);
    if (maxStopSigmas != null && intended != null) {
      byVolatility = byVolatility.max(intended).min(maxStopSigmas.multiply(sigma));
    }
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
    write(json, "max_stop_sigmas", maxStopSigmas);
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
