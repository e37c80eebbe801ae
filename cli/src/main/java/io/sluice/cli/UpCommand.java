package io.sluice.cli;

import io.sluice.cli.stack.LocalStack;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.io.PrintWriter;
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
      "For development and trying things out: one node, nothing replicated, no security, reachable from here only."
    })
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StackFolder folder;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port for clients. Default: any free one.")
  private int kafkaPort;

  @Option(
      names = "--controller-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port for Kafka's controller. Default: any free one.")
  private int controllerPort;

  @Override
  public Integer call() throws IOException, InterruptedException {
    checked("--kafka-port", kafkaPort);
    checked("--controller-port", controllerPort);
    LocalStack stack = folder.stack();
    LocalStack.Up up = stack.up(kafkaPort, controllerPort);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "Kafka is up at "
            + up.settings().bootstrap()
            + " (process "
            + up.pid()
            + ") with "
            + Topic.values().length
            + " topics");
    out.println("data in " + up.data() + ", log in " + stack.log());
    out.println("stop it:  ./sluice down" + folder.option());
    out.flush();
    return ExitCode.DONE;
  }

  private void checked(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + port + ", expected 0 (any free one) to 65535");
    }
  }
}
