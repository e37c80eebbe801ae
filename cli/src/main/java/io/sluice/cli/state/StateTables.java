package io.sluice.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.Times;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints a group's report as tables: columns aligned under their names. */
public final class StateTables {
  private static final List<String> ACCOUNTS =
      List.of(
          "account",
          "trading_state",
          "currency",
          "cash",
          "equity",
          "peak_equity",
          "drawdown",
          "daily_loss",
          "consecutive_losses");
  private static final List<String> POSITIONS =
      List.of(
          "instrument", "qty", "avg_price", "mark", "unrealised", "reserved_buy", "reserved_sell");
  private static final List<String> ORDERS = List.of("intent_id", "instrument", "side", "open_qty");
  private static final List<String> HALTS = List.of("scope", "command_id", "from_us", "until_us");
  private static final List<String> BREACHES =
      List.of("scope", "limit", "then", "release", "since_us", "until_us");

  private final PrintWriter out;

  public StateTables(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param group a {@link io.sluice.domain.group.StateReport}
   */
  public void print(JsonNode group) {
    out.println();
    out.println(
        "risk group "
            + group.path("group").asText()
            + ", journal line "
            + group.path("seq").asText()
            + " at "
            + Times.iso(group.path("gate_time_us").asLong())
            + ", hash "
            + group.path("hash").asText());
    table("accounts", ACCOUNTS, rows(group.path("accounts"), ACCOUNTS));
    table("positions", withAccount(POSITIONS), ofAccounts(group, "positions", POSITIONS));
    table("orders at work", withAccount(ORDERS), ofAccounts(group, "orders", ORDERS));
    table("halts", HALTS, rows(group.path("halts"), HALTS));
    table("breaches", BREACHES, rows(group.path("breaches"), BREACHES));
    table("limits in force", List.of("scope", "limit", "bound"), limits(group));
  }

  private static List<String> withAccount(List<String> columns) {
    List<String> all = new ArrayList<>(List.of("account"));
    all.addAll(columns);
    return all;
  }

  private static List<List<String>> ofAccounts(JsonNode group, String what, List<String> columns) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode account : group.path("accounts")) {
      for (List<String> row : rows(account.path(what), columns)) {
        List<String> whole = new ArrayList<>(List.of(account.path("account").asText()));
        whole.addAll(row);
        rows.add(whole);
      }
    }
    return rows;
  }

  private static List<List<String>> rows(JsonNode objects, List<String> columns) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode object : objects) {
      rows.add(columns.stream().map(column -> text(column, object.path(column))).toList());
    }
    return rows;
  }

  private static String text(String column, JsonNode value) {
    if (value.isNull()) {
      return column.equals("until_us") ? "for good" : "-";
    }
    return column.endsWith("_us") ? Times.iso(value.asLong()) : value.asText();
  }

  private static List<List<String>> limits(JsonNode group) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode scope : group.path("limits")) {
      for (var limit : scope.path("in_force").properties()) {
        JsonNode bound = limit.getValue();
        rows.add(
            List.of(
                scope.path("scope").asText(),
                limit.getKey(),
                bound.isValueNode() ? bound.asText() : bound.toString()));
      }
    }
    return rows;
  }

  private void table(String title, List<String> columns, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    out.println();
    out.println(title);
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              columns.get(i).length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    line(columns, widths);
    rows.forEach(row -> line(row, widths));
  }

  private void line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append("  ").append(cells.get(i)).append(" ".repeat(widths[i] - cells.get(i).length()));
    }
    out.println(line.toString().stripTrailing());
  }
}
