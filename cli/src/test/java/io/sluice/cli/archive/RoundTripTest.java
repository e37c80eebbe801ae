package io.sluice.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.LocalClickHouse;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into the archive comes out of it: through the driver, into the real engine. */
class RoundTripTest {
  private static final long MICROS = 1_000_000;

  private static ClickHouse clickHouse;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    clickHouse = LocalClickHouse.shared();
    MigrationTest.migrate(clickHouse.settings("archive"), 3);
    connection = clickHouse.settings("archive").connect();
  }

  @AfterAll
  static void stop() throws Exception {
    if (connection != null) {
      connection.close();
    }
  }

  @Test
  void everyTextSurvives() throws Exception {
    List<String> texts =
        List.of(
            "",
            "it's \"quoted\" `so` \\ and \\' and ''",
            "{fn now()} {d '2020-01-01'} {ts '2020-01-01 00:00:00'} {t '1'} {oj x} {call f()}",
            "? ?? :name ${x} $1 {p:String} %s",
            "-- comment\n/* and */ # that; SELECT 1",
            "blank\n\n;\n\nDROP TABLE events;\n\n",
            "tab\tcarriage\r\nreturn\b\f\u000b",
            "NUL \0 in between \0",
            "\uFEFF \u2028 \u00e9 e\u0301 \u05d0\u05d1 \u65e5\u672c",
            "emoji \uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDCBB \uD83C\uDDFA\uD83C\uDDF3",
            "NULL",
            "\\N",
            ("{\"k\":\"v'\\\\\0\u00e9\"}").repeat(5_000));
    assertThat(texts.get(texts.size() - 1).length()).isGreaterThan(60 * 1024);
    String insert =
        "INSERT INTO events (event_id, type, scope, instrument, severity, event_time, detail, line)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement batch = connection.prepareStatement(insert)) {
      for (int i = 0; i < texts.size(); i++) {
        batch.setString(1, "%032x".formatted(i));
        batch.setString(2, "TEXT");
        batch.setString(3, texts.get(i));
        batch.setString(4, "BINANCE:BTCUSDT");
        batch.setString(5, "INFO");
        batch.setObject(6, Instant.EPOCH);
        batch.setString(7, texts.get(i));
        batch.setString(8, texts.get(i));
        batch.addBatch();
      }
      assertThat(batch.executeBatch()).hasSize(texts.size());
    }
    for (String column : List.of("scope", "detail", "line")) {
      assertThat(strings("SELECT " + column + " FROM events WHERE type = 'TEXT' ORDER BY event_id"))
          .as(column)
          .isEqualTo(texts);
    }
  }

  @Test
  void everyByteOfADeadLetterSurvives() throws Exception {
    byte[] bytes = new byte[64 * 1024];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + i / 256);
    }
    String insert =
        "INSERT INTO dead_letters"
            + " (source, source_partition, source_offset, reason, field, bytes, truncated)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement row = connection.prepareStatement(insert)) {
      row.setString(1, "market.trades");
      row.setInt(2, 0);
      row.setLong(3, Long.MAX_VALUE);
      row.setString(4, "not JSON");
      row.setString(5, "");
      row.setBytes(6, bytes);
      row.setBoolean(7, true);
      row.executeUpdate();
    }
    assertThat(strings("SELECT lower(hex(bytes)) FROM dead_letters"))
        .containsExactly(HexFormat.of().formatHex(bytes));
    assertThat(strings("SELECT toString(source_offset) || truncated FROM dead_letters"))
        .containsExactly(Long.MAX_VALUE + "true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Europe/Berlin"})
  void everyInstantSurvivesInEveryTimeZone(String zone) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      List<Long> micros = new ArrayList<>(List.of(0L, 1L, 999_999L, -1L, 9_000_000_000_000_000L));
      // Around both changes of the clocks: an hour that is not there, one that is there twice.
      for (LocalDateTime change :
          List.of(LocalDateTime.of(2026, 3, 8, 2, 0), LocalDateTime.of(2026, 11, 1, 1, 0))) {
        for (int half = -4; half <= 6; half++) {
          Instant at = change.plusMinutes(30L * half).atZone(ZoneId.of("UTC")).toInstant();
          micros.add(at.getEpochSecond() * MICROS + 123_456);
          Instant local = change.plusMinutes(30L * half).atZone(ZoneId.of(zone)).toInstant();
          micros.add(local.getEpochSecond() * MICROS + 1);
        }
      }
      try (Connection own = clickHouse.settings("archive").connect();
          Statement statement = own.createStatement()) {
        statement.execute("TRUNCATE TABLE venue_statuses");
        String insert =
            "INSERT INTO venue_statuses (venue, status, event_time, topic_partition, topic_offset)"
                + " VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement batch = own.prepareStatement(insert)) {
          for (int i = 0; i < micros.size(); i++) {
            long us = micros.get(i);
            batch.setString(1, "V");
            batch.setString(2, "UP");
            batch.setObject(3, instant(us));
            batch.setInt(4, 0);
            batch.setLong(5, i);
            batch.addBatch();
          }
          batch.executeBatch();
        }
        String select =
            "SELECT toUnixTimestamp64Micro(event_time), event_time FROM venue_statuses"
                + " ORDER BY topic_offset";
        try (ResultSet rows = statement.executeQuery(select)) {
          for (long us : micros) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(us);
            assertThat(rows.getObject(2, Instant.class)).isEqualTo(instant(us));
          }
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void everyDecimalSurvives() throws Exception {
    List<BigDecimal> decimals =
        new ArrayList<>(
            List.of(
                new BigDecimal("0"),
                new BigDecimal("0.000000000000000001"),
                new BigDecimal("-0.000000000000000001"),
                new BigDecimal("99999999999999999999.999999999999999999"),
                new BigDecimal("-99999999999999999999.999999999999999999"),
                new BigDecimal("12345678901234567890.123456789012345678"),
                new BigDecimal("1E+19"),
                new BigDecimal("800.010000")));
    decimals.add(null);
    insertDecision("decimals", decimals);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT arrayMap(x -> toString(x), outcomes.observed), outcomes.observed,"
                    + " equity, toString(equity) FROM decisions WHERE intent_id = 'decimals'")) {
      assertThat(row.next()).isTrue();
      Object[] texts = (Object[]) row.getArray(1).getArray();
      Object[] values = (Object[]) row.getArray(2).getArray();
      for (int i = 0; i < decimals.size(); i++) {
        BigDecimal expected = decimals.get(i);
        if (expected == null) {
          assertThat(texts[i]).isNull();
          assertThat(values[i]).isNull();
        } else {
          assertThat(new BigDecimal((String) texts[i])).isEqualByComparingTo(expected);
          assertThat((BigDecimal) values[i]).isEqualByComparingTo(expected);
        }
      }
      assertThat(row.getBigDecimal(3)).isEqualByComparingTo("99999999999999999999.5");
      assertThat(row.getString(4)).isEqualTo("99999999999999999999.5");
    }
  }

  @Test
  void aDecimalThatDoesNotFitIsRefused() {
    assertThatThrownBy(
            () -> insertDecision("too big", List.of(new BigDecimal("100000000000000000000"))))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Decimal value is too big");
  }

  @Test
  void whatIsWrittenTwiceIsThereOnceAndTheFirstWins() throws Exception {
    insertDecision("twice", List.of());
    insertDecision("twice", List.of());
    assertThat(strings("SELECT intent_id FROM decisions FINAL WHERE intent_id = 'twice'"))
        .containsExactly("twice");
    assertThat(
            strings(
                "SELECT toString(toUnixTimestamp64Milli(published_at)) FROM decisions FINAL"
                    + " WHERE intent_id = 'twice'"))
        .containsExactly("1000");
    assertThat(
            strings(
                "SELECT toString(uniqExactMerge(decisions)) FROM decisions_by_minute"
                    + " WHERE strategy = 'twice'"))
        .containsExactly("1");
  }

  private int published;

  private void insertDecision(String intentId, List<BigDecimal> observed) throws SQLException {
    String insert =
        "INSERT INTO decisions (decision_id, intent_id, origin, risk_group, account, strategy,"
            + " instrument, action, target_intent_id, side, order_type, limit_price, time_in_force,"
            + " reduce_only, requested_qty, verdict, approved_qty, reasons, outcomes.rule,"
            + " outcomes.outcome, outcomes.observed, outcomes.limit, outcomes.headroom,"
            + " outcomes.permitted, outcomes.why, risk_score, equity, limits_version, model_version,"
            + " event_time, gate_time, valid_until, seq, sub, published_at, line)"
            + " VALUES ("
            + "?, ".repeat(35)
            + "?)";
    int n = observed.size();
    BigDecimal[] numbers = observed.toArray(new BigDecimal[0]);
    try (PreparedStatement row = connection.prepareStatement(insert)) {
      Object[] values = {
        "%032x".formatted(intentId.hashCode() & 0xffffffffL),
        intentId,
        "STRATEGY",
        "firm",
        "demo",
        intentId,
        "BINANCE:BTCUSDT",
        "NEW",
        "",
        "BUY",
        "MARKET",
        null,
        "IOC",
        false,
        BigDecimal.ONE,
        "DENY",
        BigDecimal.ZERO,
        new String[] {"R03", "R05"},
        filled(n, "R03"),
        filled(n, "REFUSED"),
        numbers,
        numbers,
        numbers,
        numbers,
        filled(n, "it's {fn why}"),
        0.25,
        new BigDecimal("99999999999999999999.5"),
        1L,
        "",
        null,
        Instant.parse("2026-01-01T00:00:00.000001Z"),
        Instant.parse("2026-01-01T00:00:05Z"),
        1L,
        0,
        Instant.ofEpochMilli(1_000L * ++published),
        "{}"
      };
      for (int i = 0; i < values.length; i++) {
        row.setObject(i + 1, values[i]);
      }
      row.executeUpdate();
    }
  }

  private static String[] filled(int size, String text) {
    String[] all = new String[size];
    Arrays.fill(all, text);
    return all;
  }

  private static Instant instant(long us) {
    return Instant.ofEpochSecond(Math.floorDiv(us, MICROS), Math.floorMod(us, MICROS) * 1_000);
  }

  private static List<String> strings(String query) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
