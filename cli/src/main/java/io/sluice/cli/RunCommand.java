package io.sluice.cli;

import io.sluice.cli.live.EmbeddedGate;
import io.sluice.cli.live.FlinkProfile;
import io.sluice.cli.live.RunRecord;
import io.sluice.cli.stack.FreePort;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The risk gate against a Kafka cluster, until it is interrupted. */
@Command(
    name = "run",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Runs the risk gate on the Kafka that the configuration names, with Flink in this process.",
      "Goes on from the newest checkpoint in --state; without one the gate folds risk.inputs from its beginning."
    })
final class RunCommand implements Callable<Integer> {
  /** Where a gate keeps its state unless it is told otherwise. */
  static final String STATE = ".sluice/gate";

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Configuration, YAML, with a section kafka.")
  private Path config;

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
      names = "--state",
      paramLabel = "DIR",
      defaultValue = STATE,
      description = "Folder for checkpoints, one for each gate. Default: ${DEFAULT-VALUE}.")
  private Path state;

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

  @Override
  public Integer call() throws Exception {
    if (parallelism < 1 || parallelism > 128) {
      throw new ParameterException(
          spec.commandLine(), "--parallelism is " + parallelism + ", expected 1 to 128");
    }
    JobConfiguration configuration = ConfigurationFile.readJob(config);
    EmbeddedGate.Options options =
        new EmbeddedGate.Options(
            configuration,
            FlinkProfile.folder(profile),
            state,
            parallelism,
            FreePort.orAny(uiPort, 0));
    PrintWriter out = spec.commandLine().getOut();
    try (EmbeddedGate gate =
            isBounded ? EmbeddedGate.bounded(options) : EmbeddedGate.unbounded(options);
        RunRecord record = RunRecord.publish(state, gate.ui(), configuration.kafka())) {
      out.println(
          "gate up on " + configuration.kafka().bootstrap() + ", Flink's web UI at " + gate.ui());
      out.flush();
      if (isBounded) {
        gate.awaitEnd(configuration.risk().groups().size());
        gate.stop();
        out.println("all input folded");
      } else {
        runUntilStopped(gate, record);
      }
    }
    return ExitCode.DONE;
  }

  private static void runUntilStopped(EmbeddedGate gate, RunRecord record) throws Exception {
    Thread stop = new Thread(() -> end(gate, record), "gate-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    gate.await();
  }

  private static void end(EmbeddedGate gate, RunRecord record) {
    record.close();
    try {
      gate.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
