package io.sluice.operators;

import io.sluice.domain.market.InstrumentMarket;
import io.sluice.domain.market.volatility.BarVolatility.FitRequest;
import io.sluice.domain.market.volatility.GarchFit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fits volatility models beside the thread of the front. One that is not ready at the bar at which
 * it takes effect is computed there; both come to the same.
 */
final class GarchFits implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "garch fits");
            worker.setDaemon(true);
            return worker;
          });
  private final Map<String, Started> started = new HashMap<>();

  private record Started(FitRequest request, Future<GarchFit> fit) {}

  /** Starts what a market asks for, and gives it what is ready. */
  void exchange(String instrument, InstrumentMarket market) throws InterruptedException {
    long askedAt = market.fitAskedAt();
    if (askedAt < 0) {
      started.remove(instrument);
      return;
    }
    Started known = started.get(instrument);
    if (known == null || known.request().askedAt() != askedAt) {
      FitRequest request = market.fitRequest();
      started.put(instrument, new Started(request, thread.submit(request::fit)));
    } else if (known.fit() != null && known.fit().isDone()) {
      try {
        market.offer(known.request(), known.fit().get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a fit of " + instrument + " failed", e.getCause());
      }
      started.put(instrument, new Started(known.request(), null));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
