package io.sluice.sinks.clickhouse;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** SQL statements in a text, each ended by a semicolon at the end of a line. */
final class SqlScript {
  private static final Pattern END = Pattern.compile(";[ \\t]*(?:\\n|$)");

  private SqlScript() {}

  /** The statements without their semicolons and without the lines that are comments. */
  static List<String> statements(String text) {
    String code =
        text.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
    return END.splitAsStream(code).map(String::strip).filter(each -> !each.isEmpty()).toList();
  }
}
