package io.sluice.cli;

import io.sluice.cli.live.ClusterJobs;
import io.sluice.cli.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobStatusMessage;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which jobs of the cluster a command is about: the gate of a state folder, and its archive. */
final class RunningJobs {
  @Mixin private StackFolder folder;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = RunCommand.STATE,
      description = "State folder of the gate. Default: ${DEFAULT-VALUE}.")
  private Path state;

  /** Something that is done to a job and leaves a savepoint. */
  interface Act {
    Path on(ClusterJobs jobs, JobID job, Path state) throws IOException, InterruptedException;
  }

  /**
   * Does it to each of them that runs.
   *
   * @param done what to say before the savepoint's folder
   * @throws StackException where no gate of that folder runs
   */
  void each(PrintWriter out, String done, Act act) throws IOException, InterruptedException {
    try (ClusterJobs jobs = ClusterJobs.of(folder.stack().cluster().client())) {
      if (jobs.of(state).isEmpty()) {
        throw new StackException(
            "no job of the cluster has the state folder "
                + state
                + ": see  ./sluice job list, and name its folder with --state");
      }
      for (Path each : List.of(state, state.resolve("archive"))) {
        Optional<JobStatusMessage> job = jobs.of(each);
        if (job.isPresent()) {
          Path savepoint = act.on(jobs, job.get().getJobId(), each);
          out.println(job.get().getJobName() + " " + done + " " + savepoint);
          out.flush();
        }
      }
    }
  }
}
