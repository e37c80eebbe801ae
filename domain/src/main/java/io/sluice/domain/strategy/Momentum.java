package io.sluice.domain.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.Trade;

/**
 * An example: buys while a ten-minute average of the price is above a one-hour one by 0.3 % or
 * more, sells while it is below by as much, at most once in 15 minutes. It shows how a strategy is
 * built in; it is no advice and has no edge.
 */
public final class Momentum implements Strategy {
  private static final double THRESHOLD = 0.003;
  private static final long PAUSE_US = 900_000_000L;

  private final TimedAverage fast = new TimedAverage(600_000_000L);
  private final TimedAverage slow = new TimedAverage(3_600_000_000L);
  private long lastSignalUs;

  @Override
  public Signal on(Trade trade) {
    double price = trade.price().doubleValue();
    fast.add(trade.eventTimeUs(), price);
    slow.add(trade.eventTimeUs(), price);
    double lead = fast.value() / slow.value() - 1;
    boolean mayTrade = slow.isWarm() && trade.eventTimeUs() - lastSignalUs >= PAUSE_US;
    if (!mayTrade || Math.abs(lead) < THRESHOLD) {
      return null;
    }
    lastSignalUs = trade.eventTimeUs();
    return new Signal(lead > 0 ? Side.BUY : Side.SELL, Math.min(1, 0.5 + Math.abs(lead) * 10));
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("fast").raw(fast.toJson()).name("slow").raw(slow.toJson());
    json.name("last_signal_us").value(lastSignalUs).endObject();
  }

  @Override
  public void read(ObjectNode state) {
    fast.read(state.path("fast"));
    slow.read(state.path("slow"));
    lastSignalUs = state.path("last_signal_us").longValue();
  }
}
