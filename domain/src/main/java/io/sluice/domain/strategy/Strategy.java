package io.sluice.domain.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.Trade;

/**
 * A built-in example strategy: a function of one instrument's trades and nothing else, so that it
 * can run inside the front. It knows nothing of positions or fills.
 */
public interface Strategy {
  /**
   * A wish to trade.
   *
   * @param confidence from 0 to 1
   */
  record Signal(Side side, double confidence) {}

  /** Takes a trade in; returns a wish to trade now, or null. */
  Signal on(Trade trade);

  void write(JsonWriter json);

  void read(ObjectNode state) throws UnreadableException;
}
