package io.sluice.cli;

import io.sluice.cli.stack.ClusterRecord;
import io.sluice.cli.stack.LocalStack;
import io.sluice.cli.stack.OnExit;
import io.sluice.cli.stack.StackException;
import io.sluice.jobs.kafka.Topic;
import io.sluice.sinks.clickhouse.ClickHouseException;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the local stack. */
@Command(
    name = "up",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Starts a real Kafka broker on this machine, which stays up until ./sluice down, and creates the topics.",
      "Where Node is there it starts a real ClickHouse too and creates the archive's tables.",
      "With --cluster it starts a Flink cluster as well: job managers and task managers, processes of their own.",
      "For development and trying things out: one node, nothing replicated, no security, reachable from here only."
    })
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StackFolder folder;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port for clients. Default: 9092, or any free one where that is taken.")
  private int kafkaPort;

  @Option(
      names = "--controller-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port for Kafka's controller. Default: any free one.")
  private int controllerPort;

  @Option(
      names = "--clickhouse-port",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Port of ClickHouse's HTTP interface. Default: 8123, or any free one where that is taken.")
  private int clickHousePort;

  @Option(names = "--without-archive", description = "Start no ClickHouse.")
  private boolean isWithoutArchive;

  @Option(
      names = "--cluster",
      description = "Start a Flink cluster too; Kafka may be up already then.")
  private boolean isWithCluster;

  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() throws IOException, InterruptedException {
    checked("--kafka-port", kafkaPort);
    checked("--controller-port", controllerPort);
    checked("--clickhouse-port", clickHousePort);
    cluster.requireAsked(isWithCluster);
    LocalStack stack = folder.stack();
    boolean isKafkaUp = isWithCluster && stack.running().isPresent();
    if (!isKafkaUp) {
      kafkaUp(stack);
    }
    if (isWithCluster) {
      clusterUp(stack, isKafkaUp);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("stop it:  ./sluice down" + folder.option());
    out.flush();
    return ExitCode.DONE;
  }

  private void kafkaUp(LocalStack stack) throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    LocalStack.Up up = stack.up(kafkaPort, controllerPort);
    out.println(
        "Kafka is up at "
            + up.settings().bootstrap()
            + " (process "
            + up.pid()
            + ") with "
            + Topic.values().length
            + " topics");
    out.println("data in " + up.data() + ", log in " + stack.log());
    if (!isWithoutArchive) {
      out.flush();
      out.println(archiveUp(stack));
    }
    out.flush();
  }

  /** Where it does not come up, what was started for it goes down again. */
  private void clusterUp(LocalStack stack, boolean wasKafkaUp)
      throws IOException, InterruptedException {
    try (OnExit abandon = new OnExit("abandon-stack", () -> abandon(stack, wasKafkaUp))) {
      ClusterRecord up = stack.clusterUp(cluster.plan(stack.cluster().folder()));
      PrintWriter out = spec.commandLine().getOut();
      up.lines().forEach(out::println);
      out.println("configuration and logs in " + up.folder());
    } catch (IOException | InterruptedException | RuntimeException e) {
      abandon(stack, wasKafkaUp);
      throw e;
    }
  }

  private static void abandon(LocalStack stack, boolean wasKafkaUp) {
    if (wasKafkaUp) {
      return;
    }
    try {
      stack.abandon();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line about it; without an archive the rest is as good as with one. */
  private String archiveUp(LocalStack stack) throws IOException, InterruptedException {
    try {
      ClickHouseSettings settings =
          stack.archiveUp(clickHousePort, spec.commandLine().getErr()::println);
      return "ClickHouse is up at " + settings.url() + ", database " + settings.database();
    } catch (StackException | ClickHouseException e) {
      return "the archive is off: " + e.getMessage();
    }
  }

  private void checked(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + port + ", expected 0 (any free one) to 65535");
    }
  }
}
