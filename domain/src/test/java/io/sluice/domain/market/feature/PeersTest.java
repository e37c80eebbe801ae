package io.sluice.domain.market.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.market.MarketAnalytics;
import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Features that look at the trades of other instruments. */
class PeersTest {
  private static final long START = 1_700_000_100_000_000L;
  private static final long SECOND = 1_000_000L;
  private static final Peers PEERS =
      new Peers(List.of("W:BTC", "X:BTC"), List.of("V:ETH", "V:SOL"));

  private static FeatureLayout layout() {
    return new FeatureLayout(
        EnumSet.of(BarInterval.SECOND),
        EnumSet.of(FeatureSet.VENUES, FeatureSet.BASKET, FeatureSet.RETURNS),
        List.of(new Composition("torn", "venue_spread@tick", TransformKind.HIGHEST, 2)));
  }

  private static MarketAnalytics fresh() {
    return new MarketAnalytics("V:BTC", MarketTerms.DEFAULT, layout(), PEERS);
  }

  private static Trade trade(String instrument, long timeUs, double price) {
    BigDecimal exact = BigDecimal.valueOf(Math.round(price * 10_000), 4);
    return new Trade(instrument, null, exact, BigDecimal.ONE, Aggressor.BUY, timeUs, null);
  }

  @Test
  void theSpreadIsOfTheVenuesThatAreFresh() {
    VenuePrices prices = new VenuePrices(List.of("W:BTC", "X:BTC"));
    assertThat(prices.spread()).isNaN();
    prices.own(START, 100);
    assertThat(prices.spread()).isNaN();
    assertThat(prices.premium()).isNaN();
    prices.elsewhere(START, "W:BTC", 102);
    prices.elsewhere(START, "Y:BTC", 500);
    assertThat(prices.spread()).isCloseTo(0.02, within(1e-12));
    assertThat(prices.isLowest()).isTrue();
    assertThat(prices.dearest()).isEqualTo("W:BTC");
    prices.elsewhere(START + SECOND, "X:BTC", 98);
    assertThat(prices.spread()).isCloseTo(102 / 98.0 - 1, within(1e-12));
    assertThat(prices.premium()).isCloseTo(0, within(1e-12));
    assertThat(prices.isLowest()).isFalse();
    // W:BTC is forgotten first, then the instrument itself is.
    prices.own(START + 10 * SECOND + 1, 100);
    assertThat(prices.spread()).isCloseTo(100 / 98.0 - 1, within(1e-12));
    assertThat(prices.dearest()).isEqualTo("X:BTC");
    prices.elsewhere(START + 21 * SECOND, "X:BTC", 98);
    assertThat(prices.spread()).isNaN();
    assertThat(prices.premium()).isNaN();
    assertThat(prices.isLowest()).isFalse();
  }

  @Test
  void whoGoesWithTheBasketIsCorrelatedByOneAndWhoGoesAgainstItByMinusOne() {
    BasketCorrelation with = new BasketCorrelation(60);
    BasketCorrelation against = new BasketCorrelation(60);
    Random random = new Random(3);
    double level = 0;
    for (int i = 1; i <= 200; i++) {
      level += 0.01 * random.nextGaussian();
      double up = with.next(close(Math.exp(2 * level)), level);
      double down = against.next(close(Math.exp(-level)), level);
      assertThat(Double.isNaN(up)).as("after %d bars", i).isEqualTo(i < 61);
      if (i >= 61) {
        assertThat(up).isCloseTo(1, within(1e-9));
        assertThat(down).isCloseTo(-1, within(1e-9));
      }
    }
  }

  private static Bar close(double price) {
    return Bar.of(BarInterval.SECOND, 0, price, price, price, price, 1);
  }

  @Test
  void aBasketHasALevelWhenAllItsMembersHaveAPrice() {
    BasketPrices basket = new BasketPrices(List.of("V:ETH", "V:SOL"));
    basket.trade("V:ETH", Math.E);
    basket.trade("V:XRP", Math.E);
    assertThat(basket.level()).isNaN();
    basket.trade("V:SOL", 1);
    assertThat(basket.level()).isCloseTo(0.5, within(1e-12));
    assertThat(new BasketPrices(List.of()).level()).isNaN();
  }

  @Test
  void arbitrageIsWhereTheAssetIsCheapest() {
    MarketFeatures features = fresh().features();
    features.trade(START, trade("V:BTC", START, 100));
    features.elsewhere(START, trade("W:BTC", START, 100.4));
    assertThat(features.arbitrage(0.005)).isNull();
    features.elsewhere(START, trade("W:BTC", START, 100.5));
    assertThat(features.arbitrage(0.0049).dearest()).isEqualTo("W:BTC");
    features.elsewhere(START, trade("X:BTC", START, 99));
    assertThat(features.arbitrage(0.0049)).isNull();
  }

  @Test
  void theyGoOnAfterARestartAsTheyWere() throws Exception {
    Random random = new Random(5);
    MarketAnalytics straight = fresh();
    MarketAnalytics restored = fresh();
    List<String> rows = new ArrayList<>();
    List<String> again = new ArrayList<>();
    Map<String, byte[]> stored = new TreeMap<>();
    List<String> instruments = List.of("V:BTC", "V:BTC", "W:BTC", "X:BTC", "V:ETH", "V:SOL");
    long timeUs = START;
    for (int i = 0; i < 1_500; i++) {
      timeUs += random.nextInt(300_000);
      String instrument = instruments.get(random.nextInt(instruments.size()));
      Trade trade = trade(instrument, timeUs, 100 + random.nextGaussian());
      if (instrument.equals("V:BTC")) {
        straight.advance(timeUs, false, row -> rows.add(new String(row.toJson())), event -> {});
        straight.trade(timeUs, trade);
        restored.advance(timeUs, false, row -> again.add(new String(row.toJson())), event -> {});
        restored.trade(timeUs, trade);
      } else {
        straight.features().elsewhere(timeUs, trade);
        restored.features().elsewhere(timeUs, trade);
        if (random.nextInt(3) == 0) {
          stored.putAll(restored.takeChanged());
          restored = fresh();
          restored.read(stored);
        }
      }
    }
    assertThat(again).isEqualTo(rows);
    assertThat(rows.get(rows.size() - 1))
        .contains("venue_spread@tick", "venue_premium@tick", "basket_correlation_60@1s", "torn@1s");
  }
}
