package io.sluice.cli;

import io.sluice.cli.deployment.Deployments;
import io.sluice.cli.live.EmbeddedArchive;
import io.sluice.cli.live.EmbeddedGate;
import io.sluice.cli.live.FlinkProfile;
import io.sluice.cli.live.RunRecord;
import io.sluice.cli.stack.FreePort;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.config.ConfigurationCheck;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The risk gate against a Kafka cluster, and its archive, until it is interrupted. */
@Command(
    name = "run",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Runs the risk gate on the Kafka that the configuration names, with Flink in this process.",
      "Goes on from the newest checkpoint in --state; without one the gate folds risk.inputs from its beginning.",
      "Where the configuration names a ClickHouse, a second job archives there what is in the topics."
    })
final class RunCommand implements Callable<Integer> {
  /** Where a gate keeps its state unless it is told otherwise. */
  static final String STATE = ".sluice/gate";

  @Spec private CommandSpec spec;
  @Mixin private GateChoice choice;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "low-latency",
      description =
          "Flink profile: a folder of flink-conf/ (local, low-latency, durable). Default: ${DEFAULT-VALUE}.")
  private String profile;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Parallel market states and gates, 1 to 128. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(
      names = "--ui-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of Flink's web UI; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int uiPort;

  @Option(
      names = "--bounded",
      description =
          "Read what the topics hold now, merged as a replay merges files, on the event clock; then stop.")
  private boolean isBounded;

  @Option(
      names = "--allow-non-restored-state",
      description =
          "Leave behind what a savepoint holds of operators that are no more; else it is refused.")
  private boolean dropsUnclaimedState;

  @Option(names = "--without-archive", description = "Archive nothing, whatever is configured.")
  private boolean isWithoutArchive;

  @Override
  public Integer call() throws Exception {
    if (parallelism < 1 || parallelism > 128) {
      throw new ParameterException(
          spec.commandLine(), "--parallelism is " + parallelism + ", expected 1 to 128");
    }
    JobConfiguration configuration = choice.configuration();
    EmbeddedGate.Options options =
        new EmbeddedGate.Options(
            configuration,
            FlinkProfile.folder(profile),
            choice.folder(),
            parallelism,
            FreePort.orAny(uiPort, 0),
            dropsUnclaimedState);
    for (String warning : ConfigurationCheck.warnings(configuration.risk())) {
      spec.commandLine().getErr().println("sluice: " + warning);
    }
    PrintWriter out = spec.commandLine().getOut();
    archived(configuration).ifPresent(settings -> ArchiveSchema.check(settings, out));
    Deployments.Prepared prepared = Deployments.in(choice.folder()).prepare(choice.file());
    Optional<Path> from = LiveJob.newestIn(choice.folder());
    try (EmbeddedGate gate =
            isBounded ? EmbeddedGate.bounded(options) : EmbeddedGate.unbounded(options);
        RunRecord record = RunRecord.publish(choice.folder(), gate.ui(), configuration.kafka());
        EmbeddedArchive archive = archive(configuration, out)) {
      out.println(
          "gate up on " + configuration.kafka().bootstrap() + ", Flink's web UI at " + gate.ui());
      out.flush();
      if (isBounded) {
        gate.awaitEnd(configuration.risk().groups().size());
        gate.stop();
        out.println("all input folded");
      } else {
        prepared.deployed("run", parallelism, from, archive != null);
        runUntilStopped(gate, record, archive);
      }
    }
    return ExitCode.DONE;
  }

  /** Empty where nothing is archived; a bounded run leaves what it made in Kafka. */
  private Optional<ArchiveSettings> archived(JobConfiguration configuration) {
    return isWithoutArchive || isBounded ? Optional.empty() : configuration.archive();
  }

  /** Null where nothing is archived. */
  private EmbeddedArchive archive(JobConfiguration configuration, PrintWriter out)
      throws IOException, InterruptedException {
    Optional<ArchiveSettings> archived = archived(configuration);
    if (archived.isEmpty()) {
      return null;
    }
    ArchiveSettings settings = archived.get();
    EmbeddedArchive archive =
        EmbeddedArchive.start(
            new EmbeddedArchive.Options(
                settings,
                configuration.kafka(),
                FlinkProfile.folder(profile),
                choice.folder().resolve("archive"),
                parallelism));
    out.println(
        "archive up on "
            + settings.server().url()
            + ", database "
            + settings.server().database()
            + ", Flink's web UI at "
            + archive.ui());
    return archive;
  }

  private void runUntilStopped(EmbeddedGate gate, RunRecord record, EmbeddedArchive archive)
      throws Exception {
    AtomicBoolean isAsked = new AtomicBoolean();
    Thread stop =
        new Thread(
            () -> {
              isAsked.set(true);
              spec.commandLine()
                  .getErr()
                  .println(
                      "sluice: ending, as told; the next start goes on from the newest checkpoint");
              end(gate, record, archive);
            },
            "gate-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      gate.await();
    } catch (IOException ended) {
      if (!isAsked.get()) {
        throw ended;
      }
    }
  }

  private static void end(EmbeddedGate gate, RunRecord record, EmbeddedArchive archive) {
    record.close();
    try {
      gate.close();
      if (archive != null) {
        archive.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
