package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.anomaly.AnomalyTerms;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.regime.RegimeTerms;
import io.sluice.domain.market.volatility.GarchTerms;
import io.sluice.domain.market.volatility.VolatilityMethod;
import io.sluice.domain.market.volatility.VolatilityTerms;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the front looks for in an instrument's bars.
 *
 * @param volatility how volatility is estimated; null for that of the trades of each minute
 * @param regimes by what regimes are told; null where they are not
 * @param anomalies what counts as one; null where nobody looks
 */
public record MarketTerms(VolatilityTerms volatility, RegimeTerms regimes, AnomalyTerms anomalies) {
  /** Volatility of the trades of each minute, and no more. */
  public static final MarketTerms DEFAULT = new MarketTerms(null, null, null);

  /** The method that stands for {@code volatility} being null. */
  private static final String OF_TRADES = "ewma_of_trades";

  static final List<String> KEYS = List.of("volatility", "regimes", "anomalies");

  static MarketTerms parse(Section root) {
    return new MarketTerms(
        root.has("volatility") ? root.attempt(() -> volatility(root.section("volatility"))) : null,
        root.has("regimes") ? root.attempt(() -> regimes(root.section("regimes"))) : null,
        root.has("anomalies") ? root.attempt(() -> anomalies(root.section("anomalies"))) : null);
  }

  private static VolatilityTerms volatility(Section section) {
    section.allow("method", "bar", "window", "lambda", "garch");
    if (OF_TRADES.equals(section.text("method", OF_TRADES))) {
      return null;
    }
    VolatilityTerms or = VolatilityTerms.DEFAULT;
    BarInterval bar = BarInterval.of(section.text("bar", BarInterval.MINUTE.code()));
    if (bar == null) {
      throw section.wrong("bar", "1s, 1m, 5m or 15m");
    }
    Section garch = section.section("garch");
    garch.allow("alphas", "betas", "window", "fit_every", "effective_after");
    GarchTerms orGarch = GarchTerms.DEFAULT;
    return built(
        section,
        () ->
            new VolatilityTerms(
                section.enumOf("method", VolatilityMethod.class),
                bar.us(),
                whole(section, "window", or.window()),
                number(section, "lambda", or.lambda()),
                new GarchTerms(
                    whole(garch, "alphas", orGarch.alphas()),
                    whole(garch, "betas", orGarch.betas()),
                    whole(garch, "window", orGarch.window()),
                    whole(garch, "fit_every", orGarch.fitEvery()),
                    whole(garch, "effective_after", orGarch.effectiveAfter()))));
  }

  private static RegimeTerms regimes(Section section) {
    section.allow(
        "detect",
        "low_sigma_daily",
        "volatile_sigma_daily",
        "volume_spike",
        "trending",
        "ranging",
        "window",
        "hysteresis",
        "confirm_bars");
    if (!section.flag("detect", true)) {
      return null;
    }
    RegimeTerms or = RegimeTerms.DEFAULT;
    return built(
        section,
        () ->
            new RegimeTerms(
                number(section, "low_sigma_daily", or.lowSigmaDaily()),
                number(section, "volatile_sigma_daily", or.volatileSigmaDaily()),
                number(section, "volume_spike", or.volumeSpike()),
                number(section, "trending", or.trending()),
                number(section, "ranging", or.ranging()),
                whole(section, "window", or.window()),
                section.has("hysteresis")
                    ? section.fraction("hysteresis").doubleValue()
                    : or.hysteresis(),
                whole(section, "confirm_bars", or.confirmBars())));
  }

  private static AnomalyTerms anomalies(Section section) {
    section.allow(
        "detect",
        "length",
        "history",
        "discord_score",
        "motif_correlation",
        "motif_matches",
        "forward_bars");
    if (!section.flag("detect", true)) {
      return null;
    }
    AnomalyTerms or = AnomalyTerms.DEFAULT;
    return built(
        section,
        () ->
            new AnomalyTerms(
                whole(section, "length", or.length()),
                whole(section, "history", or.history()),
                number(section, "discord_score", or.discordScore()),
                number(section, "motif_correlation", or.motifCorrelation()),
                whole(section, "motif_matches", or.motifMatches()),
                whole(section, "forward_bars", or.forwardBars())));
  }

  private static int whole(Section section, String key, int absent) {
    return (int) section.whole(key, 0, Integer.MAX_VALUE, absent);
  }

  private static double number(Section section, String key, double absent) {
    return section.positive(key, BigDecimal.valueOf(absent)).doubleValue();
  }

  private static <T> T built(Section section, Supplier<T> terms) {
    try {
      return terms.get();
    } catch (IllegalArgumentException e) {
      throw section.refused(e.getMessage());
    }
  }

  void writeInto(JsonWriter json) {
    if (volatility != null) {
      json.name("volatility").beginObject().name("method").value(volatility.method());
      json.name("bar").value(BarInterval.ofUs(volatility.horizonUs()).code());
      write(json, "window", volatility.window());
      write(json, "lambda", volatility.lambda());
      GarchTerms garch = volatility.garch();
      json.name("garch").beginObject();
      write(json, "alphas", garch.alphas());
      write(json, "betas", garch.betas());
      write(json, "window", garch.window());
      write(json, "fit_every", garch.fitEvery());
      write(json, "effective_after", garch.effectiveAfter());
      json.endObject().endObject();
    }
    if (regimes != null) {
      json.name("regimes").beginObject().name("detect").value(true);
      write(json, "low_sigma_daily", regimes.lowSigmaDaily());
      write(json, "volatile_sigma_daily", regimes.volatileSigmaDaily());
      write(json, "volume_spike", regimes.volumeSpike());
      write(json, "trending", regimes.trending());
      write(json, "ranging", regimes.ranging());
      write(json, "window", regimes.window());
      write(json, "hysteresis", regimes.hysteresis());
      write(json, "confirm_bars", regimes.confirmBars());
      json.endObject();
    }
    if (anomalies != null) {
      json.name("anomalies").beginObject().name("detect").value(true);
      write(json, "length", anomalies.length());
      write(json, "history", anomalies.history());
      write(json, "discord_score", anomalies.discordScore());
      write(json, "motif_correlation", anomalies.motifCorrelation());
      write(json, "motif_matches", anomalies.motifMatches());
      write(json, "forward_bars", anomalies.forwardBars());
      json.endObject();
    }
  }

  private static void write(JsonWriter json, String name, long value) {
    json.name(name).value(value);
  }

  private static void write(JsonWriter json, String name, double value) {
    json.name(name).value(BigDecimal.valueOf(value));
  }
}
