package io.sluice.domain.market;

import static io.sluice.domain.market.Front.BTC;
import static io.sluice.domain.market.Front.SECOND;
import static io.sluice.domain.market.Front.START;
import static io.sluice.domain.market.Front.buy;
import static io.sluice.domain.market.Front.quote;
import static io.sluice.domain.market.Front.trade;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.market.volatility.BarVolatility;
import io.sluice.domain.market.volatility.GarchTerms;
import io.sluice.domain.market.volatility.VolatilityMethod;
import io.sluice.domain.market.volatility.VolatilityTerms;
import io.sluice.domain.wire.TimeInForce;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MarketAnalyticsTest {
  private static final long MINUTE = 60 * SECOND;
  private static final String ALL =
      """
      "volatility": {"method": "garch", "window": 10, "garch": {"window": 100, "fit_every": 20}},
      "regimes": {"window": 10, "confirm_bars": 1},
      "anomalies": {"length": 8, "history": 64, "discord_score": "2", "motif_matches": 1,
        "motif_correlation": "0.9", "forward_bars": 4}
      """;

  private static final int STATE_BYTES = 95_000;

  private int intents;

  private Snapshot snapshot(Front front, long time) {
    return front.at(time, buy("i" + intents++, "a", null, TimeInForce.IOC)).stream()
        .filter(entry -> entry.snapshot() != null)
        .findFirst()
        .orElseThrow()
        .snapshot();
  }

  private static Front front(String keys) {
    Front front = new Front(BTC);
    front.market = new InstrumentMarket(BTC, Front.termsWith(keys));
    return front;
  }

  private static String price(Random random, int minute) {
    return "%.2f".formatted(1_000 + 30 * Math.sin(minute / 9.0) + random.nextGaussian());
  }

  @Test
  void theConfiguredMethodTellsTheVolatilityOfASnapshot() {
    Front front = front("\"volatility\": {\"method\": \"garman_klass\", \"window\": 5}");
    VolatilityTerms terms =
        new VolatilityTerms(VolatilityMethod.GARMAN_KLASS, MINUTE, 5, 0.94, GarchTerms.DEFAULT);
    BarVolatility alone = new BarVolatility(terms);
    for (int minute = 0; minute < 12; minute++) {
      long start = START / MINUTE * MINUTE + minute * MINUTE;
      double base = 100 + minute % 3;
      String[] prices = {"" + base, "" + (base + 2), "" + (base - 1), "" + (base + 1)};
      for (int i = 0; i < 4; i++) {
        front.at(start + i * SECOND, trade(start + i * SECOND, prices[i]));
      }
      Snapshot during = snapshot(front, start + 5 * SECOND);
      assertThat(during.sigmaDaily())
          .as("before minute %s has ended", minute)
          .isEqualTo(canonical(alone.sigmaDaily()));
      alone.onBar(start, base, base + 2, base - 1, base + 1);
    }
    long after = START / MINUTE * MINUTE + 12 * MINUTE;
    assertThat(snapshot(front, after).sigmaDaily())
        .as("an intent at its end ends a bar")
        .isEqualTo(canonical(alone.sigmaDaily()))
        .isNotNull();
  }

  private static Double canonical(Double sigma) {
    return sigma == null ? null : (Double) Decimals.canonical(sigma);
  }

  @Test
  void aRegimeByBarsReachesTheSnapshotAndIsAnEvent() throws Exception {
    Front front = front("\"regimes\": {\"window\": 10}");
    for (int i = 0; i < 20 * 60; i++) {
      long time = START + i * SECOND;
      front.at(time, trade(time, "%.2f".formatted(1_000 + i / 30.0)));
    }
    long now = START + 20 * MINUTE;
    Snapshot snapshot = snapshot(front, now);
    assertThat(snapshot.regime()).isEqualTo(Regime.TRENDING);
    assertThat(Regime.of(snapshot)).isEqualTo(Regime.TRENDING);
    assertThat(snapshot.regimeConfidence()).isBetween(0.0, 1.0);
    JsonWriter json = new JsonWriter();
    snapshot.write(json);
    assertThat(Snapshot.read(StrictJson.trusted(json.toBytes()))).isEqualTo(snapshot);
    assertThat(front.events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo(Event.Type.REGIME);
              assertThat(event.scope()).isEqualTo("instrument:" + BTC);
              assertThat(new String(event.detail(), StandardCharsets.UTF_8))
                  .startsWith("{\"from\":null,\"to\":\"TRENDING\",\"confidence\":0.")
                  .contains("\"sigma_daily\":0.0", "\"leave_probability\":null");
            });
    front.at(now + SECOND, trade(now + SECOND, "950"));
    assertThat(Regime.of(snapshot(front, now + SECOND)))
        .as("a crash counts at once")
        .isEqualTo(Regime.FLASH_CRASH);
  }

  @Test
  void withoutTheseKeysASnapshotSaysNothingOfARegime() {
    Front front = new Front(BTC);
    for (int minute = 0; minute < 60; minute++) {
      front.at(START + minute * MINUTE, trade(START + minute * MINUTE, "10" + minute % 10));
    }
    JsonWriter json = new JsonWriter();
    snapshot(front, START + 60 * MINUTE).write(json);
    assertThat(json.toString()).doesNotContain("regime");
    assertThat(front.events).isEmpty();
    assertThat(MarketParts.takeChanged(front.market).keySet())
        .noneMatch(name -> name.startsWith("watch:"));
  }

  @Test
  void itGoesOnFromItsStateAtAnyRow() {
    Front straight = front(ALL);
    Front restored = front(ALL);
    Map<String, byte[]> stored = new TreeMap<>();
    Random random = new Random(1);
    for (int minute = 0; minute < 300; minute++) {
      long time = START + minute * MINUTE + random.nextInt(50) * SECOND;
      String price = price(random, minute);
      for (Front front : List.of(straight, restored)) {
        front.at(time, trade(time, price));
        if (minute % 7 == 0) {
          front.at(time + SECOND, quote(time + SECOND, price, price));
        }
      }
      if (minute % 5 == 0) {
        int before = intents;
        String expected = json(snapshot(straight, time + 2 * SECOND));
        intents = before;
        assertThat(json(snapshot(restored, time + 2 * SECOND))).isEqualTo(expected);
      }
      MarketParts.takeChanged(restored.market).forEach((name, part) -> put(stored, name, part));
      restored.market = MarketParts.read(BTC, Front.termsWith(ALL), stored);
    }
    assertThat(lines(restored)).isEqualTo(lines(straight));
    assertThat(straight.events)
        .extracting(Event::type)
        .contains(Event.Type.REGIME, Event.Type.ANOMALY);
    assertThat(straight.market.analytics.volatility().garchModel()).isNotNull();
  }

  private static String json(Snapshot snapshot) {
    JsonWriter json = new JsonWriter();
    snapshot.write(json);
    return json.toString();
  }

  private static void put(Map<String, byte[]> stored, String name, byte[] part) {
    if (part == null) {
      stored.remove(name);
    } else {
      stored.put(name, part);
    }
  }

  private static List<String> lines(Front front) {
    return front.events.stream()
        .map(event -> new String(event.toJson(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void stateOfBeforeItWasConfiguredReadsAndTheOtherWayRound() {
    Front before = new Front(BTC);
    before.at(START, trade(START, "100"));
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(before.market));
    InstrumentMarket with = MarketParts.read(BTC, Front.termsWith(ALL), stored);
    assertThat(with.regime()).isNull();
    stored.putAll(MarketParts.takeChanged(with));
    assertThat(stored).containsKeys("bars", "watch:volatility", "watch:regime");
    assertThat(MarketParts.read(BTC, Front.terms(), stored).regime()).isNull();
  }

  @Test
  void onlyWhatHasChangedIsStored() {
    Front front = front(ALL);
    front.at(START, trade(START, "100"));
    MarketParts.takeChanged(front.market);
    front.at(START + SECOND, quote(START + SECOND, "100", "101"));
    assertThat(MarketParts.takeChanged(front.market).keySet())
        .doesNotContain("bars", "volatility")
        .noneMatch(name -> name.startsWith("watch:"));
    front.at(START + 2 * SECOND, trade(START + 2 * SECOND, "100"));
    assertThat(MarketParts.takeChanged(front.market))
        .containsKey("bars")
        .doesNotContainKeys("watch:regime", "watch:anomalies");
  }

  /** An older build kept the bars of regimes apart from those of features. */
  @Test
  void theTwoSeriesOfAnOlderBuildBecomeOne() {
    String both = ALL.strip() + ", \"features\": {\"intervals\": [\"1s\"]}";
    Front front = front(both);
    for (int i = 0; i < 90; i++) {
      front.at(START + i * SECOND, trade(START + i * SECOND, "" + (100 + i % 7)));
    }
    Map<String, byte[]> stored = new TreeMap<>(MarketParts.takeChanged(front.market));
    stored.values().removeIf(Objects::isNull);
    String series = new String(stored.get("bars"), StandardCharsets.UTF_8);
    String minute = series.substring(series.indexOf("{\"interval\":\"1m\""), series.length() - 2);
    assertThat(minute).contains("\"trades\":49");
    String now = series.substring(0, series.indexOf("[") + 1);
    stored.put("watch:bars", (now + minute + "]}").getBytes(StandardCharsets.UTF_8));
    stored.put("bars", series.replace("," + minute, "").getBytes(StandardCharsets.UTF_8));
    Front later = new Front(BTC);
    later.market = MarketParts.read(BTC, Front.termsWith(both), stored);
    for (int i = 90; i < 200; i++) {
      front.at(START + i * SECOND, trade(START + i * SECOND, "" + (100 + i % 7)));
      later.at(START + i * SECOND, trade(START + i * SECOND, "" + (100 + i % 7)));
    }
    assertThat(later.bars)
        .isEqualTo(front.bars.subList(front.bars.size() - 110, front.bars.size()));
    Map<String, byte[]> again = MarketParts.takeChanged(later.market);
    assertThat(again).containsKey("bars").containsEntry("watch:bars", null);
    assertThat(MarketParts.takeChanged(later.market)).doesNotContainKey("watch:bars");

    stored.remove("bars");
    later.market = MarketParts.read(BTC, Front.termsWith(ALL), stored);
    again = MarketParts.takeChanged(later.market);
    assertThat(new String(again.get("bars"), StandardCharsets.UTF_8))
        .isEqualTo(now + minute + "]}");
  }

  @Test
  void aBarCarriesTheRegimeThatHeldAtItsEnd() throws Exception {
    Front front =
        front("\"regimes\": {\"window\": 10}, \"features\": {\"intervals\": [\"1s\", \"1m\"]}");
    long start = START / MINUTE * MINUTE;
    for (int i = 0; i <= 20 * 60; i++) {
      front.at(start + i * SECOND, trade(start + i * SECOND, "%.2f".formatted(1_000 + i / 30.0)));
    }
    front.at(start + 1_201 * SECOND, trade(start + 1_201 * SECOND, "900"));
    front.at(start + 1_202 * SECOND, trade(start + 1_202 * SECOND, "900"));
    List<JsonNode> bars = new ArrayList<>();
    for (String line : front.bars) {
      bars.add(StrictJson.trusted(line.getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(bars.get(0).path("regime").isNull()).isTrue();
    assertThat(bars.get(0).path("regime_confidence").isNull()).isTrue();
    long since = front.events.get(0).eventTimeUs();
    for (JsonNode bar : bars) {
      boolean isMinute = bar.path("interval").textValue().equals("1m");
      long end = bar.path("end_time_us").longValue();
      boolean isKnown = end > since || isMinute && end == since;
      if (end < start + 1_201 * SECOND) {
        assertThat("TRENDING".equals(bar.path("regime").textValue())).isEqualTo(isKnown);
      }
    }
    JsonNode calm = bars.get(bars.size() - 3);
    assertThat(calm.path("regime").textValue()).isEqualTo("TRENDING");
    assertThat(calm.path("regime_confidence").doubleValue()).isBetween(0.5, 1.0);
    JsonNode crash = bars.get(bars.size() - 1);
    assertThat(crash.path("regime").textValue()).isEqualTo("FLASH_CRASH");
    assertThat(crash.path("regime_confidence").isNull()).isTrue();
  }

  @Test
  void aModelScoresByWhatTheRegimeOfItsBarHasOfItsOwn() {
    Front front = new Front(BTC);
    front.market =
        new InstrumentMarket(BTC, Front.termsWithModelOfRegimes("\"regimes\": {\"window\": 10}"));
    for (int i = 0; i <= 20 * 60; i++) {
      front.at(START + i * SECOND, trade(START + i * SECOND, "%.2f".formatted(1_000 + i / 30.0)));
    }
    // Regime not known: pooled; then by bars, which has a member of its own.
    assertThat(front.scores.get(5)).contains("\"confidence\":0.6,", "\"regime\":null");
    assertThat(front.scores.get(front.scores.size() - 1))
        .contains("\"confidence\":0.9,", "\"regime\":\"TRENDING\"");
    front.at(START + 1_201 * SECOND, trade(START + 1_201 * SECOND, "900"));
    front.at(START + 1_202 * SECOND, trade(START + 1_202 * SECOND, "900"));
    assertThat(front.scores.get(front.scores.size() - 1))
        .as("a regime without a member of its own takes the pooled one")
        .contains("\"confidence\":0.6,", "\"regime\":\"FLASH_CRASH\"");
  }

  @Test
  void whateverRowClosesABarItIsTheSameAndIsScoredOnce() {
    Front plain = new Front(BTC);
    plain.market = new InstrumentMarket(BTC, Front.termsWithModel());
    Front asked = new Front(BTC);
    asked.market = new InstrumentMarket(BTC, Front.termsWithModel());
    for (int i = 0; i < 200; i++) {
      long time = START + i * SECOND;
      plain.at(time, trade(time, "" + (100 + i % 7)));
      snapshot(asked, time);
      asked.at(time, trade(time, "" + (100 + i % 7)));
    }
    assertThat(asked.bars).hasSize(199).isEqualTo(plain.bars);
    assertThat(asked.scores).isEqualTo(plain.scores);
  }

  /** Everything on, at all intervals: what is stored of an instrument has one size. */
  @Test
  void theStateOfAnInstrumentDoesNotGrow() {
    Front front =
        front(
            """
            "regimes": {}, "anomalies": {}, "volatility": {"method": "garch"},
            "features": {"intervals": ["1s", "1m", "5m", "15m"]}
            """);
    Random random = new Random(9);
    Map<String, byte[]> stored = new TreeMap<>();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      long time = START + i * SECOND;
      String price = "%.2f".formatted(1_000 + 30 * Math.sin(i / 900.0) + random.nextGaussian());
      front.at(time, trade(time, price));
      front.at(time, quote(time, price, price));
      if (i % 10_000 == 9_999) {
        MarketParts.takeChanged(front.market).forEach((name, part) -> put(stored, name, part));
        sizes.add(stored.values().stream().mapToInt(part -> part.length).sum());
      }
    }
    int whole = sizes.get(2);
    assertThat(sizes.subList(2, 6))
        .allSatisfy(size -> assertThat(size).isBetween(whole - 2_000, whole + 2_000));
    // docs/features.md tells it.
    assertThat(whole).isBetween(STATE_BYTES - 3_000, STATE_BYTES + 3_000);
  }

  /**
   * Everything on, and a market as bad as it gets: prices near nothing and huge ones, stamps that
   * repeat, go back and run ahead, crossed and one-sided quotes, gaps. It goes on from its state in
   * the middle of any bar, and what it tells is finite or absent.
   */
  @Test
  void whateverComesItGoesOnAndTellsFiniteNumbers() {
    String all = ALL.strip() + ", \"features\": {\"intervals\": [\"1s\", \"1m\"]}";
    Front straight = front(all);
    Front restored = front(all);
    String[] prices = {"0.00000001", "1", "0.00000001", "99999999999999", "100", "100.01", "99.98"};
    Random random = new Random(11);
    Map<String, byte[]> stored = new TreeMap<>();
    long time = START;
    for (int i = 0; i < 1_500; i++) {
      time +=
          switch (random.nextInt(40)) {
            case 0 -> 400 * SECOND;
            case 1 -> 5_000 * SECOND;
            case 2, 3, 4, 5 -> 20 * SECOND;
            default -> random.nextInt(3) * SECOND / 2;
          };
      String price = prices[i < 300 ? 4 + random.nextInt(3) : random.nextInt(prices.length)];
      String other = prices[random.nextInt(prices.length)];
      long stamp = time + (random.nextInt(9) - 4) * SECOND;
      for (Front front : List.of(straight, restored)) {
        if (i % 4 == 0) {
          front.at(time, quote(stamp, i % 8 == 0 ? null : price, other));
        } else {
          front.at(time, trade(stamp, price));
        }
      }
      MarketParts.takeChanged(restored.market).forEach((name, part) -> put(stored, name, part));
      restored.market = MarketParts.read(BTC, Front.termsWith(all), stored);
    }
    assertThat(restored.bars).hasSizeGreaterThan(1_000).isEqualTo(straight.bars);
    assertThat(lines(restored)).isEqualTo(lines(straight));
    assertThat(String.join("", straight.bars)).doesNotContain("NaN", "Infinity");
    assertThat(straight.bars)
        .anyMatch(bar -> bar.contains("\"skipped\":") && !bar.contains("\"skipped\":0"));
    assertThat(straight.market.analytics.sigmaDaily()).isNotNull().isFinite();
  }
}
