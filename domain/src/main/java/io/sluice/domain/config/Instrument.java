package io.sluice.domain.config;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * A listed instrument.
 *
 * @param id symbol on a venue, {@code BINANCE:BTCUSDT}
 * @param base the asset traded, which groups venues
 * @param quote the currency of its prices
 * @param tick the step of its prices
 * @param lot the step of its quantities
 * @param minQty smallest order
 * @param maxQty largest order the venue takes
 * @param minNotional smallest order value
 * @param multiplier quote currency per price unit and lot unit; 1 for spot
 */
public record Instrument(
    String id,
    String base,
    String quote,
    Kind kind,
    BigDecimal tick,
    BigDecimal lot,
    BigDecimal minQty,
    BigDecimal maxQty,
    BigDecimal minNotional,
    BigDecimal multiplier) {

  /** What is traded: the asset itself, or a contract on it. */
  public enum Kind {
    SPOT,
    PERPETUAL
  }

  public String venue() {
    return venueOf(id);
  }

  /** The part before the colon; an id without one is its own venue. */
  public static String venueOf(String instrument) {
    int colon = instrument.indexOf(':');
    return colon < 0 ? instrument : instrument.substring(0, colon);
  }

  /** Whether a quantity at a price is worth less than the smallest order. */
  public boolean isBelowMinNotional(BigDecimal qty, BigDecimal price) {
    return qty.multiply(price).multiply(multiplier).compareTo(minNotional) < 0;
  }

  static Instrument parse(Section section) {
    section.allow(
        "id",
        "base",
        "quote",
        "kind",
        "tick",
        "lot",
        "min_qty",
        "max_qty",
        "min_notional",
        "multiplier");
    Instrument instrument =
        new Instrument(
            section.id("id"),
            section.text("base"),
            section.text("quote"),
            section.enumOf("kind", Kind.class, Kind.SPOT),
            section.positive("tick"),
            section.positive("lot"),
            section.positive("min_qty"),
            section.positive("max_qty"),
            section.decimal("min_notional", BigDecimal.ZERO, "a decimal of at least 0"),
            section.positive("multiplier", BigDecimal.ONE));
    if (instrument.maxQty.compareTo(instrument.minQty) < 0) {
      throw section.wrong("max_qty", "at least min_qty, " + instrument.minQty.toPlainString());
    }
    return instrument;
  }

  void write(JsonWriter json) {
    json.beginObject().name("id").value(id).name("base").value(base).name("quote").value(quote);
    json.name("kind").value(kind).name("tick").value(tick).name("lot").value(lot);
    json.name("min_qty").value(minQty).name("max_qty").value(maxQty);
    json.name("min_notional").value(minNotional).name("multiplier").value(multiplier).endObject();
  }
}
