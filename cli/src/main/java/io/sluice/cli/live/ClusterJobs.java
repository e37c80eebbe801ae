package io.sluice.cli.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.stack.StackException;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;

/** The jobs of a Flink cluster, over its REST interface. */
public final class ClusterJobs implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "job.json";
  private static final long PATIENCE_S = 120;

  private final RestClusterClient<StandaloneClusterId> client;

  private ClusterJobs(RestClusterClient<StandaloneClusterId> client) {
    this.client = client;
  }

  /**
   * @param configuration what Flink's clients are told to find the cluster
   */
  public static ClusterJobs of(Configuration configuration) throws IOException {
    try {
      return new ClusterJobs(
          new RestClusterClient<>(configuration, StandaloneClusterId.getInstance()));
    } catch (Exception e) {
      throw new IOException("no client for the Flink cluster: " + e.getMessage(), e);
    }
  }

  /** All of them, ended ones too, in the order in which they began. */
  public List<JobStatusMessage> all() throws IOException, InterruptedException {
    try {
      List<JobStatusMessage> jobs = new ArrayList<>(answer(client.listJobs()));
      jobs.sort(Comparator.comparingLong(JobStatusMessage::getStartTime));
      return jobs;
    } catch (IOException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the Flink cluster does not say what runs: " + e.getMessage(), e);
    }
  }

  /** The job that was submitted with a state folder, if it has not ended. */
  public Optional<JobStatusMessage> of(Path state) throws IOException, InterruptedException {
    Path file = state.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String id = JSON.readTree(Files.readString(file)).path("job_id").asText();
    return all().stream()
        .filter(job -> job.getJobId().toHexString().equals(id))
        .filter(job -> !job.getJobState().isGloballyTerminalState())
        .findFirst();
  }

  /** Remembers which job has a state folder. */
  public static void remember(Path state, String jobId) throws IOException {
    Files.writeString(
        Files.createDirectories(state).resolve(FILE),
        JSON.createObjectNode().put("job_id", jobId).toPrettyString() + System.lineSeparator());
  }

  /**
   * Takes a savepoint, which is kept until somebody deletes it.
   *
   * @param state folder of the job
   * @return where it is
   */
  public Path savepoint(JobID job, Path state) throws IOException, InterruptedException {
    return Path.of(
        URI.create(
            answer(
                client.triggerSavepoint(job, savepoints(state), SavepointFormatType.CANONICAL))));
  }

  /**
   * Stops a job with a savepoint, which is kept until somebody deletes it.
   *
   * @param state folder of the job
   * @return where the savepoint is
   */
  public Path stop(JobID job, Path state) throws IOException, InterruptedException {
    return Path.of(
        URI.create(
            answer(
                client.stopWithSavepoint(
                    job, false, savepoints(state), SavepointFormatType.CANONICAL))));
  }

  private static String savepoints(Path state) {
    return LiveJob.savepointsIn(state).toAbsolutePath().toUri().toString();
  }

  private static <T> T answer(CompletableFuture<T> asked) throws IOException, InterruptedException {
    try {
      return asked.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StackException(
          "the Flink cluster did not answer within "
              + PATIENCE_S
              + " s: see its logs, and the job's exceptions in the web UI");
    } catch (ExecutionException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new StackException(
          "the Flink cluster refuses: "
              + String.valueOf(root.getMessage()).lines().findFirst().orElse(""));
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
