package io.sluice.cli.validation;

import io.sluice.cli.validation.Finding.Grade;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.sinks.clickhouse.ClickHouseException;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.Migrator;
import io.sluice.sinks.clickhouse.query.AnswerFormat;
import io.sluice.sinks.clickhouse.query.ArchiveReader;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Whether the archive has the schema that this build writes, and the newest probe's decision. */
final class ArchiveFindings {
  private static final String FRESHNESS = "freshness";
  private static final String HEALTH = "health";
  private static final String CHECK = "archive";
  private static final String FOUND =
      "SELECT count() FROM decisions FINAL WHERE intent_id = {id:String}";
  private static final long PAUSE_NANOS = 500_000_000L;

  private ArchiveFindings() {}

  /**
   * @param intentId of a decision that has to arrive; null where there is none to wait for
   */
  static List<Finding> of(ArchiveSettings settings, String intentId, Duration patience)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    try {
      ClickHouseSettings server = settings.clickHouse();
      findings.add(schema(server));
      findings.add(
          intentId == null
              ? new Finding(
                  FRESHNESS, CHECK, Grade.SKIPPED, "", "a probe's decision", "no probe was sent")
              : arrival(server, intentId, patience));
    } catch (ClickHouseException | IOException e) {
      findings.add(
          new Finding(
              HEALTH,
              CHECK,
              Grade.FAIL,
              String.valueOf(e.getMessage()),
              "an answer",
              "no decision waits for it and Kafka keeps what comes, for 30 days"));
    }
    return findings;
  }

  private static Finding schema(ClickHouseSettings server) {
    try (Migrator migrator = Migrator.open(server)) {
      return Finding.of(
          migrator.version() == migrator.newest(),
          Grade.FAIL,
          HEALTH,
          "schema of the archive",
          "version " + migrator.version(),
          "version " + migrator.newest(),
          "./sluice migrate --url " + server.url() + " --database " + server.database());
    }
  }

  private static Finding arrival(ClickHouseSettings server, String intentId, Duration patience)
      throws IOException, InterruptedException {
    long from = System.nanoTime();
    try (ArchiveReader archive = ArchiveReader.open(server)) {
      while (true) {
        StringWriter answer = new StringWriter();
        archive.answer(FOUND, Map.of("id", intentId), AnswerFormat.CSV, answer);
        boolean isThere = answer.toString().lines().anyMatch("1"::equals);
        long tookNanos = System.nanoTime() - from;
        if (isThere || tookNanos > patience.toNanos()) {
          return Finding.of(
              isThere,
              Grade.FAIL,
              FRESHNESS,
              CHECK,
              (isThere ? "there after " : "not there after ") + tookNanos / 1_000_000_000 + " s",
              "the newest probe's decision within " + patience.toSeconds() + " s",
              "is the job sluice archive running? its exceptions are in Flink's web UI");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
