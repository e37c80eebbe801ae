package io.sluice.cli;

import io.sluice.cli.deployment.Deployment;
import io.sluice.cli.deployment.Deployments;
import io.sluice.cli.live.ClusterGate;
import io.sluice.cli.live.ClusterJobs;
import io.sluice.cli.live.EmbeddedArchive;
import io.sluice.cli.live.EmbeddedGate;
import io.sluice.cli.live.FolderLock;
import io.sluice.cli.live.RunningJob;
import io.sluice.cli.stack.ClusterBuild;
import io.sluice.cli.stack.LocalCluster;
import io.sluice.cli.stack.StackException;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.config.ConfigurationCheck;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobStatusMessage;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What submit and resume have in common. */
final class JobSubmission {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private StackFolder folder;
  @Mixin private GateChoice gate;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Parallel market states and gates, 1 to 128. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Checkpoint or savepoint to go on from. Default: the newest in the state folder.")
  private Path from;

  @Option(
      names = "--allow-non-restored-state",
      description =
          "Leave behind what a savepoint holds of operators that are no more; else it is refused.")
  private boolean dropsUnclaimedState;

  @Option(names = "--without-archive", description = "Archive nothing, whatever is configured.")
  private boolean isWithoutArchive;

  /**
   * Submits the gate, and the archive where one is configured.
   *
   * @param isResumed whether there has to be something to go on from
   */
  void submit(boolean isResumed) throws IOException, InterruptedException {
    if (parallelism < 1 || parallelism > 128) {
      throw new ParameterException(
          spec.commandLine(), "--parallelism is " + parallelism + ", expected 1 to 128");
    }
    PrintWriter out = spec.commandLine().getOut();
    LocalCluster cluster = folder.stack().cluster();
    Configuration client = cluster.client();
    JobConfiguration configuration = gate.configuration();
    for (String warning : ConfigurationCheck.warnings(configuration.risk())) {
      spec.commandLine().getErr().println("sluice: " + warning);
    }
    Optional<ArchiveSettings> archived =
        isWithoutArchive ? Optional.empty() : configuration.archive();
    archived.ifPresent(settings -> ArchiveSchema.check(settings, out));
    try (ClusterJobs jobs = ClusterJobs.of(client);
        FolderLock lock = FolderLock.take(gate.folder())) {
      requireFree(jobs, gate.folder());
      Deployments.Prepared prepared =
          Deployments.in(gate.folder()).prepare(gate.file(), ClusterBuild.found().jobJar());
      Optional<Path> newest = submitGate(configuration, cluster.conf(), client, isResumed);
      if (archived.isPresent()) {
        requireFree(jobs, archiveState());
        submitArchive(archived.get(), configuration.kafka(), cluster.conf(), client);
      }
      Deployment deployed =
          prepared.deployed(
              isResumed ? "job resume" : "job submit", parallelism, newest, archived.isPresent());
      tell("this is deployment " + deployed.number() + ", ./sluice rollback goes back to others");
    }
  }

  /** Returns what it goes on from. */
  private Optional<Path> submitGate(
      JobConfiguration configuration, Path flinkConf, Configuration client, boolean isResumed)
      throws IOException, InterruptedException {
    if (from != null && !Files.exists(from.resolve("_metadata"))) {
      throw new StackException(
          "--from is "
              + from
              + ", expected the folder of a checkpoint or savepoint, with its _metadata");
    }
    Optional<Path> newest = from == null ? LiveJob.newestIn(gate.folder()) : Optional.of(from);
    if (isResumed && newest.isEmpty()) {
      throw new StackException(
          "there is no checkpoint and no savepoint in "
              + gate.folder()
              + " to resume from: name one with --from, or begin with  ./sluice job submit");
    }
    EmbeddedGate.Options options =
        new EmbeddedGate.Options(
            configuration, flinkConf, gate.folder(), parallelism, 0, dropsUnclaimedState);
    RunningJob job = ClusterGate.unbounded(options, client, jar(), Optional.ofNullable(from));
    ClusterJobs.remember(gate.folder(), job.jobId());
    tell("the gate is submitted as job " + job.jobId() + startOf(newest));
    return newest;
  }

  private void submitArchive(
      ArchiveSettings settings, KafkaSettings kafka, Path flinkConf, Configuration client)
      throws IOException, InterruptedException {
    EmbeddedArchive.Options options =
        new EmbeddedArchive.Options(settings, kafka, flinkConf, archiveState(), parallelism);
    RunningJob archive = ClusterGate.archive(options, client, jar());
    ClusterJobs.remember(archiveState(), archive.jobId());
    tell("the archive is submitted as job " + archive.jobId());
  }

  private Path archiveState() {
    return gate.folder().resolve("archive");
  }

  private static Optional<Path> jar() {
    return Optional.of(ClusterBuild.found().jobJar());
  }

  private void tell(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private static String startOf(Optional<Path> newest) {
    return newest
        .map(path -> ", going on from " + path)
        .orElse(", from the first record of risk.inputs");
  }

  /** Two jobs that go on from the same checkpoints would delete them under each other. */
  private static void requireFree(ClusterJobs jobs, Path state)
      throws IOException, InterruptedException {
    Optional<JobStatusMessage> running = jobs.of(state);
    if (running.isPresent()) {
      throw new StackException(
          "job "
              + running.get().getJobId()
              + " has the state folder "
              + state
              + ": stop it first with  ./sluice job stop, or give this one a folder of its own with"
              + " --state");
    }
  }
}
