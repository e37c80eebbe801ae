package io.sluice.domain.control;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Section;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What a gate goes by beside limits. The name, the shape and the range are those of the key in the
 * configuration; a time counts in microseconds here.
 */
public enum Parameter {
  /** How far above the reference price a market buy is valued; more is tighter. */
  MARKET_WORST_CASE("market_worst_case", Shape.FRACTION, true, Configuration::marketWorstCase),
  /** How long ids of intents are remembered; longer is tighter. */
  ID_WINDOW("id_window", Shape.DURATION, true, of -> us(of.idWindowUs())),
  /** How long ids of fills are remembered; longer is tighter. */
  FILL_WINDOW("fill_window", Shape.DURATION, true, of -> us(of.fillWindowUs())),
  /** How far an intent's stamp may be from the gate's clock; less is tighter. */
  MAX_CLOCK_SKEW("max_clock_skew_ms", Shape.MILLISECONDS, false, of -> us(of.maxClockSkewUs())),
  /** How long a decision may be acted on; less is tighter. */
  VALID_FOR("valid_for_ms", Shape.POSITIVE_MILLISECONDS, false, of -> us(of.validForUs()));

  private static final long HOUR_MS = 3_600_000L;
  private static final BigDecimal US_PER_MS = BigDecimal.valueOf(1_000);

  private enum Shape {
    FRACTION,
    DURATION,
    MILLISECONDS,
    POSITIVE_MILLISECONDS
  }

  private final String key;
  private final Shape shape;
  private final boolean moreIsTighter;
  private final Function<Configuration, BigDecimal> configured;

  Parameter(
      String key,
      Shape shape,
      boolean moreIsTighter,
      Function<Configuration, BigDecimal> configured) {
    this.key = key;
    this.shape = shape;
    this.moreIsTighter = moreIsTighter;
    this.configured = configured;
  }

  private static BigDecimal us(long us) {
    return BigDecimal.valueOf(us);
  }

  public String key() {
    return key;
  }

  /** The names of all parameters. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Parameter::key).toList();
  }

  /** What configuration says. */
  public BigDecimal of(Configuration configuration) {
    return configured.apply(configuration);
  }

  public BigDecimal tighter(BigDecimal a, BigDecimal b) {
    return moreIsTighter ? a.max(b) : a.min(b);
  }

  /** Whether a value permits more than another. */
  public boolean isLooser(BigDecimal value, BigDecimal than) {
    return tighter(value, than).compareTo(value) != 0;
  }

  BigDecimal parse(Section section) {
    return switch (shape) {
      case FRACTION -> section.positive(key);
      case DURATION -> us(section.durationUs(key, 0));
      case MILLISECONDS -> us(section.whole(key, 0, HOUR_MS) * 1_000);
      case POSITIVE_MILLISECONDS -> us(section.whole(key, 1, HOUR_MS) * 1_000);
    };
  }

  void write(BigDecimal value, JsonWriter json) {
    json.name(key);
    switch (shape) {
      case FRACTION -> json.value(value);
      case DURATION -> json.value(Durations.print(value.longValueExact()));
      case MILLISECONDS, POSITIVE_MILLISECONDS ->
          json.value(value.divide(US_PER_MS).longValueExact());
    }
  }
}
