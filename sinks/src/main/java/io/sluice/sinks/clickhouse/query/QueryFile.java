package io.sluice.sinks.clickhouse.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a named query is written down: a comment with its title, what it answers, its parameters and
 * its columns, then the SQL.
 *
 * <pre>
 * -- Title
 * --
 * -- What it answers.
 * --
 * -- param account, default '', e.g. demo: what it is
 * -- param id, required, e.g. i-1: what it is
 * -- param at, default none, e.g. 2026-01-31: what it is, NULL where it is not given
 * --
 * -- column account: what it is
 * SELECT account FROM ... WHERE account = {account:String};
 * </pre>
 *
 * A line {@code -- include NAME} in the SQL stands for that of the file NAME.sql.
 */
final class QueryFile {
  private static final Pattern PARAMETER =
      Pattern.compile("param (\\w+), (required|default (.+?)), e\\.g\\. (.+?): (.+)");
  private static final Pattern COLUMN = Pattern.compile("column (\\w+): (.+)");

  /** A parameter in the SQL; types have at most one level of brackets and commas inside. */
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+):([^{}]+)\\}");

  private static final Pattern INCLUDE = Pattern.compile("(?m)^-- include (\\S+)$");

  private QueryFile() {}

  static NamedQuery parse(String name, String text) {
    List<String> header =
        text.lines()
            .takeWhile(line -> line.startsWith("--"))
            .map(line -> line.substring(2).strip())
            .toList();
    String sql = INCLUDE.matcher(sql(text)).replaceAll(QueryFile::included);
    Map<String, String> types = types(name, sql);
    List<String> answers = new ArrayList<>();
    List<QueryParameter> parameters = new ArrayList<>();
    Map<String, String> columns = new LinkedHashMap<>();
    for (String line : header.subList(1, header.size())) {
      Matcher parameter = PARAMETER.matcher(line);
      Matcher column = COLUMN.matcher(line);
      if (parameter.matches()) {
        parameters.add(parameter(parameter, types.remove(parameter.group(1))));
      } else if (column.matches()) {
        columns.put(column.group(1), column.group(2));
      } else if (!line.isEmpty()) {
        answers.add(line);
      }
    }
    if (!types.isEmpty()) {
      throw new IllegalStateException(name + " does not explain " + types.keySet());
    }
    return new NamedQuery(
        name, header.get(0), String.join(" ", answers), List.copyOf(parameters), columns, sql);
  }

  private static String sql(String text) {
    return text.lines()
        .dropWhile(line -> line.startsWith("--"))
        .collect(Collectors.joining("\n"))
        .strip()
        .replaceFirst(";$", "");
  }

  private static String included(MatchResult line) {
    return Matcher.quoteReplacement(sql(NamedQuery.file(line.group(1))));
  }

  private static Map<String, String> types(String name, String sql) {
    Map<String, String> types = new HashMap<>();
    Matcher places = PLACE.matcher(sql);
    while (places.find()) {
      String before = types.putIfAbsent(places.group(1), places.group(2));
      if (before != null && !before.equals(places.group(2))) {
        throw new IllegalStateException(name + " has " + places.group(1) + " of two types");
      }
    }
    return types;
  }

  private static QueryParameter parameter(Matcher line, String type) {
    if (type == null) {
      throw new IllegalStateException(line.group() + " is not used");
    }
    String given = line.group(3);
    boolean isNone = given == null || given.equals("none");
    return new QueryParameter(
        line.group(1),
        ParameterType.of(type),
        ParameterType.isNullable(type),
        isNone ? null : given.equals("''") ? "" : given,
        line.group(4),
        line.group(5));
  }
}
