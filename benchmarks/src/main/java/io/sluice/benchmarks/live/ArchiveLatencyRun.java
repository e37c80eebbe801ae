package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.Migrator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The latency of decisions while the archive, in the gate's own process as {@code sluice run} has
 * it, fares well and badly: windows in which ClickHouse answers, is away, is back while the archive
 * catches up, answers slowly, and answers again. What is looked for is that they do not differ by
 * more than the first and the last.
 */
record ArchiveLatencyRun(LatencyRun load) {
  private static final String DATABASE = "sluice";
  private static final List<String> FIGURES =
      List.of(
          "gate_p50_ms",
          "gate_p99_ms",
          "gate_max_ms",
          "broker_p50_ms",
          "broker_p99_ms",
          "gate_cores",
          "broker_cores",
          "load_cores");
  private static final long PATIENCE_NANOS = 180_000_000_000L;

  /** One result a round, the figures of its windows under their names. */
  List<ObjectNode> run(List<String> gateOptions, int rounds) throws Exception {
    try (ClickHouse clickHouse = ClickHouse.start();
        LiveStack stack = LiveStack.start("10m")) {
      ClickHouseSettings settings = clickHouse.settings(DATABASE);
      try (Migrator migrator = Migrator.open(settings)) {
        migrator.plan(migrator.newest()).forEach(migrator::take);
      }
      stack.archiveTo(settings);
      List<ObjectNode> results = new ArrayList<>();
      load.whileRunning(
          stack,
          gateOptions,
          gate -> {
            for (int round = 1; round <= rounds; round++) {
              results.add(round(stack, clickHouse, gate, "r" + round));
              System.err.println("  round " + round + ": " + results.get(round - 1));
            }
          });
      return results;
    }
  }

  private ObjectNode round(LiveStack stack, ClickHouse clickHouse, JavaProcess gate, String name)
      throws Exception {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    long answered = put(result, "answers", load.measure(stack, gate, name + "-answers-"));
    clickHouse.kill();
    answered += put(result, "away", load.measure(stack, gate, name + "-away-"));
    clickHouse.restart();
    answered += put(result, "back", load.measure(stack, gate, name + "-back-"));
    try (SlowedProcess slowed = SlowedProcess.of(clickHouse.pid())) {
      answered += put(result, "slow", load.measure(stack, gate, name + "-slow-"));
    }
    answered += put(result, "again", load.measure(stack, gate, name + "-again-"));
    result.put("not_archived", notArchived(clickHouse.settings(DATABASE), name, answered));
    return result;
  }

  /** Answers how many decisions there were. */
  private static long put(ObjectNode result, String window, ObjectNode measured) {
    for (String figure : FIGURES) {
      result.put(window + "_" + figure, measured.path(figure).doubleValue());
    }
    long answered = measured.path("answered").longValue();
    result.put(window + "_unanswered", measured.path("intents").longValue() - answered);
    return answered;
  }

  /** How many decisions of a round are not in the archive, once nothing more comes. */
  private static long notArchived(ClickHouseSettings settings, String round, long answered)
      throws SQLException, InterruptedException {
    String count =
        "SELECT uniqExact(decision_id) FROM decisions WHERE startsWith(intent_id, '"
            + round
            + "-')";
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long missing = answered;
    while (missing > 0 && System.nanoTime() < deadline) {
      Thread.sleep(500);
      try (Connection connection = settings.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(count)) {
        row.next();
        missing = answered - row.getLong(1);
      }
    }
    return missing;
  }
}
