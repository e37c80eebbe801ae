package io.sluice.cli;

import static io.sluice.cli.Results.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole replays whose every number was worked out by hand. */
class GoldenReplayTest {
  private static final String BTC = "BITSTAMP:BTCUSD";
  private static final long START = 1_700_000_000_000_000L;

  @TempDir Path folder;

  private static long at(long milliseconds) {
    return START + milliseconds * 1_000;
  }

  private static Wire trade(String price, long milliseconds) {
    return Wire.trade(BTC, price, at(milliseconds));
  }

  private Path file(String name, Object... lines) throws IOException {
    return Files.writeString(folder.resolve(name), Wire.lines(lines));
  }

  @Test
  void paperExecutionToTheCent() throws IOException {
    Path trades =
        file(
            "trades.jsonl",
            trade("800", 0),
            trade("805", 200),
            Wire.trade(BTC, "806", at(350) - 1),
            trade("812", 350),
            trade("825", 1_100),
            trade("815", 1_250),
            trade("821", 2_000),
            trade("816", 3_300),
            trade("811", 3_400),
            trade("811", 4_300),
            trade("809.5", 4_800),
            trade("810", 5_300),
            trade("808.9", 5_500),
            trade("808.8", 5_700),
            trade("810", 6_000));
    Path intents =
        file(
            "intents.jsonl",
            // Filled by the first trade at or after 350 ms: 812 * 1.0005 = 812.406.
            Wire.market("buy", "demo", BTC, "BUY", "1", at(100)),
            // 825 comes before the latency is over; rests at 815; 821 * 0.9995 = 820.5895.
            Wire.limit("rest", "demo", BTC, "SELL", "0.5", "820", at(1_000)),
            // 816 is its one chance.
            Wire.limit("ioc", "demo", BTC, "BUY", "0.1", "815", at(3_000))
                .with("time_in_force", "IOC"),
            Wire.limit("gtc", "demo", BTC, "BUY", "0.2", "810", at(4_000)),
            Wire.cancel("cancel", "demo", BTC, "gtc", at(4_500)),
            // Amended to 0.4 at 809 before it filled: 808.8 * 1.0005 = 809.2044 is beyond the
            // limit.
            Wire.limit("d-1", "demo2", BTC, "BUY", "0.3", "800", at(5_000)),
            Wire.amend("d-2", "demo2", BTC, "d-1", at(5_400))
                .with("qty", "0.4")
                .with("limit_price", "809"),
            Wire.amend("d-2", "demo2", BTC, "d-1", at(5_400))
                .with("qty", "0.4")
                .with("limit_price", "809"),
            "what is this",
            Wire.market("", "demo", BTC, "BUY", "1", at(5_450)),
            Wire.market("nobody's", "nobody", BTC, "BUY", "1", at(5_460)),
            Wire.market("no-quantity", "demo", BTC, "BUY", "1", at(5_470)).without("qty"),
            Wire.cancel("late-cancel", "demo", BTC, "buy", at(5_480)),
            Wire.market("buy", "demo", BTC, "BUY", "2", at(5_490)));
    Path out = folder.resolve("out");

    Cli.done("replay", "--trades", trades, "--intents", intents, "--out", out);

    Results results = new Results(out);
    assertThat(answer(results.decision("buy"))).isEqualTo("ALLOW 1 []");
    assertThat(answer(results.decision("rest"))).isEqualTo("ALLOW 0.5 []");
    assertThat(answer(results.decision("ioc"))).isEqualTo("ALLOW 0.1 []");
    assertThat(answer(results.decision("gtc"))).isEqualTo("ALLOW 0.2 []");
    assertThat(answer(results.decision("cancel"))).isEqualTo("ALLOW 0 []");
    assertThat(answer(results.decision("d-1"))).isEqualTo("ALLOW 0.3 []");
    assertThat(answer(results.decision("d-2"))).isEqualTo("ALLOW 0.4 []");
    assertThat(answer(results.decision("nobody's"))).startsWith("DENY 0 [R01");
    assertThat(answer(results.decision("no-quantity"))).startsWith("DENY 0 [R01");
    assertThat(results.decision("late-cancel").path("verdict").textValue()).isEqualTo("ALLOW");

    JsonNode buy = results.decision("buy");
    assertThat(buy.path("decision_id").textValue())
        .as("sha256 of demo, newline, buy")
        .isEqualTo("4bdcded2a802e1381bd6c95aecd12f99");
    assertThat(buy.path("reference_price").textValue()).isEqualTo("800");
    assertThat(buy.path("gate_time_us").longValue()).isEqualTo(at(0));
    assertThat(buy.path("event_time_us").longValue()).isEqualTo(at(100));
    assertThat(buy.path("valid_until_us").longValue()).isEqualTo(at(5_000));
    assertThat(buy.path("group").textValue()).isEqualTo("firm");
    assertThat(results.decision("nobody's").path("group").textValue()).isEqualTo("unassigned");

    JsonNode demo = results.account("demo");
    assertThat(demo.path("cash").textValue()).isEqualTo("9596.662295");
    assertThat(demo.path("fees").textValue()).isEqualTo("1.222705");
    assertThat(demo.path("realised_pnl").textValue()).isEqualTo("4.09");
    assertThat(demo.path("unrealised_pnl").textValue()).isEqualTo("-1.205");
    assertThat(demo.path("equity").textValue()).isEqualTo("10001.662295");
    assertThat(demo.path("pnl").textValue()).isEqualTo("1.662295");
    assertThat(demo.path("reserved_cash").textValue()).isEqualTo("0");
    assertThat(demo.path("open_orders").longValue()).isZero();
    assertThat(demo.path("positions").toString())
        .isEqualTo(
            "[{\"instrument\":\"BITSTAMP:BTCUSD\",\"qty\":\"0.5\",\"cost\":\"406.205\","
                + "\"avg_price\":\"812.41\",\"mark\":\"810\"}]");
    JsonNode demo2 = results.account("demo2");
    assertThat(demo2.path("cash").textValue()).isEqualTo("9676.0764");
    assertThat(demo2.path("fees").textValue()).isEqualTo("0.3236");
    assertThat(demo2.path("equity").textValue()).isEqualTo("10000.0764");
    assertThat(demo2.path("pnl").textValue()).isEqualTo("0.0764");

    JsonNode summary = results.summary();
    assertThat(summary.path("rows_read").longValue()).isEqualTo(27);
    assertThat(summary.path("trades_read").longValue()).isEqualTo(15);
    assertThat(summary.path("intents_read").longValue()).isEqualTo(14);
    assertThat(summary.path("decisions").longValue()).isEqualTo(10);
    assertThat(summary.path("unreadable").longValue()).isEqualTo(2);
    assertThat(summary.path("duplicates").longValue()).isEqualTo(2);
    assertThat(summary.path("verdicts").toString()).isEqualTo("{\"ALLOW\":8,\"DENY\":2}");
    assertThat(summary.path("events").toString()).isEqualTo("{\"DUPLICATE_INTENT\":1}");
    assertThat(results.deadLetters()).hasSize(2);
    JsonNode letter = results.deadLetters().get(0);
    assertThat(letter.path("source").textValue()).isEqualTo("intents.jsonl");
    assertThat(letter.path("partition").longValue()).isEqualTo(1);
    assertThat(letter.path("offset").longValue()).isEqualTo(9);
    assertThat(letter.path("bytes_base64").textValue()).isEqualTo("d2hhdCBpcyB0aGlz");
    assertThat(Cli.verify(out).code()).isZero();
  }

  @Test
  void limitsCutRefuseAndHaltAsTheyAreWritten() throws IOException {
    Path trades =
        file(
            "trades.jsonl",
            trade("800", 0),
            trade("800", 2_000),
            // 2.5 % below 800 within ten seconds, and again: one episode.
            trade("780", 4_000),
            trade("779", 5_000),
            trade("780", 14_999),
            // 779 of 5,000 was the last at or below 784; more than ten seconds later it is over.
            trade("800", 15_001),
            trade("800", 700_000),
            trade("800", 1_300_000),
            trade("800", 1_400_000));
    Path intents =
        file(
            "intents.jsonl",
            // 2000 / (800 * 1.05) = 2.38095238095..., in whole lots of 1e-8.
            Wire.market("notional", "demo", BTC, "BUY", "3", at(500)),
            Wire.limit("collar", "demo", BTC, "BUY", "0.1", "840.01", at(600)),
            Wire.limit("at-the-collar", "demo", BTC, "BUY", "0.002", "840", at(610)),
            Wire.market("short", "demo", BTC, "SELL", "0.1", at(700)),
            Wire.market("in-the-crash", "demo2", BTC, "BUY", "0.1", at(4_100)),
            Wire.market("reduces-in-the-crash", "demo", BTC, "SELL", "1", at(5_100)),
            Wire.market("after", "demo2", BTC, "BUY", "0.1", at(15_100)),
            Wire.market("halted", "demo2", BTC, "BUY", "0.1", at(700_200)),
            Wire.market("resumed", "demo2", BTC, "BUY", "0.1", at(1_300_200)),
            // Forgotten by then, and too old to be anything but refused.
            Wire.market("short", "demo", BTC, "SELL", "0.1", at(700)),
            Wire.market("tightened", "demo2", BTC, "BUY", "1", at(1_400_200)));
    Path control =
        file(
            "control.jsonl",
            Wire.control("c-1", "HALT", "account:demo2", at(700_100)),
            Wire.control("c-2", "RESUME", "account:demo2", at(1_300_100)),
            Wire.control("c-3", "SET_LIMITS", "account:demo2", at(1_300_150))
                .with("body", Map.of("max_qty", "0.5"))
                .with("effective_at_us", at(1_350_000)),
            Wire.control("c-4", "DANCE", "firm", at(1_300_160)));
    Path out = folder.resolve("out");

    Cli.done(
        "replay", "--trades", trades, "--intents", intents, "--control", control, "--out", out);

    Results results = new Results(out);
    assertThat(answer(results.decision("notional"))).isEqualTo("SHRINK 2.38095238 [R04]");
    assertThat(answer(results.decision("collar"))).isEqualTo("DENY 0 [R05]");
    assertThat(answer(results.decision("at-the-collar"))).isEqualTo("ALLOW 0.002 []");
    assertThat(answer(results.decisionsOn("short").get(0))).isEqualTo("DENY 0 [R20]");
    assertThat(answer(results.decisionsOn("short").get(1))).startsWith("DENY 0 [R01");
    assertThat(answer(results.decision("in-the-crash"))).isEqualTo("DENY 0 [R30]");
    assertThat(answer(results.decision("reduces-in-the-crash"))).startsWith("REDUCE_ONLY 1 ");
    assertThat(answer(results.decision("after"))).isEqualTo("ALLOW 0.1 []");
    assertThat(answer(results.decision("halted"))).isEqualTo("HALT 0 [K01]");
    assertThat(answer(results.decision("resumed"))).isEqualTo("ALLOW 0.1 []");
    assertThat(answer(results.decision("tightened"))).isEqualTo("SHRINK 0.5 [R03]");

    List<JsonNode> crashes = results.events("FLASH_CRASH");
    assertThat(crashes).hasSize(1);
    assertThat(crashes.get(0).path("event_time_us").longValue()).isEqualTo(at(4_000));
    assertThat(crashes.get(0).path("scope").textValue()).isEqualTo("instrument:" + BTC);
    JsonNode detail = crashes.get(0).path("detail");
    assertThat(detail.path("window_ms").longValue()).isEqualTo(10_000);
    assertThat(detail.path("drop").decimalValue()).isEqualByComparingTo("0.025");
    assertThat(detail.path("from_price").textValue()).isEqualTo("800");
    assertThat(detail.path("to_price").textValue()).isEqualTo("780");
    assertThat(results.events("HALT")).hasSize(1);
    assertThat(results.events("RESUME")).hasSize(1);
    assertThat(results.events("LIMITS_SET")).as("accepted, and 50 s later begun").hasSize(2);
    assertThat(results.events("COMMAND_REFUSED")).hasSize(1);
    assertThat(results.summary().path("late_repeats").longValue()).isEqualTo(1);
    assertThat(results.summary().path("duplicates").longValue()).isZero();
    assertThat(Cli.verify(out).code()).isZero();
  }

  @Test
  void externalModeBooksWhatTheVenueReports() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("external.yaml"),
            """
            instruments:
              - {id: "BITSTAMP:BTCUSD", base: BTC, quote: USD, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1"}
            accounts:
              - {id: cash, group: g, profile: p, currency: USD, kind: cash}
            profiles: {p: {max_consecutive_losses: unlimited}}
            limits:
              - {scope: firm, max_qty: unlimited, max_notional: unlimited, collar: "0.05", max_position_notional: unlimited,
                 max_gross: unlimited, max_daily_loss: unlimited, max_drawdown: unlimited, max_data_age_ms: unlimited}
            execution: {mode: external, fee: "0.001"}
            """);
    Path trades = file("trades.jsonl", trade("800", 0), trade("800", 3_000), trade("800", 6_000));
    Path accounts =
        file(
            "accounts.jsonl",
            Wire.account(
                "cash",
                "5000",
                List.of(Map.of("instrument", BTC, "qty", "2", "avg_price", "790")),
                at(1_000)),
            Wire.account(
                "cash",
                "4680",
                List.of(Map.of("instrument", BTC, "qty", "2.5", "avg_price", "791")),
                at(5_000)));
    Path intents =
        file(
            "intents.jsonl",
            Wire.market("too-early", "cash", BTC, "BUY", "0.1", at(500)),
            Wire.limit("x-1", "cash", BTC, "BUY", "1", "800", at(1_500)),
            Wire.limit("too-dear", "cash", BTC, "BUY", "5.25", "800", at(1_600)),
            // 4680 / (800 * 1.001) = 5.844...: the reservation of x-1 is gone.
            Wire.limit("x-2", "cash", BTC, "BUY", "6", "800", at(4_000)));
    Path fills =
        file(
            "fills.jsonl",
            // In the snapshot already.
            Wire.fill("f-0", null, "cash", BTC, "BUY", "2", "790", "1", at(900)),
            Wire.fill("f-1", "x-1", "cash", BTC, "BUY", "0.4", "799.5", "0.2", at(2_000)),
            Wire.fill("f-1", "x-1", "cash", BTC, "BUY", "0.4", "799.5", "0.2", at(2_000)),
            Wire.fill("f-1", "x-1", "cash", BTC, "BUY", "0.5", "799.5", "0.2", at(2_100)),
            Wire.fill("f-9", "x-1", "stranger", BTC, "BUY", "0.5", "799.5", "0.2", at(2_200)));
    Path orders =
        file(
            "orders.jsonl",
            Wire.order("x-1", "cash", BTC, "ACKED", "0", at(1_700)),
            Wire.order("x-1", "cash", BTC, "CANCELLED", "0.4", at(2_500)));
    Path out = folder.resolve("out");

    Cli.done(
        "replay",
        "--config",
        config,
        "--trades",
        trades,
        "--intents",
        intents,
        "--fills",
        fills,
        "--orders",
        orders,
        "--accounts",
        accounts,
        "--out",
        out);

    Results results = new Results(out);
    assertThat(answer(results.decision("too-early"))).isEqualTo("DENY 0 [R20]");
    assertThat(results.decision("too-early").toString()).contains("NOT_INITIALISED");
    assertThat(answer(results.decision("x-1"))).isEqualTo("ALLOW 1 []");
    // 5000 less 800.8 reserved leaves 4199.2, and 4199.2 / 800.8 = 5.2437...
    assertThat(answer(results.decision("too-dear"))).isEqualTo("SHRINK 5.243 [R20]");
    // 4680 less 5.243 * 800.8 = 4198.5944 leaves 481.4056, and 481.4056 / 800.8 = 0.60115...
    assertThat(answer(results.decision("x-2"))).isEqualTo("SHRINK 0.601 [R20]");

    JsonNode books = results.account("cash");
    assertThat(books.path("cash").textValue()).isEqualTo("4680");
    assertThat(books.path("fees").textValue()).isEqualTo("0.2");
    assertThat(books.path("realised_pnl").textValue()).isEqualTo("0");
    assertThat(books.path("equity").textValue()).isEqualTo("6600");
    assertThat(books.path("open_orders").longValue()).isEqualTo(2);
    assertThat(books.path("reserved_cash").textValue()).isEqualTo("4679.8752");
    JsonNode position = books.path("positions").get(0);
    assertThat(position.path("qty").textValue()).isEqualTo("2.4");
    assertThat(position.path("cost").textValue()).isEqualTo("1899.8");
    // The fill_id with other content, and the second snapshot's quantity.
    assertThat(results.events("RECON_BREAK")).hasSize(2);
    assertThat(results.events("UNKNOWN_ACCOUNT")).hasSize(1);
    assertThat(Cli.verify(out).code()).isZero();
  }
}
