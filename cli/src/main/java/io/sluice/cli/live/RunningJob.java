package io.sluice.cli.live;

import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** A job that has been submitted, wherever its Flink runs. */
public class RunningJob implements AutoCloseable {
  private static final long STOP_S = 60;

  private final String name;
  private final JobClient job;
  private final Path folder;

  /**
   * @param name for messages, with its article
   * @param folder its own, for checkpoints
   */
  RunningJob(String name, JobClient job, Path folder) {
    this.name = name;
    this.job = job;
    this.folder = folder;
  }

  public String jobId() {
    return job.getJobID().toHexString();
  }

  JobClient job() {
    return job;
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

  /** Stops it with a savepoint in its folder, from which the next start goes on. */
  public void stop() throws IOException, InterruptedException {
    try {
      job.stopWithSavepoint(
              false,
              LiveJob.checkpointsIn(folder).toAbsolutePath().toUri().toString(),
              SavepointFormatType.CANONICAL)
          .get(STOP_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(name + " cannot be stopped with a savepoint: " + e.getMessage(), e);
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

  IOException failed(ExecutionException thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      if (root instanceof SuppressRestartsException) {
        // It wraps a message that was written to be read.
        return new IOException(name + " has stopped: " + root.getCause().getMessage(), thrown);
      }
      root = root.getCause();
    }
    return new IOException(name + " has failed: " + root, thrown);
  }
}
