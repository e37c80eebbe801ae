package io.sluice.domain.market;

import static io.sluice.domain.market.Front.BTC;
import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The ids of the built-in strategies' intents say nothing but which trade it was. */
class StrategyIntentIdTest {
  private static final int TRADES = 3_000;

  @Test
  void idsAreTheSameWhereverTheTradesWereReadFrom() {
    List<Cause> file = new ArrayList<>();
    List<Cause> topic = new ArrayList<>();
    for (int i = 0; i < TRADES; i++) {
      file.add(new Cause("t.csv", 0, i + 1, 0));
      topic.add(new Cause("market.trades", 3, 900 + 7L * i, 0));
    }
    List<String> ids = ids(7, file);
    assertThat(ids).hasSizeGreaterThan(10).doesNotHaveDuplicates().isEqualTo(ids(7, topic));
  }

  @Test
  void anIdIsTheLargestStampAndHowManyTradesCameSince() {
    InstrumentMarket market = market();
    assertThat(place(market, START)).isEqualTo(START + ":0");
    assertThat(place(market, START)).isEqualTo(START + ":1");
    assertThat(place(market, START - SECOND)).isEqualTo(START + ":2");
    assertThat(place(market, START + 1)).isEqualTo(START + 1 + ":0");
    assertThat(place(market, START)).isEqualTo(START + 1 + ":1");
  }

  @Property(tries = 50)
  void noTwoTradesHaveOneIdAndARestoredMarketGoesOn(@ForAll long seed) {
    Random random = new Random(seed);
    InstrumentMarket straight = market();
    InstrumentMarket restored = market();
    Map<String, byte[]> stored = new TreeMap<>();
    Set<String> places = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      long stamp = random.nextInt(5) == 0 ? 0 : START + random.nextInt(20) * SECOND;
      String place = place(straight, stamp);
      assertThat(places.add(place)).as(place).isTrue();
      assertThat(place(restored, stamp)).isEqualTo(place);
      // A part that has not changed is not among those taken, so that they are gathered.
      stored.putAll(MarketParts.takeChanged(restored));
      stored.values().removeIf(Objects::isNull);
      restored = MarketParts.read(BTC, Front.termsWithStrategies(), stored);
    }
  }

  @Test
  void stateOfABuildWithoutTheTwoNumbersStartsAfresh() throws UnreadableException {
    InstrumentMarket market = market();
    place(market, START);
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(market));
    String head = new String(stored.get("head"), StandardCharsets.UTF_8);
    String older = head.replaceAll("\"newest_stamp_us\":\\d+,\"trades_since_newest\":\\d+,", "");
    assertThat(StrictJson.object(older.getBytes(StandardCharsets.UTF_8)).has("newest_stamp_us"))
        .isFalse();
    stored.put("head", older.getBytes(StandardCharsets.UTF_8));

    InstrumentMarket read = MarketParts.read(BTC, Front.termsWithStrategies(), stored);
    assertThat(place(read, START - SECOND)).isEqualTo(START - SECOND + ":0");
  }

  private static InstrumentMarket market() {
    return new InstrumentMarket(BTC, Front.termsWithStrategies());
  }

  private static String place(InstrumentMarket market, long stampUs) {
    market.apply(Front.row(1, START, trade(stampUs, "100")), new Front(BTC));
    return market.strategies.place();
  }

  private static List<String> ids(long seed, List<Cause> causes) {
    Random random = new Random(seed);
    Front out = new Front(BTC);
    InstrumentMarket market = market();
    double price = 800;
    long time = START;
    for (int i = 0; i < causes.size(); i++) {
      price *= Math.exp(random.nextGaussian() * 0.002);
      time += random.nextInt(3) * 10 * SECOND;
      long stamp = time - (random.nextInt(4) == 0 ? SECOND : 0);
      Trade trade = trade(stamp, "%.2f".formatted(price));
      market.apply(new Row(trade, causes.get(i), i + 1, time, time), out);
    }
    return out.entries.stream()
        .filter(entry -> entry.input() instanceof Intent)
        .map(entry -> ((Intent) entry.input()).intentId())
        .toList();
  }
}
