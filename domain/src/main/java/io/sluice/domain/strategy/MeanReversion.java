package io.sluice.domain.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.Trade;

/**
 * An example: buys when the price is two deviations or more below its half-hour average, sells when
 * it is as far above, at most once in 10 minutes. It shows how a strategy is built in; it is no
 * advice and has no edge.
 */
public final class MeanReversion implements Strategy {
  private static final double DEVIATIONS = 2;
  private static final long PAUSE_US = 600_000_000L;
  private static final long HALF_HOUR_US = 1_800_000_000L;

  private final TimedAverage mean = new TimedAverage(HALF_HOUR_US);
  private final TimedAverage meanOfSquares = new TimedAverage(HALF_HOUR_US);
  private long lastSignalUs;

  @Override
  public Signal on(Trade trade) {
    double price = trade.price().doubleValue();
    double deviation = deviation();
    double distance = deviation > 0 ? (price - mean.value()) / deviation : 0;
    mean.add(trade.eventTimeUs(), price);
    meanOfSquares.add(trade.eventTimeUs(), price * price);
    boolean mayTrade = mean.isWarm() && trade.eventTimeUs() - lastSignalUs >= PAUSE_US;
    if (!mayTrade || Math.abs(distance) < DEVIATIONS) {
      return null;
    }
    lastSignalUs = trade.eventTimeUs();
    return new Signal(distance < 0 ? Side.BUY : Side.SELL, Math.min(1, Math.abs(distance) / 5));
  }

  private double deviation() {
    double variance = meanOfSquares.value() - mean.value() * mean.value();
    return variance > 0 ? Math.sqrt(variance) : 0;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject()
        .name("mean")
        .raw(mean.toJson())
        .name("mean_of_squares")
        .raw(meanOfSquares.toJson());
    json.name("last_signal_us").value(lastSignalUs).endObject();
  }

  @Override
  public void read(ObjectNode state) {
    mean.read(state.path("mean"));
    meanOfSquares.read(state.path("mean_of_squares"));
    lastSignalUs = state.path("last_signal_us").longValue();
  }
}
