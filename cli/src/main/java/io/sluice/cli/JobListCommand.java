package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.cli.live.ClusterJobs;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.client.JobStatusMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What runs on the cluster. */
@Command(
    name = "list",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Lists the jobs of the cluster, those that have ended too.")
final class JobListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StackFolder folder;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (ClusterJobs jobs = ClusterJobs.of(folder.stack().cluster().client())) {
      if (json) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JobStatusMessage job : jobs.all()) {
          array
              .addObject()
              .put("job_id", job.getJobId().toHexString())
              .put("name", job.getJobName())
              .put("status", job.getJobState().name())
              .put("started_at", startOf(job));
        }
        out.println(array);
      } else {
        for (JobStatusMessage job : jobs.all()) {
          out.printf(
              "%s  %-16s  %-12s  since %s%n",
              job.getJobId().toHexString(), job.getJobName(), job.getJobState(), startOf(job));
        }
      }
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static String startOf(JobStatusMessage job) {
    return Instant.ofEpochMilli(job.getStartTime()).toString();
  }
}
