package io.sluice.cli;

import io.sluice.cli.live.CommandAnswer;
import io.sluice.cli.live.CommandDesk;
import io.sluice.cli.live.CommandDesk.Answered;
import io.sluice.cli.live.Heartbeat;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Command;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Gives a command to the gate and says what the gate answers. */
final class CommandDelivery {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "15s",
      description = "How long to wait for the gate's answer. Default: ${DEFAULT-VALUE}.")
  private String wait;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  /**
   * @return the exit code: done where every group has done it
   */
  int deliver(Command command, KafkaChoice kafka) throws IOException, InterruptedException {
    Duration patience = patience();
    KafkaChoice.Chosen chosen = kafka.chosen();
    Scope scope = Scope.parse(command.scope());
    Set<String> groups =
        chosen
            .risk()
            .map(risk -> risk.groupsToTell(scope))
            .orElseGet(() -> groupsAlive(chosen.settings(), scope));
    Answered answered = new CommandDesk(chosen.settings()).give(command, groups, patience);
    if (json) {
      spec.commandLine().getOut().println(toJson(command, answered));
    } else {
      print(command, answered, chosen.settings());
    }
    return answered.isDone() ? ExitCode.DONE : ExitCode.NO;
  }

  private Duration patience() {
    Long us = Durations.parseUs(wait);
    if (us == null || us == 0) {
      throw new ParameterException(
          spec.commandLine(), "--wait is " + wait + ", expected a duration such as 15s");
    }
    return Duration.of(us, ChronoUnit.MICROS);
  }

  /**
   * Without a configuration nobody knows whose accounts are where; but what is about the market
   * concerns all groups with accounts, and those that are alive say so.
   */
  private static Set<String> groupsAlive(KafkaSettings kafka, Scope scope) {
    return switch (scope.kind()) {
      case DESK, ACCOUNT, STRATEGY -> Set.of();
      case FIRM, INSTRUMENT, VENUE -> {
        long sinceMs = System.currentTimeMillis() - Heartbeat.LIFE.toMillis();
        Set<String> alive = new TreeSet<>(Heartbeat.newestSince(kafka, sinceMs).keySet());
        alive.remove(Configuration.UNASSIGNED);
        yield alive;
      }
    };
  }

  private void print(Command command, Answered answered, KafkaSettings settings) {
    PrintWriter out = spec.commandLine().getOut();
    String stands =
        "command "
            + command.commandId()
            + " stands in "
            + settings.nameOf(Topic.CONTROL_COMMANDS)
            + " at offset "
            + answered.offset();
    if (answered.answers().isEmpty()) {
      out.println("no gate answered within " + wait + ": is one running?  ./sluice status");
      out.println(stands + " and will count as soon as a gate runs");
      out.flush();
      return;
    }
    out.println(stands);
    for (CommandAnswer answer : answered.answers()) {
      String at = Times.iso(answer.event().path("event_time_us").asLong());
      out.println(
          answer.isRefusal()
              ? "group " + answer.group() + ": REFUSED, " + answer.why()
              : "group "
                  + answer.group()
                  + ": "
                  + answer.type()
                  + " "
                  + command.scope()
                  + " at "
                  + at);
    }
    if (!answered.silent().isEmpty()) {
      out.println(
          "no answer within "
              + wait
              + " from "
              + String.join(", ", answered.silent())
              + ": it will count there as soon as the gate has read it");
    }
    out.flush();
  }

  private static String toJson(Command command, Answered answered) {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("done").value(answered.isDone());
    json.name("command_id").value(command.commandId());
    json.name("offset").value(answered.offset()).name("answers").beginArray();
    answered.answers().forEach(answer -> json.tree(answer.event()));
    json.endArray().name("silent").beginArray();
    answered.silent().forEach(json::value);
    return json.endArray().endObject().toString();
  }
}
