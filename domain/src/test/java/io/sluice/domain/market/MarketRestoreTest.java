package io.sluice.domain.market;

import static io.sluice.domain.market.Front.BTC;
import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.amend;
import static io.sluice.domain.market.Front.buy;
import static io.sluice.domain.market.Front.cancel;
import static io.sluice.domain.market.Front.order;
import static io.sluice.domain.market.Front.quote;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MarketRestoreTest {
  @Property(tries = 25)
  void aMarketThatIsRestoredAtEveryRowGoesOnAsOneThatNeverWas(@ForAll long seed) {
    Random random = new Random(seed);
    Front straight = new Front(BTC);
    Front restored = new Front(BTC);
    straight.market = new InstrumentMarket(BTC, Front.termsWithStrategies());
    restored.market = new InstrumentMarket(BTC, Front.termsWithStrategies());
    Map<String, byte[]> stored = new TreeMap<>();
    long time = START;
    for (int i = 0; i < 250; i++) {
      time +=
          random.nextInt(4) == 0
              ? 0
              : random.nextInt(random.nextInt(12) == 0 ? 900_000_000 : 2_000_000);
      Message message = message(random, time);
      assertThat(lines(restored.at(time, message))).isEqualTo(lines(straight.at(time, message)));
      store(MarketParts.takeChanged(restored.market), stored);
      restored.market = MarketParts.read(BTC, Front.termsWithStrategies(), stored);
    }
    assertThat(restored.candidates).isEqualTo(straight.candidates);
    assertThat(restored.market.receiveLagUs().deviation())
        .isEqualTo(straight.market.receiveLagUs().deviation());
  }

  @Property(tries = 10)
  void barsAndFeaturesGoOnWithTheirMarket(@ForAll long seed) {
    Random random = new Random(seed);
    Front straight = new Front(BTC);
    Front restored = new Front(BTC);
    straight.market = new InstrumentMarket(BTC, Front.termsWithFeatures());
    restored.market = new InstrumentMarket(BTC, Front.termsWithFeatures());
    Map<String, byte[]> stored = new TreeMap<>();
    long time = START;
    for (int i = 0; i < 250; i++) {
      time += random.nextInt(random.nextInt(12) == 0 ? 90_000_000 : 2_000_000);
      Message message = message(random, time);
      assertThat(lines(restored.at(time, message))).isEqualTo(lines(straight.at(time, message)));
      store(MarketParts.takeChanged(restored.market), stored);
      restored.market = MarketParts.read(BTC, Front.termsWithFeatures(), stored);
    }
    assertThat(restored.bars).hasSizeGreaterThan(100).isEqualTo(straight.bars);
  }

  @Property(tries = 10)
  void modelsGoOnWithTheirMarket(@ForAll long seed) {
    Random random = new Random(seed);
    Front straight = new Front(BTC);
    Front restored = new Front(BTC);
    straight.market = new InstrumentMarket(BTC, Front.termsWithModel());
    restored.market = new InstrumentMarket(BTC, Front.termsWithModel());
    Map<String, byte[]> stored = new TreeMap<>();
    long time = START;
    for (int i = 0; i < 150; i++) {
      time += random.nextInt(2_000_000);
      Message message = message(random, time);
      assertThat(lines(restored.at(time, message))).isEqualTo(lines(straight.at(time, message)));
      store(MarketParts.takeChanged(restored.market), stored);
      restored.market = MarketParts.read(BTC, Front.termsWithModel(), stored);
    }
    assertThat(restored.scores).hasSizeGreaterThan(30).isEqualTo(straight.scores);
  }

  @Test
  void aScoreBecomesAnOrderUntilWhoseHorizonHasPassedNoOtherDoes() {
    Front front = new Front(BTC);
    front.market = new InstrumentMarket(BTC, Front.termsWithModel());
    String[] prices = {"100", "100", "101", "102", "103", "104", "99", "98", "97"};
    for (int i = 0; i < prices.length; i++) {
      front.at(START + i * SECOND, trade(START + i * SECOND, prices[i]));
    }
    // The first second has no second before it.
    assertThat(front.scores).hasSize(8);
    assertThat(front.scores.get(0)).contains("\"side\":\"HOLD\",\"confidence\":null");
    assertThat(front.scores.get(1)).contains("\"side\":\"BUY\",\"confidence\":0.75");
    List<Intent> wishes =
        front.entries.stream()
            .filter(entry -> entry.input() instanceof Intent)
            .map(entry -> (Intent) entry.input())
            .toList();
    assertThat(wishes).extracting(Intent::side).containsExactly(Side.BUY, Side.SELL);
    Intent first = wishes.get(0);
    assertThat(first.intentId()).isEqualTo("sluice:teller:V:BTC:" + (START + 2 * SECOND));
    assertThat(first.account()).isEqualTo("a");
    assertThat(first.model()).isEqualTo("teller");
    assertThat(first.scoreTimeUs()).isEqualTo(START + 2 * SECOND);
    assertThat(first.confidence()).isEqualTo(0.75);
    assertThat(first.expectedReturn()).isEqualTo(0.00175);
    assertThat(first.signal().contributions()).containsEntry("return_1@1s", 0.0);
    Intent second = wishes.get(1);
    assertThat(second.scoreTimeUs()).isEqualTo(START + 7 * SECOND);
    // Of the order: a fall is what it promises.
    assertThat(second.expectedReturn()).isEqualTo(0.001);
    assertThat(second.signal().contributions().get("return_1@1s")).isNegative();
  }

  @Test
  void stateOfBeforeThereWereFeaturesReadsAndTheirsIsLeftWhereThereAreNoneAnyMore() {
    Front front = new Front(BTC);
    front.at(START, trade(START, "100"));
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(front.market));
    Front later = new Front(BTC);
    later.market = MarketParts.read(BTC, Front.termsWithFeatures(), stored);
    later.at(START + SECOND, trade(START + SECOND, "101"));
    later.at(START + 2 * SECOND, trade(START + 2 * SECOND, "102"));
    assertThat(later.bars).hasSize(1);
    store(MarketParts.takeChanged(later.market), stored);
    later.market = MarketParts.read(BTC, Front.terms(), stored);
    later.at(START + 9 * SECOND, trade(START + 9 * SECOND, "103"));
    assertThat(later.bars).hasSize(1);
  }

  @Test
  void stateOfALaterVersionIsRefused() {
    Front front = new Front(BTC);
    front.at(START, trade(START, "100"));
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(front.market));
    stored.put(
        "head",
        text(stored)
            .replace("{\"version\":1,", "{\"version\":2,")
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> MarketParts.read(BTC, Front.terms(), stored))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it is of version 2, this build knows versions up to 1");
  }

  private static String text(Map<String, byte[]> stored) {
    return new String(stored.get("head"), StandardCharsets.UTF_8);
  }

  private static Message message(Random random, long time) {
    String account = random.nextBoolean() ? "a" : "b";
    String id = "i" + random.nextInt(40);
    String price = "%d.%02d".formatted(95 + random.nextInt(8), random.nextInt(100));
    return switch (random.nextInt(10)) {
      case 0 -> quote(time, random.nextInt(5) == 0 ? null : price, price);
      case 1 -> buy(id, account, null, TimeInForce.IOC);
      case 2 -> buy(id, account, price, random.nextBoolean() ? TimeInForce.GTC : TimeInForce.FOK);
      case 3 -> order(id, account, Side.SELL, price, TimeInForce.GTC);
      case 4 -> amend("a" + id, account, id, price);
      case 5 -> random.nextInt(3) == 0 ? cancel("c" + id, account, id) : trade(time, price);
      default -> trade(time - random.nextInt(3) * SECOND, price);
    };
  }

  @Test
  void theSameRowsGiveTheSameIntentsOfTheBuiltInStrategies() {
    List<String> first = intents(strategyRun());
    assertThat(first).hasSizeGreaterThan(4).isEqualTo(intents(strategyRun()));
    assertThat(first).anyMatch(line -> line.contains("\"sluice:momentum:V:BTC:17"));
    assertThat(first).anyMatch(line -> line.contains("\"sluice:mean-reversion:V:BTC:17"));
  }

  @Test
  void anIntentOfAStrategyIsMarkedAsMadeInTheFront() {
    assertThat(strategyRun().entries.stream().filter(entry -> entry.input() instanceof Intent))
        .allMatch(entry -> entry.snapshot().fromFront())
        .allMatch(entry -> entry.input().eventTimeUs() == entry.gateTimeUs());
  }

  @Test
  void aStrategysStateStaysWithItsNameWhenTheConfigurationChanges() throws Exception {
    Front before = strategyRun();
    Map<String, byte[]> stored = new TreeMap<>();
    store(MarketParts.takeChanged(before.market), stored);
    InstrumentMarket one = MarketParts.read(BTC, Front.termsWithMeanReversion(), stored);
    assertThat(json(one).get(0)).isEqualTo(json(before.market).get(1));
    store(MarketParts.takeChanged(one), stored);
    InstrumentMarket both = MarketParts.read(BTC, Front.termsWithStrategies(), stored);
    assertThat(json(both).get(0))
        .isEqualTo(json(new InstrumentMarket(BTC, Front.termsWithStrategies())).get(0));
    assertThat(json(both).get(1)).isEqualTo(json(before.market).get(1));
  }

  /** The strategies' states, an array. */
  private static JsonNode json(InstrumentMarket market) throws UnreadableException {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("strategies");
    market.strategies.write(json);
    return StrictJson.trusted(json.endObject().toBytes()).path("strategies");
  }

  private static Front strategyRun() {
    Front front = new Front(BTC);
    front.market = new InstrumentMarket(BTC, Front.termsWithStrategies());
    Random random = new Random(7);
    double price = 800;
    for (int i = 0; i < 3_000; i++) {
      price *= Math.exp(random.nextGaussian() * 0.002);
      long time = START + i * 10 * SECOND;
      front.at(time, trade(time, "%.2f".formatted(price)));
    }
    return front;
  }

  private static List<String> intents(Front front) {
    return lines(front.entries.stream().filter(entry -> entry.input() instanceof Intent).toList());
  }

  @Test
  void onlyWhatHasChangedIsStored() {
    Front front = new Front(BTC);
    front.at(START, trade(START, "100"));
    front.at(START + SECOND, trade(START + SECOND, "100"));
    assertThat(MarketParts.takeChanged(front.market))
        .containsKeys("watches", pageOf(START), pageOf(START + SECOND));
    front.at(START + SECOND, trade(START + SECOND, "100"));
    assertThat(MarketParts.takeChanged(front.market))
        .containsKey(pageOf(START + SECOND))
        .doesNotContainKeys("watches", pageOf(START));
    front.at(START + SECOND, buy("i", "a", null, TimeInForce.IOC));
    assertThat(MarketParts.takeChanged(front.market))
        .containsKey("watches")
        .doesNotContainKey(pageOf(START + SECOND));
  }

  private static String pageOf(long timeUs) {
    return "prices:" + timeUs / SECOND;
  }

  private static void store(Map<String, byte[]> changed, Map<String, byte[]> stored) {
    changed.forEach(
        (name, part) -> {
          if (part == null) {
            stored.remove(name);
          } else {
            stored.put(name, part);
          }
        });
  }

  private static List<String> lines(List<Entry> entries) {
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries) {
      JsonWriter json = new JsonWriter();
      if (entry.snapshot() != null) {
        entry.snapshot().write(json);
      }
      lines.add(
          entry.group()
              + " "
              + entry.cause()
              + " "
              + entry.gateTimeUs()
              + " "
              + new String(entry.input().toJson(), StandardCharsets.UTF_8)
              + new String(json.toBytes(), StandardCharsets.UTF_8));
    }
    return lines;
  }
}
