package io.sluice.domain.market.feature;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.Regime;
import io.sluice.domain.market.bar.TradedBar;

/**
 * A closed bar of an instrument, its features and its market's regime at its end: what was known
 * before the first row that came at or after it.
 *
 * @param values in the order of the schema; NaN stands for a feature that has none. Nobody changes
 *     them.
 * @param regime null where it is not known
 * @param regimeConfidence how sure that is, 0 to 1; null where bars do not tell the regime
 */
public record FeatureRow(
    String instrument,
    TradedBar bar,
    FeatureSchema schema,
    double[] values,
    Regime regime,
    Double regimeConfidence) {

  /** The end of the bar, epoch microseconds. */
  public long timeUs() {
    return bar.startUs() + bar.interval().us();
  }

  /** A feature's value, or null where it has none or is not there. */
  public Double value(String name) {
    int place = schema.place(name);
    return place < 0 || Double.isNaN(values[place]) ? null : (Double) values[place];
  }

  /** One line of {@code market.bars}; a feature without value is left out. */
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("bar").name("instrument").value(instrument);
    json.name("interval").value(bar.interval().code()).name("start_time_us").value(bar.startUs());
    json.name("end_time_us").value(timeUs()).name("open").value(bar.open());
    json.name("high").value(bar.high()).name("low").value(bar.low());
    json.name("close").value(bar.close()).name("volume").value(bar.volume());
    json.name("turnover").value(bar.turnover()).name("vwap").value(bar.vwap());
    json.name("buy_volume").value(bar.buyVolume()).name("sell_volume").value(bar.sellVolume());
    json.name("trades").value(bar.trades()).name("skipped").value(bar.skipped());
    json.name("regime").value(regime).name("regime_confidence").value(regimeConfidence);
    json.name("schema_hash").value(schema.hash()).name("features").beginObject();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        json.name(schema.names().get(i)).value((Double) values[i]);
      }
    }
    json.endObject().endObject();
  }

  public byte[] toJson() {
    JsonWriter json = new JsonWriter(4_096);
    write(json);
    return json.toBytes();
  }
}
