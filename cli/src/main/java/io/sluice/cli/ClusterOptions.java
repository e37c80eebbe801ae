package io.sluice.cli;

import io.sluice.cli.live.FlinkProfile;
import io.sluice.cli.stack.ClusterBuild;
import io.sluice.cli.stack.ClusterPlan;
import io.sluice.cli.stack.Life;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.live.RiskGateJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a Flink cluster is started. */
final class ClusterOptions {
  private static final String DEFAULT_PROFILE = "local";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Flink profile of the cluster: a folder of flink-conf/ (local, low-latency, durable, staging, production). Default: "
              + DEFAULT_PROFILE
              + ".")
  private String profile;

  @Option(
      names = "--flink",
      paramLabel = "KEY=VALUE",
      description = "A value of Flink's configuration, over the profile's; once for each.")
  private Map<String, String> given = new TreeMap<>();

  @Option(
      names = "--application",
      paramLabel = "FILE",
      description =
          "Start the cluster for one job, the gate of this configuration, in place of a session that takes jobs.")
  private Path application;

  void requireAsked(boolean isAsked) {
    if (!isAsked && (profile != null || !given.isEmpty() || application != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--profile, --flink and --application are of a Flink cluster, expected --cluster beside them");
    }
  }

  ClusterPlan plan(Path folder) throws IOException {
    FlinkProfile chosen = FlinkProfile.named(profile == null ? DEFAULT_PROFILE : profile);
    Configuration flink = chosen.configuration(given);
    List<String> job = List.of();
    if (application != null) {
      // What is wrong with it is better said here than in a log.
      ConfigurationFile.readJob(application);
      job =
          List.of(RiskGateJob.class.getName(), "--config", application.toAbsolutePath().toString());
    }
    return new ClusterPlan(
        flink,
        folder,
        chosen.jobManagers(),
        chosen.taskManagers(),
        ClusterBuild.found().classPath(),
        Life.DETACHED,
        job);
  }
}
