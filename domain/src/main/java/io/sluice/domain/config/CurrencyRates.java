package io.sluice.domain.config;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What currencies are worth in others: by the mark of a listed instrument, or fixed. An account's
 * books and limits are in its own currency; what is priced in another counts at its rate.
 */
public record CurrencyRates(List<CurrencyRate> all) {
  public CurrencyRates {
    all = List.copyOf(all);
  }

  /**
   * What a unit of a currency is worth in another.
   *
   * @param instrument whose mark says so, or null where it is fixed
   * @param inverse whether the instrument trades the other currency against this one
   * @param fixed the worth, or null where an instrument says it
   */
  public record CurrencyRate(
      String currency, String in, String instrument, boolean inverse, BigDecimal fixed) {

    /**
     * The rate where the instrument's mark is at this price, or null where it has to be known and
     * is not; an inverse has 18 decimals.
     */
    public BigDecimal at(BigDecimal mark) {
      if (fixed != null) {
        return fixed;
      }
      return mark == null || !inverse ? mark : Decimals.divide(BigDecimal.ONE, mark);
    }
  }

  /**
   * Reads {@code [{currency: EUR, in: USD, instrument: "KRAKEN:EURUSD"}, {currency: USDT, in: USD,
   * fixed: "1"}]}.
   */
  static CurrencyRates parse(Section root, Map<String, Instrument> instruments) {
    List<CurrencyRate> rates = new ArrayList<>();
    Set<Set<String>> pairs = new HashSet<>();
    root.each(
        "rates",
        section -> {
          section.allow("currency", "in", "instrument", "fixed");
          CurrencyRate rate = rate(section, instruments);
          if (!pairs.add(Set.of(rate.currency, rate.in))) {
            throw section.wrong("in", "every pair of currencies once");
          }
          rates.add(rate);
        });
    return new CurrencyRates(rates);
  }

  private static CurrencyRate rate(Section section, Map<String, Instrument> instruments) {
    String currency = section.text("currency");
    String in = section.text("in");
    if (currency.equals(in)) {
      throw section.wrong("in", "another currency than " + currency);
    }
    if (section.has("instrument") == section.has("fixed")) {
      throw section.wrong("instrument", "either an instrument or a fixed rate");
    }
    if (section.has("fixed")) {
      return new CurrencyRate(currency, in, null, false, section.positive("fixed"));
    }
    String id = section.text("instrument");
    Instrument listed = instruments.get(id);
    boolean trades =
        listed != null
            && (listed.base().equals(currency) && listed.quote().equals(in)
                || listed.base().equals(in) && listed.quote().equals(currency));
    if (!trades) {
      throw section.wrong(
          "instrument", "a listed instrument that trades " + currency + " and " + in);
    }
    return new CurrencyRate(currency, in, id, listed.base().equals(in), null);
  }

  /**
   * The rate of a currency in another, or null where none is configured. One that is configured for
   * the other direction counts for this one too.
   */
  public CurrencyRate of(String currency, String in) {
    for (CurrencyRate rate : all) {
      if (rate.currency.equals(currency) && rate.in.equals(in)) {
        return rate;
      }
      if (rate.currency.equals(in) && rate.in.equals(currency)) {
        return new CurrencyRate(
            currency,
            in,
            rate.instrument,
            !rate.inverse,
            rate.fixed == null ? null : Decimals.divide(BigDecimal.ONE, rate.fixed));
      }
    }
    return null;
  }

  /** Whether an instrument's marks say what a currency is worth. */
  public boolean areOf(String instrument) {
    for (CurrencyRate rate : all) {
      if (instrument.equals(rate.instrument)) {
        return true;
      }
    }
    return false;
  }

  void writeInto(JsonWriter json) {
    if (all.isEmpty()) {
      return;
    }
    json.name("rates").beginArray();
    for (CurrencyRate rate : all) {
      json.beginObject().name("currency").value(rate.currency).name("in").value(rate.in);
      if (rate.fixed == null) {
        json.name("instrument").value(rate.instrument);
      } else {
        json.name("fixed").value(rate.fixed);
      }
      json.endObject();
    }
    json.endArray();
  }
}
