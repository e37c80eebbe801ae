package io.sluice.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.FrontOutput;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.market.InstrumentMarket;
import io.sluice.domain.market.MarketParts;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.scoring.Score;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GarchFitsTest implements FrontOutput {
  private static final String CONFIGURATION =
      """
      {"instruments": [{"id": "V:BTC", "base": "BTC", "quote": "USD", "tick": "0.01", "lot": "0.001",
        "min_qty": "0.001", "max_qty": "100", "min_notional": "1"}],
       "accounts": [{"id": "a", "group": "g", "profile": "p", "currency": "USD", "cash": "1000"}],
       "profiles": {"p": {}}, "execution": {"mode": "paper", "latency_ms": 250},
       "volatility": {"method": "garch", "garch": {"window": 200, "fit_every": 30}}}
      """;

  @Override
  public void entry(Entry entry) {
    throw new AssertionError("nobody has subscribed: " + entry);
  }

  @Override
  public void candidate(CrashCandidate candidate) {
    // Not looked at here.
  }

  @Override
  public void score(int place, Score score) {
    // There is no model.
  }

  @Override
  public void bar(FeatureRow row) {
    throw new AssertionError("nobody wants bars: " + row);
  }

  @Override
  public void event(Event event) {
    throw new AssertionError("nobody looks for regimes: " + event);
  }

  @Test
  void fitsComputedBesideGiveTheSameAsThoseInTheirPlace() throws Exception {
    FrontTerms terms =
        new FrontTerms(
            Configuration.parse(
                "test", StrictJson.object(CONFIGURATION.getBytes(StandardCharsets.UTF_8))));
    InstrumentMarket alone = new InstrumentMarket("V:BTC", terms);
    InstrumentMarket helped = new InstrumentMarket("V:BTC", terms);
    Random random = new Random(1);
    double price = 1_000;
    int asked = 0;
    try (GarchFits fits = new GarchFits()) {
      for (int i = 0; i < 1_200; i++) {
        price *= Math.exp(random.nextGaussian() * 0.001);
        long time = 1_700_000_000_000_000L + i * 20_000_000L;
        Trade trade =
            new Trade(
                "V:BTC",
                "1",
                new BigDecimal("%.2f".formatted(price)),
                BigDecimal.ONE,
                Aggressor.BUY,
                time,
                time);
        Row row = new Row(trade, new Cause("t.csv", 0, i, 0), i, time, time);
        fits.exchange("V:BTC", helped);
        asked += helped.fitAskedAt() >= 0 ? 1 : 0;
        helped.apply(row, this);
        alone.apply(row, this);
      }
    }
    assertThat(asked).isGreaterThan(10);
    assertThat(MarketParts.takeChanged(helped).get("watch:volatility"))
        .isEqualTo(MarketParts.takeChanged(alone).get("watch:volatility"));
  }
}
