package io.sluice.domain.market.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class WaitingBesideRestingTest {
  private static final String INSTRUMENT = "BINANCE:BTCUSDT";

  @Test
  void aMarketOrderThatWaitsIsStoredBesideALimitOrderThatRests() throws Exception {
    Watches watches = new Watches(INSTRUMENT, 250_000);
    watches.add(intent("rests", OrderType.LIMIT, "90", TimeInForce.GTC), 0);
    assertThat(watches.on(trade("100"), 300_000)).isEmpty();
    watches.add(intent("waits", OrderType.MARKET, null, TimeInForce.IOC), 300_000);

    JsonWriter json = new JsonWriter();
    watches.write(json);
    Watches restored = Watches.read(INSTRUMENT, 250_000, StrictJson.trusted(json.toBytes()));

    assertThat(restored.on(trade("89"), 600_000))
        .extracting("intentId")
        .containsExactly("rests", "waits");
  }

  private static Intent intent(String id, OrderType type, String limit, TimeInForce tif) {
    return new Intent(
        id,
        Action.NEW,
        null,
        "demo",
        "test",
        INSTRUMENT,
        Side.BUY,
        type,
        BigDecimal.ONE,
        limit == null ? null : new BigDecimal(limit),
        tif,
        false,
        null,
        null,
        0L,
        null);
  }

  private static Trade trade(String price) {
    return new Trade(
        INSTRUMENT, "1", new BigDecimal(price), BigDecimal.ONE, Aggressor.BUY, 0L, null);
  }
}
