package io.sluice.domain.market;

import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.anomaly.Anomaly;
import io.sluice.domain.market.feature.Arbitrage;
import io.sluice.domain.market.regime.RegimeChange;
import io.sluice.domain.wire.Row;

/** Events that the market of an instrument gives rise to; the same rows give the same bytes. */
final class MarketEvents {
  private MarketEvents() {}

  /**
   * @param leaveProbability that the new regime is left within a quarter of an hour, or null
   */
  static Event of(String instrument, RegimeChange change, Double leaveProbability) {
    boolean callsForCare = change.to() == Regime.VOLATILE || change.to() == Regime.FLASH_CRASH;
    JsonWriter detail = new JsonWriter();
    detail.beginObject().name("from").value(change.from()).name("to").value(change.to());
    detail.name("confidence").value((Double) change.confidence());
    detail.name("sigma_daily").value(change.sigmaDaily());
    detail.name("leave_probability").value(leaveProbability);
    detail.endObject();
    return event(
        Event.Type.REGIME,
        instrument,
        callsForCare ? Event.Severity.WARNING : Event.Severity.INFO,
        change.timeUs(),
        detail);
  }

  static Event of(String instrument, Anomaly anomaly) {
    JsonWriter detail = new JsonWriter();
    detail.beginObject();
    if (anomaly instanceof Anomaly.Discord discord) {
      detail.name("kind").value("discord");
      detail.name("distance").value((Double) discord.distance());
      detail.name("score").value((Double) discord.score());
      detail.name("nearest_us").value(discord.nearestUs());
    } else {
      Anomaly.Motif motif = (Anomaly.Motif) anomaly;
      detail.name("kind").value("motif").name("matches").value(motif.matches());
      detail.name("correlation").value((Double) motif.correlation());
      detail.name("nearest_us").value(motif.nearestUs());
      detail.name("forward_us").value(motif.forwardUs());
      detail.name("mean_return").value((Double) motif.meanReturn());
      detail.name("rose").value(motif.rose());
    }
    detail.endObject();
    return event(Event.Type.ANOMALY, instrument, Event.Severity.INFO, anomaly.timeUs(), detail);
  }

  static Event of(String instrument, Arbitrage found, double bound, Row row) {
    JsonWriter detail = new JsonWriter();
    detail.beginObject().name("spread").value((Double) found.spread());
    detail.name("bound").value((Double) bound).name("dearest").value(found.dearest()).endObject();
    long timeUs = row.message().eventTimeUs();
    return event(Event.Type.ARBITRAGE, instrument, Event.Severity.INFO, timeUs, detail);
  }

  private static Event event(
      Event.Type type, String instrument, Event.Severity severity, long timeUs, JsonWriter detail) {
    String scope = "instrument:" + instrument;
    return Event.observed(type, scope, instrument, severity, timeUs, detail.toBytes());
  }
}
