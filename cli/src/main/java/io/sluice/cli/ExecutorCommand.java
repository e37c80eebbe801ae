package io.sluice.cli;

import io.sluice.cli.executor.ExecutorProcess;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The reference executor, against a paper venue. */
@Command(
    name = "executor",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Executes decisions on paper: follows the executor's contract, fills against market.trades,",
      "and writes order statuses and fills. Runs until Ctrl-C; what is open then is cancelled.",
      "Run one for a set of topics: two would send everything twice."
    })
final class ExecutorCommand implements Callable<Integer> {
  private static final int MAX_PARTIAL_FILLS = 100;
  private static final int MAX_LATENCY_MS = 60_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description =
          "Configuration of the gate, YAML, with clock wall, execution external, and kafka.")
  private Path config;

  @Option(
      names = "--latency-ms",
      paramLabel = "MS",
      description = "Time to the venue, 0 to 60000. Default: execution.latency_ms.")
  private Integer latencyMs;

  @Option(
      names = "--reject-share",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of orders and amendments that the venue rejects, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double rejectShare;

  @Option(
      names = "--partial-fills",
      paramLabel = "N",
      defaultValue = "3",
      description = "In how many fills an order is filled, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int partialFills;

  @Override
  public Integer call() throws Exception {
    check("--reject-share", rejectShare, 0, 1);
    check("--partial-fills", partialFills, 1, MAX_PARTIAL_FILLS);
    if (latencyMs != null) {
      check("--latency-ms", latencyMs, 0, MAX_LATENCY_MS);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    JobConfiguration configuration = ConfigurationFile.readJob(config);
    long latencyUs =
        latencyMs == null ? configuration.risk().execution().latencyUs() : latencyMs * 1_000L;
    ExecutorProcess process =
        new ExecutorProcess(
            configuration,
            latencyUs,
            rejectShare,
            partialFills,
            () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
            line -> say(err, "executor: " + line));
    say(out, "executor on " + configuration.kafka().bootstrap() + ", Ctrl-C ends it");
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endCleanly(process, ended)));
    try {
      process.run();
    } finally {
      say(out, "executor: " + process.progress());
      ended.countDown();
    }
    return ExitCode.DONE;
  }

  /** NaN is outside every range. */
  private void check(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              java.util.Locale.ROOT,
              "%s is %s, expected %.0f to %.0f",
              option,
              value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value),
              least,
              most));
    }
  }

  private static void endCleanly(ExecutorProcess process, CountDownLatch ended) {
    process.stop();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }
}
