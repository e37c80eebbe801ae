package io.sluice.operators;

import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.scoring.PublishedBundles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads published bundles and scores their probe rows on a thread of its own, each once for all
 * instruments of a task.
 */
final class PublishedModels implements PublishedBundles, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedModels.class);

  /** Instruments have those that they use; one that is asked for later is loaded again. */
  private static final int MOST_KEPT = 32;

  private static final long CLOSE_SECONDS = 10;

  private final boolean isEventClock;
  private final Counter refused;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "model bundles");
            worker.setDaemon(true);
            return worker;
          });
  private final Map<Publication, Future<Loaded>> asked =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Publication, Future<Loaded>> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * @param isEventClock whether time is that of the data, so that it can wait for a bundle
   * @param refused counts bundles that cannot be used
   */
  PublishedModels(boolean isEventClock, Counter refused) {
    this.isEventClock = isEventClock;
    this.refused = refused;
  }

  @Override
  public void ask(Publication publication) {
    asked(publication);
  }

  private Future<Loaded> asked(Publication publication) {
    return asked.computeIfAbsent(publication, wanted -> thread.submit(() -> load(wanted)));
  }

  private Loaded load(Publication publication) {
    try {
      return Loaded.of(BundleFolder.load(publication));
    } catch (BundleException e) {
      return Loaded.refused(e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the bundle {} does not load", publication.bundle(), e);
      return Loaded.refused("the bundle " + publication.bundle() + " does not load: " + e);
    }
  }

  @Override
  public Loaded due(Publication publication) {
    Future<Loaded> loading = asked(publication);
    return isEventClock || loading.isDone() ? await(loading) : null;
  }

  @Override
  public Loaded restored(Publication publication) {
    return await(asked(publication));
  }

  private static Loaded await(Future<Loaded> loading) {
    try {
      return loading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a model was loaded");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a bundle could not be loaded", e.getCause());
    }
  }

  /** As with the bundles of the configuration: a live gate does without, a replay stops. */
  @Override
  public void lost(Publication publication, BundleException why) {
    if (isEventClock) {
      throw why;
    }
    refused.inc();
    LOG.error(
        "model {} version {}, which scored, is refused, and nothing is scored by it",
        publication.model(),
        publication.version(),
        why);
  }

  /** Native code cannot be interrupted: what it is at has to end before its class loader goes. */
  @Override
  public void close() throws InterruptedException {
    thread.shutdownNow();
    thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
