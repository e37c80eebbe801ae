package io.sluice.domain.market;

import static io.sluice.domain.market.Front.BTC;
import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.buy;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.Trade;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArbitrageTest {
  private final Front front = new Front(BTC);

  @BeforeEach
  void twoVenues() {
    front.market = new InstrumentMarket(BTC, Front.termsOfTwoVenues());
  }

  private static Trade elsewhere(long timeUs, String price) {
    return Front.tradeOf("W:BTC", timeUs, price);
  }

  @Test
  void anAssetThatIsDearerElsewhereIsToldOnceUntilTheSpreadHasHalved() {
    front.at(START, trade(START, "100"));
    front.at(START, elsewhere(START, "100.9"));
    assertThat(front.events).isEmpty();
    front.at(START + 1, elsewhere(START + 1, "101"));
    front.at(START + 2, elsewhere(START + 2, "102"));
    assertThat(front.events).hasSize(1);
    Event event = front.events.get(0);
    assertThat(event.type()).isEqualTo(Event.Type.ARBITRAGE);
    assertThat(event.scope()).isEqualTo("instrument:V:BTC");
    assertThat(event.eventTimeUs()).isEqualTo(START + 1);
    assertThat(new String(event.detail(), StandardCharsets.UTF_8))
        .isEqualTo("{\"spread\":0.01,\"bound\":0.01,\"dearest\":\"W:BTC\"}");
    front.at(START + 3, elsewhere(START + 3, "100.6"));
    front.at(START + 4, elsewhere(START + 4, "101"));
    assertThat(front.events).hasSize(1);
    front.at(START + 5, elsewhere(START + 5, "100.4"));
    front.at(START + 6, elsewhere(START + 6, "101"));
    assertThat(front.events).hasSize(2);
    assertThat(front.events.get(1).eventId()).isNotEqualTo(event.eventId());
  }

  @Test
  void theCheaperVenueTellsAndNotTheOther() {
    front.at(START, elsewhere(START, "100"));
    front.at(START, trade(START, "105"));
    assertThat(front.events).isEmpty();
  }

  @Test
  void aTradeElsewhereIsNoneOfTheInstrumentsOwn() {
    front.at(START, trade(START, "100"));
    List<?> entries = List.copyOf(front.entries);
    front.at(START + SECOND, elsewhere(START + SECOND, "200"));
    assertThat(front.entries).isEqualTo(entries);
    assertThat(front.market.last.price()).isEqualByComparingTo("100");
  }

  @Test
  void whatWasToldIsNotToldAgainAfterARestart() {
    front.at(START, trade(START, "100"));
    front.at(START, elsewhere(START, "101"));
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(front.market));
    front.market = MarketParts.read(BTC, Front.termsOfTwoVenues(), stored);
    front.at(START + 1, elsewhere(START + 1, "101.1"));
    assertThat(front.events).hasSize(1);
  }

  /** Else the gate's inputs would depend on whether there are features. */
  @Test
  void noTimePassesWithATradeElsewhere() {
    front.at(START, trade(START, "100"));
    front.at(START, buy("i", "a", "90", TimeInForce.GTC));
    int entries = front.entries.size();
    front.at(START + 7_200 * SECOND, elsewhere(START + 7_200 * SECOND, "100"));
    assertThat(front.entries).hasSize(entries);
    assertThat(front.at(START + SECOND, trade(START + SECOND, "101")).get(0).gateTimeUs())
        .isEqualTo(START + SECOND);
  }
}
