package io.sluice.sinks.clickhouse.query;

import java.util.List;
import java.util.Locale;

/** The named queries as a page of documentation. */
public final class QueryReference {
  private QueryReference() {}

  /** Markdown: what all queries share, a table of them, and a section for each. */
  public static String page(List<NamedQuery> queries) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Named queries

        Questions to [the archive](archive.md) that have a name; `./sluice sql` asks them, [see its options](commands.md#sluice-sql).
        This page is made from the queries themselves.

        Times are UTC. A time is written `2026-01-31T14:00:00Z`, `2026-01-31 14:00:00.000001` or `2026-01-31`. Amounts are exact and
        come as text with `--json`. Every query reads each id once, however often it was written.

        | query | answers |
        |---|---|
        """);
    for (NamedQuery query : queries) {
      page.append("| [`%s`](#%s) | %s |\n".formatted(query.name(), query.name(), query.title()));
    }
    queries.forEach(query -> section(query, page));
    return page.toString();
  }

  private static void section(NamedQuery query, StringBuilder page) {
    page.append("\n## ").append(query.name()).append("\n\n");
    page.append("**").append(query.title()).append(".** ").append(query.answers()).append("\n\n");
    page.append("```\n").append(query.example()).append("\n```\n\n");
    page.append("| parameter | type | default | example | meaning |\n|---|---|---|---|---|\n");
    for (QueryParameter parameter : query.parameters()) {
      page.append(
          "| `%s` | %s | %s | `%s` | %s |\n"
              .formatted(
                  parameter.name(),
                  parameter.type().name().toLowerCase(Locale.ROOT),
                  standard(parameter),
                  parameter.example(),
                  parameter.meaning()));
    }
    page.append("\n| column | meaning |\n|---|---|\n");
    query
        .columns()
        .forEach((name, meaning) -> page.append("| `%s` | %s |\n".formatted(name, meaning)));
  }

  private static String standard(QueryParameter parameter) {
    if (parameter.isRequired()) {
      return "must be given";
    }
    String value = parameter.defaultValue();
    return value == null ? "none" : value.isEmpty() ? "empty" : "`" + value + "`";
  }
}
