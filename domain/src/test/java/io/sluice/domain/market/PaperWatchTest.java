package io.sluice.domain.market;

import static io.sluice.domain.market.Front.BTC;
import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.amend;
import static io.sluice.domain.market.Front.buy;
import static io.sluice.domain.market.Front.cancel;
import static io.sluice.domain.market.Front.order;
import static io.sluice.domain.market.Front.quote;
import static io.sluice.domain.market.Front.read;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What paper execution does with the intents on an instrument, seen from outside. */
class PaperWatchTest {
  private static final long LATENCY = 250_000;
  private static final long HOUR = 3_600 * SECOND;
  private final Front front = new Front(BTC);

  @Test
  void theFirstTradeAtTheLatencyFillsAMarketOrder() {
    ticksAt(START, buy("i", "a", null, TimeInForce.IOC));
    assertThat(ticksAt(START + LATENCY - 1, trade(START, "100"))).isEmpty();
    PaperTick tick = (PaperTick) front.at(START + LATENCY, trade(START, "101")).get(0).input();
    assertThat(tick)
        .isEqualTo(
            new PaperTick(
                "i",
                "a",
                BTC,
                PaperTick.Status.FILLED,
                trade(0, "101").price(),
                trade(0, "101").qty(),
                START + LATENCY));
    assertThat(ticksAt(START + LATENCY + 1, trade(START, "101"))).isEmpty();
  }

  @Test
  void iocAndFokEndAtTheFirstEligibleTrade() {
    ticksAt(START, buy("ioc", "a", "99", TimeInForce.IOC));
    ticksAt(START, buy("fok", "a", "99", TimeInForce.FOK));
    ticksAt(START, buy("hit", "a", "100", TimeInForce.FOK));
    assertThat(ticksAt(START + LATENCY, trade(START, "100")))
        .containsExactly("ioc EXPIRED", "fok EXPIRED", "hit FILLED");
  }

  @Test
  void aLimitFillsAtItsPriceOrBetterOnEitherSide() {
    ticksAt(START, buy("buy", "a", "99", TimeInForce.GTC));
    ticksAt(START, order("sell", "a", Side.SELL, "101", TimeInForce.GTC));
    assertThat(ticksAt(START + LATENCY, trade(START, "100"))).isEmpty();
    assertThat(ticksAt(START + SECOND, trade(START, "99.01"))).isEmpty();
    assertThat(ticksAt(START + SECOND, trade(START, "99"))).containsExactly("buy FILLED");
    assertThat(ticksAt(START + SECOND, trade(START, "100.99"))).isEmpty();
    assertThat(ticksAt(START + SECOND, trade(START, "102"))).containsExactly("sell FILLED");
  }

  @Test
  void ordersThatOneTradeFillsComeInTheOrderOfTheirIntents() {
    ticksAt(START, buy("1", "a", "98", TimeInForce.GTC));
    ticksAt(START, order("2", "b", Side.SELL, "97", TimeInForce.GTC));
    ticksAt(START, buy("3", "b", "99", TimeInForce.GTC));
    ticksAt(START, buy("4", "a", "90", TimeInForce.GTC));
    assertThat(ticksAt(START + LATENCY, trade(START, "96.5")))
        .containsExactly("1 FILLED", "3 FILLED");
    ticksAt(START + SECOND, buy("5", "a", null, TimeInForce.IOC));
    assertThat(ticksAt(START + 2 * SECOND, trade(START, "98")))
        .containsExactly("2 FILLED", "5 FILLED");
  }

  @Test
  void aRestingOrderExpiresAfterAnHourAtWhateverRowComes() {
    ticksAt(START, buy("1", "a", "90", TimeInForce.GTC));
    ticksAt(START + 1, buy("2", "a", "90", TimeInForce.GTC));
    ticksAt(START + 2, buy("3", "a", "90", TimeInForce.GTC));
    ticksAt(START + LATENCY + 2, trade(START, "100"));
    assertThat(ticksAt(START + HOUR - 1, trade(START, "100"))).isEmpty();
    assertThat(ticksAt(START + HOUR, trade(START, "90")))
        .containsExactly("1 EXPIRED", "2 FILLED", "3 FILLED");
    ticksAt(START + HOUR, buy("4", "a", "80", TimeInForce.GTC));
    ticksAt(START + HOUR, buy("5", "a", "80", TimeInForce.GTC));
    assertThat(ticksAt(START + 2 * HOUR, quote(START, "99", "100")))
        .containsExactly("4 EXPIRED", "5 EXPIRED");
    ticksAt(START + 3 * HOUR, buy("6", "a", "80", TimeInForce.GTC));
    assertThat(ticksAt(START + 4 * HOUR, cancel("c", "b", "x"))).containsExactly("6 EXPIRED");
  }

  @Test
  void aCancelEndsAllVersionsOfItsOrderAtOnceAndNobodyElses() {
    ticksAt(START, buy("i", "a", "90", TimeInForce.GTC));
    ticksAt(START, buy("other", "a", "90", TimeInForce.GTC));
    ticksAt(START, buy("i", "b", "90", TimeInForce.GTC));
    ticksAt(START, amend("i2", "a", "i", "91"));
    ticksAt(START, amend("i3", "a", "i2", "92"));
    assertThat(ticksAt(START + 1, cancel("c", "a", "i3")))
        .containsExactly("i CANCELLED", "i2 CANCELLED", "i3 CANCELLED");
    assertThat(ticksAt(START + LATENCY, trade(START, "80")))
        .containsExactly("other FILLED", "i FILLED");
    assertThat(ticksAt(START + SECOND, cancel("c2", "a", "i"))).isEmpty();
  }

  @Test
  void aCancelWithADefectStillEndsTheOrder() {
    ticksAt(START, buy("i", "a", "90", TimeInForce.GTC));
    assertThat(
            ticksAt(
                START + 1,
                read(
                    """
                    {"type":"intent","intent_id":"c","action":"CANCEL","target_intent_id":"i","account":"a",
                     "strategy":7,"instrument":"V:BTC"}
                    """)))
        .containsExactly("i CANCELLED");
  }

  @Test
  void anIntentWithADefectIsNotWatched() {
    ticksAt(
        START,
        read(
            """
            {"type":"intent","intent_id":"i","action":"NEW","account":"a","strategy":"s","instrument":"V:BTC",
             "side":"BUY","order_type":"MARKET","qty":"-1","time_in_force":"IOC","event_time_us":1}
            """));
    assertThat(ticksAt(START + LATENCY, trade(START, "80"))).isEmpty();
  }

  @Test
  void anAmendmentHasAWatchOfItsOwn() {
    ticksAt(START, buy("i", "a", "90", TimeInForce.GTC));
    ticksAt(START + LATENCY, trade(START, "100"));
    ticksAt(START + SECOND, amend("i2", "a", "i", "99"));
    assertThat(ticksAt(START + SECOND + LATENCY - 1, trade(START, "98")))
        .as("its latency")
        .isEmpty();
    assertThat(ticksAt(START + SECOND + LATENCY, trade(START, "99"))).containsExactly("i2 FILLED");
    assertThat(ticksAt(START + 2 * SECOND, amend("i3", "a", "i2", "98"))).isEmpty();
    assertThat(ticksAt(START + 3 * SECOND, trade(START, "90")))
        .as("the filled version can be amended no more, the first rests on")
        .containsExactly("i FILLED");
  }

  @Test
  void anAmendmentOfNothingIsNotWatched() {
    ticksAt(START, amend("x", "a", "unknown", "99"));
    assertThat(ticksAt(START + SECOND, trade(START, "1"))).isEmpty();
  }

  @Test
  void anAccountHasAThousandWatchesAndThenIsToldSo() {
    for (int i = 0; i < 999; i++) {
      front.at(START, buy("i" + i, "a", "90", TimeInForce.GTC));
    }
    front.at(START, amend("i0b", "a", "i0", "91"));
    assertThat(isUnwatched(buy("more", "a", null, TimeInForce.IOC))).isTrue();
    assertThat(isUnwatched(amend("i1b", "a", "i1", "92"))).isTrue();
    assertThat(isUnwatched(buy("i5", "a", "90", TimeInForce.GTC))).as("watched already").isFalse();
    assertThat(isUnwatched(buy("i", "b", null, TimeInForce.IOC))).as("another account").isFalse();
    front.at(START, cancel("c", "a", "i7"));
    assertThat(isUnwatched(buy("more", "a", null, TimeInForce.IOC))).isFalse();
    assertThat(isUnwatched(buy("evenmore", "a", null, TimeInForce.IOC))).isTrue();
  }

  private boolean isUnwatched(Message intent) {
    List<Entry> made = front.at(START, intent);
    return made.get(made.size() - 1).snapshot().unwatched();
  }

  @Test
  void theSameIntentAgainHasOneWatch() {
    ticksAt(START, buy("i", "a", null, TimeInForce.IOC));
    ticksAt(START, buy("i", "a", null, TimeInForce.IOC));
    assertThat(ticksAt(START + LATENCY, trade(START, "80"))).containsExactly("i FILLED");
  }

  @Test
  void ordersThatComeAndGoBetweenTradesLeaveNothingBehind() {
    front.at(START, buy("rests", "a", "90", TimeInForce.GTC));
    int size = stateSize();
    for (int i = 0; i < 3_000; i++) {
      front.at(START + i, buy("i" + i, "a", "95", TimeInForce.GTC));
      front.at(START + i, cancel("c" + i, "a", "i" + i));
    }
    assertThat(stateSize()).isLessThan(size + 10);
    assertThat(ticksAt(START + SECOND, trade(START, "90"))).containsExactly("rests FILLED");
  }

  private int stateSize() {
    MarketParts.takeChanged(front.market);
    front.at(START, buy("probe", "b", "90", TimeInForce.GTC));
    front.at(START, cancel("c", "b", "probe"));
    return MarketParts.takeChanged(front.market).get("watches").length;
  }

  private List<String> ticksAt(long timeUs, Message message) {
    return front.at(timeUs, message).stream()
        .map(
            entry ->
                entry.input() instanceof PaperTick tick
                    ? tick.intentId() + " " + tick.status()
                    : null)
        .filter(Objects::nonNull)
        .toList();
  }
}
