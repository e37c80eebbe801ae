package io.sluice.cli;

import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.sinks.clickhouse.ClickHouseException;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.Migrator;
import java.io.PrintWriter;

/** Whether an archive's database is as this build writes to it. */
final class ArchiveSchema {
  private ArchiveSchema() {}

  /**
   * A database with another schema is refused; one that does not answer is no reason not to start,
   * because the archive catches up.
   */
  static void check(ArchiveSettings settings, PrintWriter out) {
    ClickHouseSettings server = settings.clickHouse();
    Migrator migrator;
    try {
      migrator = Migrator.open(server);
    } catch (ClickHouseException e) {
      out.println("the archive waits, Kafka keeps what comes meanwhile: " + e.getMessage());
      return;
    }
    try (migrator) {
      int version = migrator.version();
      if (version < migrator.newest()) {
        throw new ClickHouseException(
            "database "
                + server.database()
                + " is at version "
                + version
                + ", expected "
                + migrator.newest()
                + ": bring it there with  ./sluice migrate --url "
                + server.url()
                + " --database "
                + server.database());
      }
    }
  }
}
