package io.sluice.cli;

import io.sluice.sinks.clickhouse.query.AnswerFormat;
import io.sluice.sinks.clickhouse.query.ArchiveReader;
import io.sluice.sinks.clickhouse.query.NamedQuery;
import io.sluice.sinks.clickhouse.query.QueryParameter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the archive. */
@Command(
    name = "sql",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Asks the archive a named query or any SELECT; changes nothing there.")
final class SqlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SQL",
      description = "Any SELECT, with parameters as {name:Type}.")
  private String sql;

  @Option(
      names = "--query",
      paramLabel = "NAME",
      description = "A named query; with --list it is explained instead.")
  private String name;

  @Option(names = "--list", description = "List the named queries.")
  private boolean isList;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter of the query. Can be repeated.")
  private Map<String, String> parameters = Map.of();

  @Option(names = "--csv", description = "Write CSV instead of a table.")
  private boolean isCsv;

  @Option(names = "--json", description = "Write JSON, an object a line, instead of a table.")
  private boolean isJson;

  @Mixin private ClickHouseChoice clickHouse;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (isList) {
      if (name == null) {
        list(out);
      } else {
        explain(NamedQuery.named(name), out);
      }
      return ExitCode.DONE;
    }
    if ((sql == null) == (name == null)) {
      throw wrong(
          sql == null
              ? "expected a SELECT, --query NAME or --list"
              : "there is a SELECT and --query " + name + ", expected one of them");
    }
    AnswerFormat format = format();
    if (name == null) {
      try (ArchiveReader archive = ArchiveReader.open(clickHouse.settings())) {
        archive.answer(sql, parameters, format, out);
      }
      return ExitCode.DONE;
    }
    NamedQuery query = NamedQuery.named(name);
    // Wrong parameters are told without a connection.
    query.values(parameters);
    try (ArchiveReader archive = ArchiveReader.open(clickHouse.settings())) {
      archive.answer(query, parameters, format, out);
    }
    return ExitCode.DONE;
  }

  private AnswerFormat format() {
    if (isCsv && isJson) {
      throw wrong("there are --csv and --json, expected one of them");
    }
    return isCsv ? AnswerFormat.CSV : isJson ? AnswerFormat.JSON : AnswerFormat.TABLE;
  }

  private static void list(PrintWriter out) {
    List<NamedQuery> queries = NamedQuery.all();
    int width = queries.stream().mapToInt(query -> query.name().length()).max().orElse(0);
    queries.forEach(query -> out.println(padded(query.name(), width) + "  " + query.title()));
    out.println();
    out.println("./sluice sql --list --query NAME explains one.");
  }

  private static void explain(NamedQuery query, PrintWriter out) {
    out.println(query.title() + ". " + query.answers());
    out.println();
    int width = query.parameters().stream().mapToInt(each -> each.name().length()).max().orElse(0);
    for (QueryParameter parameter : query.parameters()) {
      out.println("  --param " + padded(parameter.name(), width) + "  " + explained(parameter));
    }
    out.println();
    int widest = query.columns().keySet().stream().mapToInt(String::length).max().orElse(0);
    query
        .columns()
        .forEach((column, meaning) -> out.println("  " + padded(column, widest) + "  " + meaning));
    out.println();
    out.println(query.example());
  }

  private static String explained(QueryParameter parameter) {
    String value = parameter.defaultValue();
    String standard =
        parameter.isRequired()
            ? "must be given"
            : "default " + (value == null ? "none" : value.isEmpty() ? "empty" : value);
    return "%s (%s, %s, e.g. %s)"
        .formatted(
            parameter.meaning(),
            parameter.type().name().toLowerCase(Locale.ROOT),
            standard,
            parameter.example());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
