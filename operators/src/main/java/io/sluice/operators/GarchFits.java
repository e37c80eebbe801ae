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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits volatility models beside the thread of the front. One that is not ready at the bar at which
 * it takes effect is computed there; both come to the same.
 */
final class GarchFits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GarchFits.class);

  private final ExecutorService thread;
  private final Map<String, Started> started = new HashMap<>();

  private record Started(FitRequest request, Future<GarchFit> fit) {}

  GarchFits() {
    this(
        Executors.newSingleThreadExecutor(
            work -> {
              Thread worker = new Thread(work, "garch fits");
              worker.setDaemon(true);
              return worker;
            }));
  }

  GarchFits(ExecutorService thread) {
    this.thread = thread;
  }

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
      started.put(instrument, new Started(known.request(), null));
      try {
        market.offer(known.request(), known.fit().get());
      } catch (ExecutionException e) {
        // The market computes it once more, on the row on which it takes effect: if that fails too,
        // the row is left out. A job that fails here would do so again after every restart.
        LOG.error("a fit of {} failed", instrument, e.getCause());
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
