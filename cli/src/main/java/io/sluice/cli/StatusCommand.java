package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.stack.LocalStack;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what of the local stack is up. */
@Command(
    name = "status",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Says whether the local stack is up, where, and how much is in its topics.",
      "Exit code 0 when it is up, 1 when it is not."
    })
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StackFolder folder;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    LocalStack stack = folder.stack();
    Optional<LocalStack.Up> up = stack.running();
    if (up.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println(
              json
                  ? "{\"up\":false}"
                  : "nothing is up in "
                      + stack.folder()
                      + "; start it:  ./sluice up"
                      + folder.option());
      return ExitCode.NO;
    }
    Map<Topic, Topics.Content> contents;
    try (Topics topics = Topics.open(up.get().settings())) {
      contents = topics.contents();
    }
    if (json) {
      spec.commandLine().getOut().println(toJson(up.get(), contents));
    } else {
      print(up.get(), contents);
    }
    return ExitCode.DONE;
  }

  private static ObjectNode toJson(LocalStack.Up up, Map<Topic, Topics.Content> contents) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("up", true);
    status.put("bootstrap", up.settings().bootstrap());
    status.put("controller_port", up.controllerPort());
    status.put("pid", up.pid());
    status.put("started_at", up.startedAt());
    status.put("data", up.data().toString());
    ArrayNode topics = status.putArray("topics");
    contents.forEach(
        (topic, content) ->
            topics
                .addObject()
                .put("name", up.settings().nameOf(topic))
                .put("partitions", content.partitions())
                .put("records", content.records()));
    return status;
  }

  private void print(LocalStack.Up up, Map<Topic, Topics.Content> contents) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "Kafka is up at "
            + up.settings().bootstrap()
            + " (process "
            + up.pid()
            + ", since "
            + up.startedAt()
            + ")");
    out.println("data in " + up.data());
    out.println();
    out.printf("  %-20s %10s %14s%n", "topic", "partitions", "records");
    contents.forEach(
        (topic, content) ->
            out.printf(
                Locale.ROOT,
                "  %-20s %10d %,14d%n",
                up.settings().nameOf(topic),
                content.partitions(),
                content.records()));
    out.flush();
  }
}
