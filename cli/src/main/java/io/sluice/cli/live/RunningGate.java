package io.sluice.cli.live;

import io.sluice.operators.RiskGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;

/** A risk gate that has been submitted, wherever its Flink runs. */
public class RunningGate extends RunningJob {
  private static final long POLL_MS = 200;

  /**
   * @param folder its own, for checkpoints
   */
  RunningGate(JobClient job, Path folder) {
    super("the gate", job, folder);
  }

  /**
   * Waits until a bounded gate has folded the end of every group's entries.
   *
   * @return each group's summary, canonical JSON
   */
  public List<String> awaitEnd(int groups) throws IOException, InterruptedException {
    while (true) {
      try {
        if (job().getAccumulators().get().get(RiskGate.SUMMARIES) instanceof List<?> summaries
            && summaries.size() >= groups) {
          return summaries.stream().map(String::valueOf).toList();
        }
        job().getJobExecutionResult().get(POLL_MS, TimeUnit.MILLISECONDS);
        throw new IOException("the bounded gate ended before it had folded its input");
      } catch (TimeoutException stillRunning) {
        // Then it is asked again.
      } catch (ExecutionException e) {
        throw failed(e);
      }
    }
  }
}
