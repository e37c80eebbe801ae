package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.live.GateStatus;
import io.sluice.cli.live.Heartbeat;
import io.sluice.cli.live.RunRecord;
import io.sluice.cli.stack.ClusterRecord;
import io.sluice.cli.stack.LocalStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what of Kafka and of the gate is up. */
@Command(
    name = "status",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Says whether Kafka is up, how much is in the topics, and whether the gate gives signs of life.",
      "Exit code 0 when every risk group gave one in the last 60 s, 1 when not."
    })
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaChoice kafka;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = RunCommand.STATE,
      description =
          "Folder of ./sluice run, which says where its UI is. Default: ${DEFAULT-VALUE}.")
  private Path state;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Optional<KafkaChoice.Chosen> up = kafka.ifUp();
    if (up.isEmpty()) {
      spec.commandLine().getOut().println(json ? "{\"up\":false}" : nothingIsUp());
      return ExitCode.NO;
    }
    KafkaChoice.Chosen chosen = up.get();
    GateStatus gate = GateStatus.of(chosen.settings(), chosen.risk());
    Optional<RunRecord> run = RunRecord.running(state, chosen.settings());
    if (json) {
      spec.commandLine().getOut().println(toJson(chosen, gate, run));
    } else {
      PrintWriter out = spec.commandLine().getOut();
      printKafka(out, chosen);
      printCluster(out);
      printTopics(out, chosen, gate);
      printGate(out, gate, run);
      out.flush();
    }
    return gate.isAlive() ? ExitCode.DONE : ExitCode.NO;
  }

  private String nothingIsUp() {
    StackFolder folder = kafka.folder();
    return "nothing is up in "
        + folder.stack().folder()
        + "; start it:  ./sluice up"
        + folder.option();
  }

  private static ObjectNode toJson(
      KafkaChoice.Chosen chosen, GateStatus gate, Optional<RunRecord> run) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("up", true);
    status.put("bootstrap", chosen.settings().bootstrap());
    chosen.local().ifPresent(local -> putLocal(status, local));
    ArrayNode topics = status.putArray("topics");
    gate.contents()
        .forEach(
            (topic, content) ->
                topics
                    .addObject()
                    .put("name", chosen.settings().nameOf(topic))
                    .put("partitions", content.partitions())
                    .put("records", content.records())
                    .put("unread", gate.unread().get(topic)));
    status.put("dead_letters", gate.deadLetters());
    ObjectNode gateNode = status.putObject("gate");
    gateNode.put("alive", gate.isAlive());
    gateNode.put("ui", run.map(RunRecord::ui).orElse(null));
    gateNode.put("pid", run.map(known -> known.process().pid()).orElse(null));
    ArrayNode groups = gateNode.putArray("groups");
    for (Heartbeat beat : gate.heartbeats().values()) {
      groups
          .addObject()
          .put("group", beat.group())
          .put("heartbeat_us", beat.atUs())
          .put("age_ms", (gate.atUs() - beat.atUs()) / 1_000)
          .put("seq", beat.seq())
          .put("limits_version", beat.limitsVersion())
          .put("halts", beat.halts())
          .put("breaches", beat.breaches())
          .put("stale", beat.stale());
    }
    ArrayNode missing = gateNode.putArray("missing");
    gate.missing().forEach(missing::add);
    return status;
  }

  private static void putLocal(ObjectNode status, LocalStack.Up local) {
    status.put("controller_port", local.controllerPort());
    status.put("pid", local.pid());
    status.put("started_at", local.startedAt());
    status.put("data", local.data().toString());
  }

  private static void printKafka(PrintWriter out, KafkaChoice.Chosen chosen) {
    out.print("Kafka is up at " + chosen.settings().bootstrap());
    chosen
        .local()
        .ifPresent(
            local -> {
              out.println(" (process " + local.pid() + ", since " + local.startedAt() + ")");
              out.print("data in " + local.data());
            });
    out.println();
    out.println();
  }

  private void printCluster(PrintWriter out) throws IOException {
    Optional<ClusterRecord> cluster = kafka.folder().stack().cluster().running();
    if (cluster.isPresent()) {
      cluster.get().lines().forEach(out::println);
      out.println();
    }
  }

  private static void printTopics(PrintWriter out, KafkaChoice.Chosen chosen, GateStatus gate) {
    out.printf("  %-24s %10s %14s %14s%n", "topic", "partitions", "records", "unread");
    gate.contents()
        .forEach(
            (topic, content) ->
                out.printf(
                    Locale.ROOT,
                    "  %-24s %10d %,14d %14s%n",
                    chosen.settings().nameOf(topic),
                    content.partitions(),
                    content.records(),
                    number(gate.unread().get(topic))));
    out.println();
    if (gate.deadLetters() > 0) {
      out.printf(Locale.ROOT, "%,d records could not be read: dead letters%n", gate.deadLetters());
    }
  }

  private static String number(Long count) {
    return count == null ? "-" : String.format(Locale.ROOT, "%,d", count);
  }

  private static void printGate(PrintWriter out, GateStatus gate, Optional<RunRecord> run) {
    run.ifPresent(
        known ->
            out.println(
                "gate runs in process "
                    + known.process().pid()
                    + ", Flink's web UI at "
                    + known.ui()));
    if (gate.heartbeats().isEmpty()) {
      out.println("no gate has given a sign of life in the last hour; start one:  ./sluice run");
      return;
    }
    out.println(
        gate.isAlive()
            ? "the gate is alive"
            : "the gate is NOT alive: expected a heartbeat of the last 60 s");
    out.printf(
        "  %-24s %10s %12s %8s %6s %9s %6s%n",
        "risk group", "heartbeat", "seq", "limits", "halts", "breaches", "stale");
    for (Heartbeat beat : gate.heartbeats().values()) {
      out.printf(
          Locale.ROOT,
          "  %-24s %8.1f s %,12d %8d %6d %9d %6d%n",
          beat.group(),
          (gate.atUs() - beat.atUs()) / 1e6,
          beat.seq(),
          beat.limitsVersion(),
          beat.halts(),
          beat.breaches(),
          beat.stale());
    }
    gate.missing().forEach(group -> out.printf("  %-24s %10s%n", group, "none"));
  }
}
