package io.sluice.cli.live;

import io.sluice.jobs.live.LiveJob;
import io.sluice.operators.RiskGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** A risk gate that has been submitted, wherever its Flink runs. */
public class RunningGate implements AutoCloseable {
  private static final long POLL_MS = 200;
  private static final long STOP_S = 60;

  private final JobClient job;
  private final Path folder;

  /**
   * @param folder its own, for checkpoints
   */
  RunningGate(JobClient job, Path folder) {
    this.job = job;
    this.folder = folder;
  }

  public String jobId() {
    return job.getJobID().toHexString();
  }

  /**
   * Waits until it ends, which an unbounded one does only when it fails for good.
   *
   * @throws IOException with what it failed on
   */
  public void await() throws IOException, InterruptedException {
    try {
      job.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  /**
   * Waits until a bounded gate has folded the end of every group's entries.
   *
   * @return each group's summary, canonical JSON
   */
  public List<String> awaitEnd(int groups) throws IOException, InterruptedException {
    while (true) {
      try {
        if (job.getAccumulators().get().get(RiskGate.SUMMARIES) instanceof List<?> summaries
            && summaries.size() >= groups) {
          return summaries.stream().map(String::valueOf).toList();
        }
        job.getJobExecutionResult().get(POLL_MS, TimeUnit.MILLISECONDS);
        throw new IOException("the bounded gate ended before it had folded its input");
      } catch (TimeoutException stillRunning) {
        // Then it is asked again.
      } catch (ExecutionException e) {
        throw failed(e);
      }
    }
  }

  /** Stops it with a savepoint in its folder, from which the next start goes on. */
  public void stop() throws IOException, InterruptedException {
    try {
      job.stopWithSavepoint(
              false,
              LiveJob.checkpointsIn(folder).toAbsolutePath().toUri().toString(),
              SavepointFormatType.CANONICAL)
          .get(STOP_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the gate cannot be stopped with a savepoint: " + e.getMessage(), e);
    }
  }

  /** Ends it at once; the next start goes on from its newest checkpoint. */
  @Override
  public void close() throws InterruptedException {
    try {
      JobStatus status = job.getJobStatus().get(STOP_S, TimeUnit.SECONDS);
      if (!status.isGloballyTerminalState()) {
        job.cancel().get(STOP_S, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException | IllegalStateException alreadyGone) {
      return;
    }
  }

  private static IOException failed(ExecutionException thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      if (root instanceof SuppressRestartsException) {
        // It wraps a message that was written to be read.
        return new IOException("the gate has stopped: " + root.getCause().getMessage(), thrown);
      }
      root = root.getCause();
    }
    return new IOException("the gate has failed: " + root, thrown);
  }
}
