package io.sluice.domain.scoring;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.Regime;
import io.sluice.domain.wire.Side;
import java.util.Map;

/**
 * What a model says of an instrument at a time.
 *
 * @param isShadow whether it only shows what it would have said
 * @param side null to hold, and where there is no probability
 * @param up calibrated probability that the label is up; NaN where there is none
 * @param expectedReturn of the instrument over the label's horizon; NaN where there is none
 * @param regime null where it is not known
 * @param weights of the members in that regime
 * @param drift of the model's inputs, a population stability index; NaN while too few rows are
 *     known
 * @param mostDrifted the feature that adds most to it, or null
 * @param eventTimeUs of the row that was scored, epoch microseconds
 */
public record Score(
    String instrument,
    String model,
    String version,
    boolean isShadow,
    Side side,
    double up,
    double expectedReturn,
    Regime regime,
    Map<String, Double> weights,
    double drift,
    String mostDrifted,
    long eventTimeUs) {

  /** Of the side that is likelier, from a half to 1; NaN where there is no probability. */
  public double confidence() {
    return Thresholds.confidence(up);
  }

  public void write(JsonWriter json) {
    json.beginObject().name("type").value("score").name("instrument").value(instrument);
    json.name("model").value(model).name("model_version").value(version);
    json.name("side").value(side == null ? "HOLD" : side.name());
    json.name("confidence").value((Double) confidence());
    json.name("expected_return").value((Double) expectedReturn);
    json.name("regime").value(regime).name("weights").beginObject();
    weights.forEach((member, weight) -> json.name(member).value(weight));
    json.endObject().name("event_time_us").value(eventTimeUs);
    json.name("shadow").value(isShadow).name("drift").value((Double) drift);
    json.name("most_drifted").value(mostDrifted).endObject();
  }
}
