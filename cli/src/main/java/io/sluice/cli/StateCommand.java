package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.state.StateTables;
import io.sluice.cli.state.StoredState;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.StateReport;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks into a savepoint. */
@Command(
    name = "state",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    subcommands = {StateFirstCommand.class, StateCorrectCommand.class},
    description = {
      "Shows what stands in a savepoint or checkpoint: accounts, positions, orders, halts, limits.",
      "Changes nothing there."
    })
final class StateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SavepointChoice savepoint;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "This risk group only. Default: all.")
  private String group;

  @Option(names = "--json", description = "Print JSON, an object for each group.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    StoredState state = savepoint.read();
    if (group != null && !state.groups().containsKey(group)) {
      throw new ParameterException(
          spec.commandLine(),
          "--group is " + group + ", expected one of " + state.groups().keySet());
    }
    PrintWriter out = spec.commandLine().getOut();
    List<byte[]> reports = new ArrayList<>();
    for (GroupState each : state.groups().values()) {
      if (group == null || each.group().equals(group)) {
        reports.add(StateReport.of(each));
      }
    }
    if (json) {
      JsonWriter whole = new JsonWriter();
      whole.beginObject().name("savepoint").value(state.path().toString()).name("groups");
      whole.beginArray();
      reports.forEach(whole::raw);
      out.println(whole.endArray().endObject());
    } else {
      out.println("savepoint " + state.path());
      StateTables tables = new StateTables(out);
      reports.forEach(report -> tables.print(tree(report)));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static JsonNode tree(byte[] report) {
    try {
      return StrictJson.trusted(report);
    } catch (UnreadableException e) {
      throw new IllegalStateException("a report reads back", e);
    }
  }
}
