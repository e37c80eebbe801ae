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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    assertThat(withFits(new GarchFits())).isEqualTo(without());
  }

  /** After a restart it would be asked for, and fail, again. */
  @Test
  void aFitThatFailsBesideIsComputedInItsPlace() throws Exception {
    AtomicInteger failed = new AtomicInteger();
    ExecutorService failing =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          public <T> Future<T> submit(Callable<T> fit) {
            failed.incrementAndGet();
            return CompletableFuture.failedFuture(new ArithmeticException("no convergence"));
          }
        };
    assertThat(withFits(new GarchFits(failing))).isEqualTo(without());
    assertThat(failed.get()).isGreaterThan(5);
  }

  private byte[] without() throws Exception {
    return volatility(market -> {});
  }

  private byte[] withFits(GarchFits beside) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (GarchFits fits = beside) {
      byte[] state =
          volatility(
              market -> {
                fits.exchange("V:BTC", market);
                asked.addAndGet(market.fitAskedAt() >= 0 ? 1 : 0);
              });
      assertThat(asked.get()).isGreaterThan(10);
      return state;
    }
  }

  /** Is shown the market before each row. */
  private interface Onlooker {
    void look(InstrumentMarket market) throws Exception;
  }

  private byte[] volatility(Onlooker onlooker) throws Exception {
    FrontTerms terms =
        new FrontTerms(
            Configuration.parse(
                "test", StrictJson.object(CONFIGURATION.getBytes(StandardCharsets.UTF_8))));
    InstrumentMarket market = new InstrumentMarket("V:BTC", terms);
    Random random = new Random(1);
    double price = 1_000;
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
      onlooker.look(market);
      market.apply(new Row(trade, new Cause("t.csv", 0, i, 0), i, time, time), this);
    }
    return MarketParts.takeChanged(market).get("watch:volatility");
  }
}
