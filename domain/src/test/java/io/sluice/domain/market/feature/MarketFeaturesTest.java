package io.sluice.domain.market.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.market.MarketAnalytics;
import io.sluice.domain.market.anomaly.AnomalyTerms;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.regime.RegimeTerms;
import io.sluice.domain.market.volatility.GarchTerms;
import io.sluice.domain.market.volatility.VolatilityMethod;
import io.sluice.domain.market.volatility.VolatilityTerms;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MarketFeaturesTest {
  private static final long START = 1_700_000_100_000_000L;
  private static final List<Composition> COMPOSITIONS =
      List.of(
          new Composition("calm", "log_return_1", TransformKind.DEVIATION, 20),
          new Composition("calm_score", "calm", TransformKind.ZSCORE, 5),
          new Composition("calm_trend", "calm_score", TransformKind.EMA, 3),
          new Composition("wide", "spread_bp@tick", TransformKind.HIGHEST, 4),
          new Composition("busy", "trade_count", TransformKind.SMA, 3));

  private static final Offset<Double> TINY = within(1e-11);

  private final List<String> rows = new ArrayList<>();

  private static FeatureLayout layout(List<Composition> compositions) {
    return new FeatureLayout(
        EnumSet.of(BarInterval.SECOND, BarInterval.MINUTE),
        EnumSet.allOf(FeatureSet.class),
        compositions);
  }

  private static MarketAnalytics fresh() {
    return of(layout(COMPOSITIONS));
  }

  private static MarketAnalytics of(FeatureLayout layout) {
    return new MarketAnalytics("V:BTC", MarketTerms.DEFAULT, layout, Peers.NONE);
  }

  private static Trade trade(long timeUs, double price, double qty, Aggressor aggressor) {
    return new Trade(
        "V:BTC",
        null,
        BigDecimal.valueOf(Math.round(price * 100), 2),
        BigDecimal.valueOf(Math.round(qty * 1_000), 3),
        aggressor,
        timeUs,
        null);
  }

  private static Quote quote(long timeUs, double mid, boolean isWhole) {
    return new Quote(
        "V:BTC",
        BigDecimal.valueOf(Math.round(mid * 100) - 1, 2),
        BigDecimal.ONE,
        isWhole ? BigDecimal.valueOf(Math.round(mid * 100) + 2, 2) : null,
        isWhole ? BigDecimal.TEN : null,
        timeUs,
        null);
  }

  private static List<Message> messages(long seed, int count) {
    Random random = new Random(seed);
    List<Message> messages = new ArrayList<>();
    long timeUs = START;
    double price = 100;
    for (int i = 0; i < count; i++) {
      timeUs += random.nextInt(400) == 0 ? 700_000_000L : random.nextInt(900_000);
      price *= Math.exp(0.001 * random.nextGaussian());
      messages.add(
          random.nextInt(4) == 0
              ? quote(timeUs, price, random.nextInt(10) > 0)
              : trade(
                  timeUs, price, random.nextDouble() * 5, Aggressor.values()[random.nextInt(3)]));
    }
    return messages;
  }

  private static void feed(MarketAnalytics features, Message message, List<String> into) {
    take(features, message.eventTimeUs(), message, row -> into.add(text(row)));
  }

  private static void take(
      MarketAnalytics features, long timeUs, Message message, Consumer<FeatureRow> into) {
    features.advance(timeUs, false, into, event -> {});
    if (message instanceof Trade trade) {
      features.trade(timeUs, trade);
    } else if (message instanceof Quote quote) {
      features.quote(quote);
    }
  }

  private static String text(FeatureRow row) {
    return new String(row.toJson(), StandardCharsets.UTF_8);
  }

  @Test
  void theyGoOnAfterARestartInTheMiddleOfABarAsTheyWere() throws Exception {
    MarketAnalytics straight = fresh();
    MarketAnalytics restored = fresh();
    List<String> again = new ArrayList<>();
    Map<String, byte[]> stored = new TreeMap<>();
    int i = 0;
    for (Message message : messages(1, 2_000)) {
      feed(straight, message, rows);
      feed(restored, message, again);
      if (i++ % 3 == 0) {
        stored.putAll(restored.takeChanged());
        restored = fresh();
        restored.read(stored);
      }
    }
    assertThat(rows).hasSizeGreaterThan(1_000);
    assertThat(again).isEqualTo(rows);
  }

  @Test
  void aStateOfOneSizeIsKeptHoweverLongItGoes() {
    MarketAnalytics features = fresh();
    List<Message> messages = messages(2, 4_000);
    messages.subList(0, 2_000).forEach(message -> feed(features, message, rows));
    Map<String, byte[]> parts = features.takeChanged();
    assertThat(parts.get("features:tick")).hasSizeLessThan(7_000);
    assertThat(parts.get("features:1s")).hasSizeLessThan(12_500);
    int early = size(parts);
    messages.subList(2_000, 4_000).forEach(message -> feed(features, message, rows));
    assertThat(size(features.takeChanged())).isBetween(early - 100, early + 100);
  }

  /** Without the bars, whose decimals are longer or shorter. */
  private static int size(Map<String, byte[]> parts) {
    parts.remove("bars");
    return parts.values().stream().mapToInt(part -> part.length).sum();
  }

  @Test
  void onlyThePartsThatHaveChangedAreStored() {
    MarketAnalytics features = fresh();
    feed(features, trade(START, 100, 1, Aggressor.BUY), rows);
    assertThat(features.takeChanged()).containsOnlyKeys("bars", "features:tick", "volatility");
    assertThat(features.takeChanged()).isEmpty();
    feed(features, trade(START + 1_000_000, 100, 1, Aggressor.BUY), rows);
    assertThat(features.takeChanged())
        .containsOnlyKeys("bars", "features:tick", "features:1s", "volatility");
  }

  /** With all that is told from bars. */
  private static MarketAnalytics watched() {
    MarketTerms all =
        new MarketTerms(
            new VolatilityTerms(
                VolatilityMethod.GARMAN_KLASS, 1_000_000, 20, 0.94, GarchTerms.DEFAULT),
            new RegimeTerms(0.01, 0.05, 2, 0.5, 0.1, 5, 0.2, 1),
            AnomalyTerms.DEFAULT);
    return new MarketAnalytics("V:BTC", all, layout(COMPOSITIONS), Peers.NONE);
  }

  /** Nor does a regime. */
  @Test
  void noFeatureSeesTheFuture() {
    List<Message> past = messages(3, 400);
    List<Message> messages = new ArrayList<>(past);
    List<Message> others = new ArrayList<>(past);
    long timeUs = past.get(399).eventTimeUs();
    for (int i = 0; i < 200; i++) {
      timeUs += 2_000_000;
      messages.add(trade(timeUs, 100, 1, Aggressor.BUY));
      others.add(trade(timeUs, 5_000 + i, 1_000, Aggressor.SELL));
    }
    List<String> otherRows = new ArrayList<>();
    MarketAnalytics one = watched();
    MarketAnalytics other = watched();
    int shared = 0;
    for (int i = 0; i < 600; i++) {
      feed(one, messages.get(i), rows);
      feed(other, others.get(i), otherRows);
      shared = i == 399 ? rows.size() : shared;
    }
    // And the bar that the first row of the future closes: it holds nothing of what closes it.
    int closedNext = 1;
    assertThat(otherRows.subList(0, shared + closedNext))
        .isEqualTo(rows.subList(0, shared + closedNext));
    assertThat(otherRows).isNotEqualTo(rows);
    assertThat(rows.get(shared)).contains("\"regime\":\"");
  }

  @Test
  void aCompositionIsItsTransformOfItsInput() {
    List<FeatureRow> all = new ArrayList<>();
    MarketAnalytics features = fresh();
    Random random = new Random(6);
    double price = 100;
    for (int i = 0; i < 1_500; i++) {
      price *= Math.exp(0.001 * random.nextGaussian());
      Trade trade = trade(START + i * 300_000L, price, 1, Aggressor.BUY);
      take(features, trade.eventTimeUs(), trade, all::add);
    }
    List<FeatureRow> seconds =
        all.stream().filter(row -> row.bar().interval() == BarInterval.SECOND).toList();
    assertThat(seconds).hasSizeGreaterThan(400);
    for (int i = 60; i < seconds.size(); i++) {
      List<FeatureRow> last = seconds.subList(i - 39, i + 1);
      FeatureRow row = seconds.get(i);
      assertThat(row.value("calm@1s")).isCloseTo(deviation(last, "log_return_1@1s", 20), TINY);
      double score =
          (row.value("calm@1s") - mean(last, "calm@1s", 5)) / deviation(last, "calm@1s", 5);
      assertThat(row.value("calm_score@1s")).isCloseTo(score, within(1e-6));
      double before = seconds.get(i - 1).value("calm_trend@1s");
      double trend = before + (row.value("calm_score@1s") - before) / 2;
      assertThat(row.value("calm_trend@1s")).isCloseTo(trend, TINY);
      long trades = 0;
      for (FeatureRow bar : last.subList(37, 40)) {
        trades += bar.bar().trades();
      }
      assertThat(row.value("busy@1s")).isCloseTo(trades / 3.0, TINY);
    }
  }

  private static double mean(List<FeatureRow> rows, String name, int count) {
    return rows.subList(rows.size() - count, rows.size()).stream()
        .mapToDouble(row -> row.value(name))
        .average()
        .orElseThrow();
  }

  private static double deviation(List<FeatureRow> rows, String name, int count) {
    double mean = mean(rows, name, count);
    return Math.sqrt(
        rows.subList(rows.size() - count, rows.size()).stream()
            .mapToDouble(row -> (row.value(name) - mean) * (row.value(name) - mean))
            .average()
            .orElseThrow());
  }

  @Test
  void aFeatureThatIsNotWarmIsAbsent() throws Exception {
    List<FeatureRow> all = new ArrayList<>();
    MarketAnalytics features = fresh();
    for (int i = 0; i < 25; i++) {
      Trade trade = trade(START + i * 1_000_000L, 100 + i % 3, 1, Aggressor.BUY);
      take(features, trade.eventTimeUs(), trade, all::add);
    }
    FeatureRow first = all.get(0);
    assertThat(first.value("sma_20@1s")).isNull();
    assertThat(first.value("no_such@1s")).isNull();
    assertThat(first.value("accumulation_distribution@1s")).isZero();
    var json = StrictJson.object(first.toJson());
    assertThat(json.path("features").has("sma_20@1s")).isFalse();
    assertThat(json.path("schema_hash").textValue()).isEqualTo(first.schema().hash());
    assertThat(json.path("open").textValue()).isEqualTo("100");
    assertThat(json.path("interval").textValue()).isEqualTo("1s");
    assertThat(all.get(18).value("sma_20@1s")).isNull();
    assertThat(all.get(19).value("sma_20@1s")).isEqualTo((100 * 20 + 19) / 20.0);
    assertThat(all.get(19).value("busy@1s")).isEqualTo(1);
    assertThat(all.get(1).value("busy@1s")).isNull();
  }

  @Test
  void behindALongGapAllBeginsAnew() {
    List<FeatureRow> all = new ArrayList<>();
    MarketAnalytics features = fresh();
    for (int i = 0; i < 25; i++) {
      Trade trade = trade(START + i * 1_000_000L, 100, 1, Aggressor.BUY);
      take(features, trade.eventTimeUs(), trade, all::add);
    }
    long later = START + 3_600_000_000L;
    Trade back = trade(later, 100, 1, Aggressor.BUY);
    take(features, later, back, all::add);
    assertThat(last(all, BarInterval.SECOND).value("sma_20@1s")).isNotNull();
    Trade next = trade(later + 1_000_000L, 100, 1, Aggressor.BUY);
    take(features, later + 1_000_000L, next, all::add);
    assertThat(last(all, BarInterval.SECOND).bar().skipped()).isPositive();
    assertThat(last(all, BarInterval.SECOND).value("sma_20@1s")).isNull();
    assertThat(last(all, BarInterval.MINUTE).value("sma_20@1m")).isNotNull();
  }

  private static FeatureRow last(List<FeatureRow> rows, BarInterval interval) {
    return rows.stream()
        .filter(row -> row.bar().interval() == interval)
        .reduce((before, row) -> row)
        .orElseThrow();
  }

  @Test
  void anInstrumentsFeaturesOutliveAChangeOfConfiguration() throws Exception {
    MarketAnalytics before = fresh();
    messages(4, 600).forEach(message -> feed(before, message, rows));
    Map<String, byte[]> stored = before.takeChanged();
    List<Composition> other =
        List.of(
            new Composition("calm", "log_return_1", TransformKind.DEVIATION, 30),
            new Composition("busy", "trade_count", TransformKind.SMA, 3));
    MarketAnalytics after =
        of(
            new FeatureLayout(
                Set.of(BarInterval.SECOND, BarInterval.FIVE_MINUTES),
                EnumSet.of(FeatureSet.RETURNS, FeatureSet.AVERAGES, FeatureSet.QUOTES),
                other));
    after.read(stored);
    List<FeatureRow> all = new ArrayList<>();
    long later = START + 200_000_000_000L;
    Message newest = messages(4, 600).get(599);
    take(after, newest.eventTimeUs() + 1_000_000, quote(later, 100, true), all::add);
    FeatureRow row = last(all, BarInterval.SECOND);
    assertThat(row.value("sma_50@1s")).isNotNull();
    assertThat(row.value("busy@1s")).isNotNull();
    assertThat(row.value("calm@1s")).isNull();
  }

  @Test
  void namesTellWhatARowHolds() {
    FeatureSchema schema = layout(COMPOSITIONS).schemaOf(BarInterval.MINUTE);
    assertThat(schema.names()).contains("rsi_14@1m", "calm_trend@1m", "spread@tick");
    assertThat(schema.place("rsi_14@1m")).isNotNegative();
    assertThat(schema.place("rsi_14@1s")).isEqualTo(-1);
    assertThat(schema.hash())
        .hasSize(64)
        .isEqualTo(layout(COMPOSITIONS).schemaOf(BarInterval.MINUTE).hash())
        .isNotEqualTo(layout(List.of()).schemaOf(BarInterval.MINUTE).hash());
  }

  @Test
  void aCompositionIsOfWhatIsThereAndNotTooDeep() {
    assertThatThrownBy(() -> layout(List.of(new Composition("a", "no_such", TransformKind.SMA, 2))))
        .hasMessageContaining("features.compose at a has the input no_such");
    assertThatThrownBy(
            () ->
                layout(
                    List.of(
                        new Composition("a", "b", TransformKind.SMA, 2),
                        new Composition("b", "close", TransformKind.SMA, 2))))
        .hasMessageContaining("a composition before it");
    List<Composition> deep = new ArrayList<>(COMPOSITIONS);
    deep.add(new Composition("deeper", "calm_trend", TransformKind.LAG, 1));
    assertThatThrownBy(() -> layout(deep)).hasMessageContaining("4 compositions deep");
  }
}
