package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.sinks.clickhouse.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that was archived, in batches that were written again, is the journal. */
class JournalFromArchiveTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void isTheSameByteForByte(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("out");
    List<Object> arguments = new ArrayList<>(List.of("replay", "--out", out));
    arguments.addAll(Scenario.write(7, folder.resolve("in"), true, 3_000));
    Cli.done(arguments.toArray());
    Path journal = out.resolve("journal.jsonl");
    List<String> lines = Files.readAllLines(journal);

    ClickHouse clickHouse = LocalClickHouse.start();
    try {
      try (Migrator migrator = Migrator.open(clickHouse.settings("archive"))) {
        migrator.plan(migrator.newest()).forEach(migrator::take);
      }
      try (Connection connection = clickHouse.settings("archive").connect()) {
        insert(connection, lines, 0, 1_000);
        insert(connection, lines, 700, 900);
        insert(connection, lines, 900, lines.size());
        Files.write(journal, read(connection));
      }
      assertThat(Files.readAllLines(journal)).isEqualTo(lines);
      Cli.Run verified = Cli.verify(out);
      assertThat(verified.code()).as(verified.err()).isEqualTo(ExitCode.DONE);
    } finally {
      LocalClickHouse.end(clickHouse);
    }
  }

  private static void insert(Connection connection, List<String> lines, int from, int to)
      throws SQLException, IOException {
    String insert =
        "INSERT INTO journal (risk_group, seq, gate_time, input, cause_source, cause_partition,"
            + " cause_offset, cause_sub, decisions, hash, line)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement batch = connection.prepareStatement(insert)) {
      for (String line : lines.subList(from, to)) {
        JsonNode json = JSON.readTree(line);
        JsonNode cause = json.get("cause");
        long us = json.get("gate_time_us").longValue();
        batch.setString(1, json.get("group").textValue());
        batch.setLong(2, json.get("seq").longValue());
        batch.setObject(3, Instant.ofEpochSecond(us / 1_000_000, us % 1_000_000 * 1_000));
        batch.setString(4, json.get("input").get("type").textValue());
        batch.setString(5, cause.get("source").textValue());
        batch.setInt(6, cause.get("partition").intValue());
        batch.setLong(7, cause.get("offset").longValue());
        batch.setInt(8, cause.get("sub").intValue());
        batch.setInt(9, json.get("decisions").size());
        batch.setString(10, json.get("hash").textValue());
        batch.setString(11, line);
        batch.addBatch();
      }
      assertThat(batch.executeBatch()).hasSize(to - from);
    }
  }

  private static List<String> read(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT line FROM journal FINAL ORDER BY risk_group, seq")) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }
}
