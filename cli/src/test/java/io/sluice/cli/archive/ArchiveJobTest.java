package io.sluice.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.live.EmbeddedArchive;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.jobs.kafka.Topic;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the real broker through the job into the real engine: what goes in comes out. */
class ArchiveJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS =
      List.of(
          "it's \"quoted\" `so` \\ and \\' and ''",
          "{fn now()} {d '2020-01-01'} {t '1'} {oj x} {call f()}",
          "? ?? :name ${x} $1 {p:String} %s",
          "-- comment\n/* and */ # that; SELECT 1\n\n;\n\n",
          "tab\tcarriage\r\nreturn\b\f\u000b NUL \0 in between \0",
          "\uFEFF \u2028 \u00e9 e\u0301 \u05d0\u05d1 \u65e5\u672c \uD83D\uDE00 \uD83C\uDDFA\uD83C\uDDF3",
          "NULL",
          "\\N");
  private static final String LONG = "it's {fn now()} \u00e9 \uD83D\uDE00 ? ".repeat(2_370) + "\0";

  private static KafkaBroker broker;
  private static ClickHouse clickHouse;
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    clickHouse = LocalClickHouse.shared();
    broker = SharedBroker.get();
  }

  @Test
  void everyTextSurvives() throws Exception {
    List<String> texts = new ArrayList<>(TEXTS);
    texts.add(LONG);
    assertThat(LONG.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(60 * 1024);
    List<String> lines = new ArrayList<>();
    try (Archive archive = Archive.open(broker, clickHouse, "texts");
        EmbeddedArchive job = archive.start(folder)) {
      for (int i = 0; i < texts.size(); i++) {
        String text = JSON.writeValueAsString(texts.get(i));
        String scope = i < TEXTS.size() ? text : "\"firm\"";
        lines.add(
            "{\"type\":\"control\",\"command_id\":\"c-%d\",\"command\":\"HALT\",\"scope\":%s,\"reason\":%s,\"issued_by\":%s,\"event_time_us\":%d}"
                .formatted(i, scope, text, scope, i));
        archive.put(Topic.CONTROL_COMMANDS, lines.get(i));
      }
      archive.awaitRows("commands", texts.size());
      String ordered = " FROM commands FINAL ORDER BY event_time";
      assertThat(archive.strings("SELECT line" + ordered)).isEqualTo(lines);
      assertThat(archive.strings("SELECT reason" + ordered)).isEqualTo(texts);
      for (String word : List.of("scope", "issued_by")) {
        assertThat(archive.strings("SELECT " + word + ordered).subList(0, TEXTS.size()))
            .isEqualTo(TEXTS);
      }
      assertThat(archive.strings("SELECT toString(isNull(effective_at))" + ordered))
          .containsOnly("1");
    }
  }

  @Test
  void everyInstantSurvivesInEveryTimeZone() throws Exception {
    TimeZone before = TimeZone.getDefault();
    try (Archive archive = Archive.open(broker, clickHouse, "zones");
        EmbeddedArchive job = archive.start(folder)) {
      List<String> micros = new ArrayList<>();
      for (String zone :
          List.of("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Europe/Berlin")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        List<Long> times = new ArrayList<>(List.of(0L, 1L, 999_999L, 9_000_000_000_000_000L));
        // Around both changes of the clocks: an hour that is not there, one that is there twice.
        for (LocalDateTime change :
            List.of(LocalDateTime.of(2026, 3, 8, 2, 0), LocalDateTime.of(2026, 11, 1, 1, 0))) {
          for (int half = -4; half <= 6; half++) {
            LocalDateTime local = change.plusMinutes(30L * half);
            times.add(local.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + 123_456);
            times.add(local.atZone(ZoneId.of(zone)).toEpochSecond() * 1_000_000 + 1);
          }
        }
        for (long us : times) {
          micros.add(String.valueOf(us));
          archive.put(
              Topic.ACCOUNT_UPDATES,
              "{\"type\":\"venue\",\"venue\":\"V\",\"status\":\"UP\",\"event_time_us\":%d}"
                  .formatted(us));
        }
        archive.awaitRows("venue_statuses", micros.size());
      }
      assertThat(
              archive.strings(
                  "SELECT toString(toUnixTimestamp64Micro(event_time)) FROM venue_statuses FINAL"
                      + " ORDER BY topic_partition, topic_offset"))
          .isEqualTo(micros);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void everyDecimalSurvives() throws Exception {
    List<String> prices =
        List.of(
            "0.000000000000000001",
            "99999999999999999999.999999999999999999",
            "12345678901234567890.123456789012345678",
            "800.010000");
    try (Archive archive = Archive.open(broker, clickHouse, "decimals");
        EmbeddedArchive job = archive.start(folder)) {
      for (int i = 0; i < prices.size(); i++) {
        archive.put(
            Topic.EXECUTION_FILLS,
            "{\"type\":\"fill\",\"fill_id\":\"f-%d\",\"account\":\"a\",\"instrument\":\"V:I\",\"side\":\"BUY\",\"qty\":\"%s\",\"price\":\"%s\",\"fee\":\"-%s\",\"event_time_us\":1}"
                .formatted(i, prices.get(i), prices.get(i), prices.get(i)));
      }
      // It can be said and cannot be held: NULL, and whole in the line.
      archive.put(
          Topic.EXECUTION_FILLS,
          "{\"type\":\"fill\",\"fill_id\":\"f-4\",\"account\":\"a\",\"instrument\":\"V:I\",\"side\":\"BUY\",\"qty\":\"1\",\"price\":\"100000000000000000000\",\"event_time_us\":1}");
      archive.awaitRows("fills", prices.size() + 1);
      for (String column : List.of("qty", "price", "-fee")) {
        List<String> read =
            archive.strings(
                "SELECT toString("
                    + column
                    + ") FROM fills FINAL WHERE fill_id < 'f-4' ORDER BY fill_id");
        for (int i = 0; i < prices.size(); i++) {
          assertThat(new BigDecimal(read.get(i))).isEqualByComparingTo(prices.get(i));
        }
      }
      assertThat(
              archive.strings(
                  "SELECT toString(isNull(price)) || JSONExtractString(line, 'price') FROM fills"
                      + " WHERE fill_id = 'f-4'"))
          .containsExactly("1100000000000000000000");
    }
  }

  @Test
  void aBarIsARowAndItsFeaturesAreAnother() throws Exception {
    String bar =
        "{\"type\":\"bar\",\"instrument\":\"V:I\",\"interval\":\"1m\",\"start_time_us\":60000000,\"end_time_us\":120000000,\"open\":\"1\",\"high\":\"3.5\",\"low\":\"0.000000000000000001\",\"close\":\"2\",\"volume\":\"7\",\"turnover\":\"14\",\"vwap\":%s,\"buy_volume\":\"3\",\"sell_volume\":\"4\",\"trades\":5,\"skipped\":0,\"schema_hash\":\"abc\",\"features\":%s}";
    try (Archive archive = Archive.open(broker, clickHouse, "bars");
        EmbeddedArchive job = archive.start(folder)) {
      archive.put(
          Topic.MARKET_BARS,
          bar.formatted("\"2\"", "{\"rsi_14@1m\":55.25,\"spread@tick\":-0.000000000001}"));
      archive.put(Topic.MARKET_BARS, bar.formatted("null", "{}"));
      archive.put(Topic.MARKET_BARS, "{\"type\":\"bar\"}");
      archive.awaitRows("bars", 2);
      archive.awaitRows("features", 2);
      archive.awaitRows("dead_letters", 1);

      assertThat(
              archive.strings(
                  "SELECT toString((instrument, length_s, toUnixTimestamp64Micro(start_time), open, high, low, close, volume, vwap, trades, regime)) FROM bars ORDER BY isNull(vwap)"))
          .containsExactly(
              "('V:I',60,60000000,1,3.5,0.000000000000000001,2,7,2,5,'')",
              "('V:I',60,60000000,1,3.5,0.000000000000000001,2,7,NULL,5,'')");
      assertThat(
              archive.strings(
                  "SELECT toString((length_s, toUnixTimestamp64Micro(event_time), features['rsi_14@1m'], length(features), schema_hash)) FROM features ORDER BY length(features)"))
          .containsExactly("(60,120000000,0,0,'abc')", "(60,120000000,55.25,2,'abc')");
    }
  }

  /** A record of any topic is a row of its table or a dead letter, with what it says. */
  @Test
  void nothingIsLeftOut() throws Exception {
    byte[] noise = new byte[70_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (i + i / 256);
    }
    try (Archive archive = Archive.open(broker, clickHouse, "whole").withMarket();
        EmbeddedArchive job = archive.start(folder)) {
      archive.put(
          Topic.MARKET_TRADES,
          "{\"type\":\"trade\",\"instrument\":\"V:I\",\"trade_id\":null,\"price\":\"800.01\",\"qty\":\"0.1\",\"aggressor\":\"SELL\",\"event_time_us\":5,\"receive_time_us\":null}");
      archive.put(
          Topic.MARKET_QUOTES,
          "{\"type\":\"quote\",\"instrument\":\"V:I\",\"bid\":null,\"bid_qty\":null,\"ask\":\"2\",\"ask_qty\":\"3\",\"event_time_us\":5,\"receive_time_us\":6}");
      archive.put(
          Topic.STRATEGY_INTENTS, "{\"type\":\"intent\",\"intent_id\":\"i\",\"account\":\"a\"}");
      archive.put(
          Topic.EXECUTION_ORDERS,
          "{\"type\":\"order\",\"intent_id\":\"i\",\"account\":\"a\",\"instrument\":\"V:I\",\"status\":\"ACKED\",\"cum_qty\":\"1\",\"leaves_qty\":\"2\",\"event_time_us\":7}");
      archive.put(
          Topic.ACCOUNT_UPDATES,
          "{\"type\":\"account\",\"account\":\"a\",\"currency\":\"USD\",\"cash\":\"10\",\"positions\":[{\"instrument\":\"V:I\",\"qty\":\"-1\",\"avg_price\":\"8\"},{\"instrument\":\"V:J\",\"qty\":\"2\",\"avg_price\":\"9\"}],\"event_time_us\":8}");
      String dead = archive.put(Topic.STRATEGY_INTENTS, noise);
      archive.put(Topic.EXECUTION_FILLS, "{\"type\":\"trade\"}");
      archive.put(Topic.RISK_DECISIONS, "{\"type\":\"decision\",\"decision_id\":\"short\"}");
      archive.put(Topic.RISK_EVENTS, new byte[0]);
      archive.put(
          Topic.RISK_DEADLETTER,
          "{\"source\":\"elsewhere\",\"partition\":3,\"offset\":9,\"reason\":\"r\",\"field\":null,\"bytes_base64\":\"AP8=\",\"truncated\":false}");
      for (String table : List.of("trades", "quotes", "intents", "orders", "account_snapshots")) {
        archive.awaitRows(table, 1);
      }
      archive.awaitRows("dead_letters", 5);

      assertThat(
              archive.strings(
                  "SELECT toString((trade_id, price, qty, aggressor, toUnixTimestamp64Micro(event_time), receive_time)) FROM trades"))
          .containsExactly("('',800.01,0.1,'SELL',5,NULL)");
      assertThat(archive.strings("SELECT toString((bid, bid_qty, ask, ask_qty)) FROM quotes"))
          .containsExactly("(NULL,NULL,2,3)");
      assertThat(
              archive.strings(
                  "SELECT toString((action, strategy, side, qty, reduce_only, confidence, toUnixTimestamp64Micro(event_time))) FROM intents"))
          .containsExactly("('NONE','','NONE',NULL,false,NULL,0)");
      assertThat(archive.strings("SELECT toString((status, cum_qty, leaves_qty)) FROM orders"))
          .containsExactly("('ACKED',1,2)");
      assertThat(
              archive.strings(
                  "SELECT toString((cash, positions.instrument, positions.qty, positions.avg_price)) FROM account_snapshots"))
          .containsExactly("(10,['V:I','V:J'],[-1,2],[8,9])");
      assertThat(
              archive.strings(
                  "SELECT splitByChar('.', source)[-2] || '.' || splitByChar('.', source)[-1] || ' ' || field FROM dead_letters WHERE source != 'elsewhere' ORDER BY source"))
          .containsExactly(
              "execution.fills instrument",
              "risk.decisions decision_id",
              "risk.events ",
              "strategy.intents ");
      assertThat(
              archive.strings(
                  "SELECT hex(bytes) || truncated || source_partition || '/' || source_offset FROM dead_letters"
                      + " WHERE source LIKE '%intents'"))
          .containsExactly(
              HexFormat.of().withUpperCase().formatHex(noise, 0, 65_536) + "true" + dead);
      assertThat(archive.strings("SELECT hex(bytes) FROM dead_letters WHERE source = 'elsewhere'"))
          .containsExactly("00FF");
    }
  }

  @Test
  void everyTableHasTheColumnsThatAreWritten() {
    try (Archive archive = Archive.open(broker, clickHouse, "columns")) {
      for (var table : io.sluice.sinks.clickhouse.table.Tables.all()) {
        List<String> columns =
            archive.strings(
                "SELECT name FROM system.columns WHERE database = 'columns' AND table = '"
                    + table.name()
                    + "' AND default_kind = ''");
        assertThat(table.columns()).as(table.name()).containsExactlyInAnyOrderElementsOf(columns);
      }
    }
  }
}
