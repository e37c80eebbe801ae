package io.sluice.sinks.clickhouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a database's tables look like: a description for every table and every column, by name.
 * Compression and settings are the operator's business and not in it.
 *
 * @param tables engine, partition key, sorting key
 * @param columns by {@code table.column}: place from 1, type, default
 */
public record Schema(Map<String, String> tables, Map<String, String> columns) {
  private static final String TABLES =
      "SELECT name, concat(replaceRegexpOne(engine, '^(Replicated|Shared)', ''),"
          + " if(partition_key = '', '', ' PARTITION BY ' || partition_key),"
          + " if(sorting_key = '', '', ' ORDER BY ' || sorting_key))"
          + " FROM system.tables WHERE database = currentDatabase() AND NOT is_temporary";

  private static final String COLUMNS =
      "SELECT table || '.' || name, concat(toString(position), ' ', type,"
          + " if(default_kind = '', '', ' ' || default_kind || ' ' || default_expression))"
          + " FROM system.columns WHERE database = currentDatabase()";

  public Schema {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /** Of the connection's database, without the migrations' own bookkeeping. */
  public static Schema of(Connection connection) throws SQLException {
    Map<String, String> tables = described(connection, TABLES);
    Map<String, String> columns = described(connection, COLUMNS);
    tables.remove(SchemaHistory.TABLE);
    columns.keySet().removeIf(name -> name.startsWith(SchemaHistory.TABLE + "."));
    return new Schema(tables, columns);
  }

  private static Map<String, String> described(Connection connection, String query)
      throws SQLException {
    Map<String, String> described = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        described.put(rows.getString(1), rows.getString(2));
      }
    }
    return described;
  }

  /** Reads what {@link #toString} writes. */
  static Schema parse(String text) {
    Map<String, String> tables = new TreeMap<>();
    Map<String, String> columns = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] cells = line.split("\t", 3);
      (cells[0].equals("table") ? tables : columns).put(cells[1], cells[2]);
    }
    return new Schema(tables, columns);
  }

  /** The type of a column, as it is written in a table's definition. */
  String typeOf(String table, String column) {
    String description = columns.get(table + "." + column);
    if (description == null) {
      throw new IllegalArgumentException("there is no column " + table + "." + column);
    }
    return description.replaceFirst("^\\d+ ", "");
  }

  /**
   * In what an actual schema differs from this one, a line each; tables that this one does not have
   * may be anybody's and are no difference.
   */
  public List<String> differences(Schema actual) {
    List<String> differences = new ArrayList<>();
    compare("table", tables, actual.tables, differences);
    compare("column", columns, actual.columns, differences);
    for (String column : actual.columns.keySet()) {
      String table = column.substring(0, column.indexOf('.'));
      if (tables.containsKey(table) && !columns.containsKey(column)) {
        differences.add("column " + column + " is there, expected none of that name");
      }
    }
    return differences;
  }

  private static void compare(
      String kind, Map<String, String> expected, Map<String, String> actual, List<String> found) {
    expected.forEach(
        (name, description) -> {
          String there = actual.get(name);
          if (!description.equals(there)) {
            found.add(
                kind
                    + " "
                    + name
                    + (there == null ? " is missing" : " is " + there)
                    + ", expected "
                    + description);
          }
        });
  }

  @Override
  public String toString() {
    return lines("table", tables) + lines("column", columns);
  }

  private static String lines(String kind, Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> kind + "\t" + entry.getKey() + "\t" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
