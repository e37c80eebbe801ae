package io.sluice.cli;

import io.sluice.domain.wire.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Inputs that are small and hard, the same for the same seed: eight instruments in files of five
 * formats that share stamps, five risk groups, a UTC midnight, crashes, stamps that go back, and a
 * share of everything that is wrong.
 */
final class Scenario {
  /** Ten minutes before a UTC midnight. */
  static final long START = 1_760_054_400_000_000L - 600_000_000L;

  private static final long SPAN_US = 1_500_000_000L;
  private static final String UNLISTED = "VC:NONE";
  private static final String[] INSTRUMENTS = {
    "VA:BTCUSD",
    "VA:ETHUSD",
    "VB:SOLUSD",
    "VB:XRPUSD",
    "BITSTAMP:BTCUSD",
    "BINANCE:BTCUSDT",
    "DERIBIT:ADAUSD",
    UNLISTED
  };
  private static final String[] ACCOUNTS = {
    "a-1", "a-2", "b-1", "b-2", "c-1", "d-1", "d-2", "e-1", "nobody"
  };

  private final Random random;
  private final Path folder;
  private final boolean isPaper;
  private final int rows;
  private final List<String> arguments = new ArrayList<>();

  private Scenario(long seed, Path folder, boolean isPaper, int rows) {
    this.random = new Random(seed);
    this.folder = folder;
    this.isPaper = isPaper;
    this.rows = rows;
  }

  /**
   * Writes the files.
   *
   * @param rows of market data, about
   * @return the arguments of a replay of them
   */
  static List<String> write(long seed, Path folder, boolean isPaper, int rows) throws IOException {
    Scenario scenario = new Scenario(seed, Files.createDirectories(folder), isPaper, rows);
    scenario.write();
    return List.copyOf(scenario.arguments);
  }

  private void write() throws IOException {
    int each = Math.max(20, rows / 8);
    arguments.addAll(List.of("--config", file("config.yaml", config()).toString()));
    give("--trades", file("one.jsonl", wireTrades(each, "VA:BTCUSD", "VB:SOLUSD")));
    give(
        "--intents",
        file("intents.jsonl", intents(Math.min(Math.max(120, rows / 10), 1_500), "i")));
    give("--trades", gzip("two.jsonl.gz", wireTrades(each, "VA:ETHUSD", "VA:BTCUSD", UNLISTED)));
    give("--quotes", file("quotes.jsonl", quotes(each)));
    give("--trades", file("bitstamp.csv", bitstamp(each)));
    give("--trades", gzip("BTCUSDT-trades-2025-10-09.csv.gz", binance(each)));
    give("--trades", file("tardis.csv", tardis(each)));
    give("--control", file("control.jsonl", control()));
    give("--control", file("publications.jsonl", publications()));
    give("--intents", gzip("more-intents.jsonl.gz", intents(80, "m")));
    give("--accounts", file("accounts.jsonl", accounts()));
    give("--fills", file("fills.jsonl", fills()));
    give("--orders", gzip("orders.jsonl.gz", orders()));
    EveryControl every = new EveryControl(isPaper, Math.min(4, rows / 5_000));
    give("--trades", file("every-trades.jsonl", every.trades()));
    give("--quotes", file("every-quotes.jsonl", every.quotes()));
    give("--intents", file("every-intents.jsonl", every.intents()));
    give("--control", file("every-control.jsonl", every.commands()));
    give("--accounts", file("every-accounts.jsonl", every.accounts()));
    give("--fills", file("every-fills.jsonl", every.fills()));
  }

  private void give(String option, Path file) {
    arguments.add(option);
    arguments.add(file.toString());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
  }

  private Path gzip(String name, String content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(folder.resolve(name), packed.toByteArray());
  }

  private String config() {
    return """
        instruments:
          - {id: "VA:BTCUSD", base: BTC, quote: USD, tick: "0.01", lot: "0.0001", min_qty: "0.001", max_qty: "100", min_notional: "1"}
          - {id: "VA:ETHUSD", base: ETH, quote: USD, tick: "0.05", lot: "0.001", min_qty: "0.01", max_qty: "1000", min_notional: "5"}
          - {id: "VB:SOLUSD", base: SOL, quote: USD, kind: perpetual, tick: "0.001", lot: "1", min_qty: "1", max_qty: "1000", min_notional: "1", multiplier: "0.1"}
          - {id: "VB:XRPUSD", base: XRP, quote: USD, tick: "0.0001", lot: "1", min_qty: "1", max_qty: "100000", min_notional: "1"}
          - {id: "BITSTAMP:BTCUSD", base: BTC, quote: USD, tick: "0.01", lot: "0.00000001", min_qty: "0.001", max_qty: "100", min_notional: "1"}
          - {id: "BINANCE:BTCUSDT", base: BTC, quote: USDT, tick: "0.1", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1"}
          - {id: "DERIBIT:ADAUSD", base: ADA, quote: USD, tick: "0.01", lot: "0.01", min_qty: "0.01", max_qty: "100000", min_notional: "0"}
        %saccounts:
          - {id: a-1, group: alpha, desk: x, profile: tight, currency: USD, kind: cash, cash: "100000"}
          - {id: a-2, group: alpha, desk: y, profile: loose, currency: USD, kind: margin, cash: "5000", leverage: "3"}
          - {id: b-1, group: beta, desk: x, profile: loose, currency: USD, kind: margin, cash: "20000", leverage: "10"}
          - {id: b-2, group: beta, desk: x, profile: tight, currency: USD, kind: cash, cash: "2000"}
          - {id: c-1, group: gamma, profile: loose, currency: USDT, kind: margin, cash: "50000", leverage: "2"}
          - {id: d-1, group: delta, desk: z, profile: tight, currency: USD, kind: cash, cash: "300"}
          - {id: d-2, group: delta, desk: z, profile: loose, currency: USD, kind: margin, cash: "100000", leverage: "5"}
          - {id: e-1, group: epsilon, profile: leaving, currency: USD, kind: margin, cash: "8000", leverage: "4"}
        %sprofiles:
          tight: {max_consecutive_losses: {bound: 2, then: halt, release: 3m}, max_daily_loss: "40", max_notional: "900"}
          loose: {max_consecutive_losses: 4, max_daily_loss: {bound: "300", then: reducing, release: 5m}}
          leaving:
            max_consecutive_losses: unlimited
            max_daily_loss: [{bound: "30", then: warn}, {bound: "120", then: flatten, release: 2m, rearms: true}]
            confidence_ladder: [{from: "0.8", size: "1"}, {from: "0", size: "0.9"}]
            exits: {stop: "0.01", target: "0.02", trailing: "0.008"}
            flash_crash: flatten
        %slimits:
          - {scope: firm, max_qty: "500", max_notional: "5000", collar: "0.10", max_position_notional: "20000", max_gross: "60000",
             max_daily_loss: "5000", max_drawdown: "0.2", max_data_age_ms: 30000}
          - {scope: "desk:x", max_gross: "12000", max_drawdown: {bound: "0.05", then: halt, release: 4m}}
          - {scope: "account:e-1", max_drawdown: {bound: "0.01", then: reducing, release: next_utc_day}}
          - {scope: "strategy:b-1/mm", max_notional: "700"}
          - {scope: "instrument:VA:ETHUSD", max_qty: "3", max_position_notional: "4000"}
          - {scope: "venue:VB", max_gross: "9000", max_data_age_ms: 20000}
        %s%suser_rules:
          - {name: not so much, when: "intent.notional != null && intent.notional > 4000.0", then: shrink, factor: "0.5"}
          - {name: large, when: "intent.notional == null || intent.notional > 0.2 * account.equity", then: alert}
        crash_rules: [{window_ms: 2000, drop: "0.02"}, {window_ms: 30000, drop: "0.05"}, {window_ms: 240000, drop: "0.08"}]
        id_window: 2m
        max_clock_skew_ms: 4000
        execution: {mode: %s, latency_ms: 150, slippage: "0.0007", fee: "0.0011", twin: %s}
        strategies:
          - {name: momentum, account: a-1}
        features: {intervals: [1m], basket: ["VA:BTCUSD", "VA:ETHUSD"], arbitrage: "0.005", compose: [{name: calm, input: log_return_1, transform: deviation, window: 5}]}
        volatility: {method: garch, bar: 1s, garch: {window: 100, fit_every: 50}}
        regimes: {window: 5}
        anomalies: {length: 8, history: 64, forward_bars: 4}
        models:
          - {name: direction, bundle: "%s", interval: 1m, account: d-2}
          - {name: shadow, bundle: "%s", interval: 1m}
        """
        .formatted(
            EveryControl.INSTRUMENTS,
            EveryControl.CONFIGURED,
            EveryControl.PROFILES,
            EveryControl.LIMITS,
            EveryControl.terms(ACCOUNTS),
            isPaper ? "paper" : "external",
            isPaper,
            bundle("1"),
            bundle("1"));
  }

  private Path bundle(String version) {
    return folder.resolve("bundles").resolve(version).toAbsolutePath();
  }

  /** Another version for a while, and one that cannot be used. */
  private String publications() throws IOException {
    SmallModel.ofMinutes(folder.resolve("bundles"), "1");
    SmallModel.ofMinutes(folder.resolve("bundles"), "2");
    SmallModel.ofMinutes(folder.resolve("bundles"), "bad");
    Files.delete(bundle("bad").resolve("pooled.txt"));
    return Wire.lines(
        publication("2", START + SPAN_US / 4),
        publication("bad", START + SPAN_US / 3),
        publication("1", START + SPAN_US / 2));
  }

  private String publication(String version, long timeUs) throws IOException {
    Command command =
        SmallModel.publication(
            "publish-" + version, "direction", bundle(version), timeUs, timeUs + 30_000_000);
    return new String(command.toJson(), StandardCharsets.UTF_8);
  }

  /** Times that grow on the whole, with many equal ones and some that go back. */
  private final class Clock {
    private final long stepUs;
    private final long coarseUs;
    private long nowUs = START;

    Clock(int steps, long coarseUs) {
      this.stepUs = Math.max(1, SPAN_US / steps);
      this.coarseUs = coarseUs;
    }

    long next() {
      if (random.nextInt(3) > 0) {
        nowUs += (long) (stepUs * 3.0 * random.nextDouble());
      }
      long shown = random.nextInt(25) == 0 ? nowUs - random.nextInt(20_000_000) : nowUs;
      return Math.max(START, shown - shown % coarseUs);
    }
  }

  /** A price that walks, and now and then crashes and comes back. */
  private final class Price {
    private final int scale;
    private final double start;
    private double value;
    private int crash;

    Price(double start, int scale) {
      this.start = start;
      this.value = start;
      this.scale = scale;
    }

    String next() {
      if (crash == 0 && random.nextInt(400) == 0) {
        crash = 6 + random.nextInt(10);
      }
      double drift = crash > 8 ? 0.004 : crash > 0 ? -0.012 : 0;
      crash = Math.max(0, crash - 1);
      value *= 1 + drift + 0.0008 * random.nextGaussian();
      value += crash > 0 ? 0 : 0.02 * (start - value);
      return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN).toPlainString();
    }
  }

  private Price price(String instrument) {
    return switch (instrument) {
      case "VA:ETHUSD" -> new Price(300, 2);
      case "VB:SOLUSD" -> new Price(150, 3);
      case "VB:XRPUSD" -> new Price(0.5, 4);
      case "DERIBIT:ADAUSD" -> new Price(4, 2);
      default -> new Price(800, 2);
    };
  }

  private String wireTrades(int count, String... instruments) {
    StringBuilder text = new StringBuilder();
    Clock clock = new Clock(count, 250_000);
    Price[] prices = new Price[instruments.length];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = price(instruments[i]);
    }
    for (int i = 0; i < count; i++) {
      int which = random.nextInt(instruments.length);
      long timeUs = clock.next();
      Wire trade = Wire.trade(instruments[which], prices[which].next(), timeUs);
      if (random.nextInt(3) == 0) {
        trade.with("receive_time_us", timeUs + random.nextInt(49_000_000));
      } else if (random.nextInt(60) == 0) {
        trade.with("receive_time_us", timeUs - 70_000_000);
      }
      text.append(random.nextInt(80) == 0 ? garbage(trade.toString()) : trade).append('\n');
    }
    return text.toString();
  }

  private String quotes(int count) {
    StringBuilder text = new StringBuilder();
    Clock clock = new Clock(count, 100_000);
    Price xrp = price("VB:XRPUSD");
    Price btc = price("VA:BTCUSD");
    for (int i = 0; i < count; i++) {
      boolean isTrade = random.nextInt(4) == 0;
      boolean isXrp = random.nextBoolean();
      BigDecimal price = new BigDecimal((isXrp ? xrp : btc).next());
      String instrument = isXrp ? "VB:XRPUSD" : "VA:BTCUSD";
      BigDecimal spread = new BigDecimal(random.nextInt(30) == 0 ? "-0.0001" : "0.0002");
      Wire line =
          isTrade
              ? Wire.trade(instrument, price.toPlainString(), clock.next())
              : Wire.quote(
                  instrument,
                  price.toPlainString(),
                  price.add(spread).toPlainString(),
                  clock.next());
      text.append(random.nextInt(90) == 0 ? garbage(line.toString()) : line).append('\n');
    }
    return text.toString();
  }

  private String bitstamp(int count) {
    StringBuilder text = new StringBuilder("timestamp,price,amount\n");
    Clock clock = new Clock(count, 1_000_000);
    Price price = price("BITSTAMP:BTCUSD");
    for (int i = 0; i < count; i++) {
      text.append(clock.next() / 1_000_000).append(',').append(price.next());
      text.append(random.nextInt(70) == 0 ? ",much\n" : ",0.5\n");
    }
    return text.toString();
  }

  private String binance(int count) {
    StringBuilder text = new StringBuilder();
    Clock clock = new Clock(count, 1_000);
    Price price = price("BINANCE:BTCUSDT");
    for (int i = 0; i < count; i++) {
      boolean isMillis = random.nextBoolean();
      long timeUs = clock.next();
      text.append(i).append(',').append(price.next()).append(",0.1,80,");
      text.append(isMillis ? timeUs / 1_000 : timeUs).append(",true\r\n");
    }
    return text.toString();
  }

  private String tardis(int count) {
    StringBuilder text =
        new StringBuilder("exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n");
    Clock clock = new Clock(count, 500_000);
    Price price = price("DERIBIT:ADAUSD");
    for (int i = 0; i < count; i++) {
      long timeUs = clock.next();
      text.append("deribit,adausd,").append(timeUs).append(',');
      text.append(timeUs + random.nextInt(3_000_000)).append(",t").append(i).append(",buy,");
      text.append(price.next()).append(random.nextInt(70) == 0 ? "\n" : ",10\n");
    }
    return text.toString();
  }

  private String intents(int count, String prefix) {
    List<Object> lines = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    Clock clock = new Clock(count, 1);
    for (int i = 0; i < count; i++) {
      String id = prefix + "-" + i;
      String instrument = pick(INSTRUMENTS);
      String account =
          instrument.startsWith("BINANCE") && random.nextInt(4) > 0 ? "c-1" : pick(ACCOUNTS);
      clock.next();
      long timeUs = clock.nowUs - random.nextInt(2_000_000);
      int what = random.nextInt(20);
      String target = ids.isEmpty() ? "none" : ids.get(Math.max(0, ids.size() - 1 - what % 4));
      String[] last = target.split(" ");
      Wire intent;
      if (what < 9) {
        intent = Wire.market(id, account, instrument, side(), qty(instrument), timeUs);
      } else if (what < 15 || last.length < 3) {
        intent =
            Wire.limit(id, account, instrument, side(), qty(instrument), near(instrument), timeUs)
                .with("time_in_force", pick("GTC", "GTC", "IOC", "FOK"));
      } else if (what < 17) {
        intent = Wire.cancel(id, last[1], last[2], last[0], timeUs);
      } else {
        intent =
            Wire.amend(id, last[1], last[2], last[0], timeUs)
                .with("qty", qty(last[2]))
                .with("limit_price", random.nextBoolean() ? near(last[2]) : null);
      }
      if (what >= 3 && what < 15) {
        ids.add(id + " " + account + " " + instrument);
      }
      intent.with("strategy", pick("mm", "mr"));
      intent.with("reduce_only", random.nextInt(12) == 0);
      spoil(intent);
      lines.add(intent);
      repeat(intent, lines);
    }
    return Wire.lines(lines.toArray()) + "{\"type\":\"intent\"";
  }

  /** Something about the intent that R01 has to name. */
  private void spoil(Wire intent) {
    switch (random.nextInt(60)) {
      case 0 -> intent.with("qty", "-1");
      case 1 -> intent.with("qty", 1);
      case 2 -> intent.without("side");
      case 3 -> intent.with("action", "BUY");
      case 4 -> intent.with("event_time_us", "now");
      case 5 -> intent.with("limit_price", "1e3");
      case 6 -> intent.with("strategy", "");
      case 7 -> intent.with("instrument", "x".repeat(129));
      case 8 -> intent.with("event_time_us", START - 9_000_000_000L);
      case 9 -> intent.with("intent_id", "sluice:" + random.nextInt());
      case 10 -> intent.with("confidence", 1.5);
      case 11 -> intent.with("note", "ünïcode \u0001 \ud83d\ude00");
      default -> {
        // As it should be.
      }
    }
  }

  /** The same intent again, or another of its id, or a line that is none. */
  private void repeat(Wire intent, List<Object> lines) {
    switch (random.nextInt(30)) {
      case 0 -> lines.add(intent.toString());
      case 1 -> {
        // A copy, because the line before must not change.
        lines.set(lines.size() - 1, intent.toString());
        lines.add(intent.with("qty", "7.7777"));
      }
      case 2 -> lines.add(garbage(intent.toString()));
      default -> {
        // Once.
      }
    }
  }

  private String garbage(String line) {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> line.substring(0, line.length() / 2);
      case 2 -> line + line;
      case 3 -> "[" + line + "]";
      case 4 -> line.replace("\"type\":", "\"type\":\"score\",\"type\":");
      case 5 -> line.replaceFirst("\"type\":\"[a-z]+\"", "\"type\":\"venue\"");
      case 6 -> "{\"type\":\"intent\",\"intent_id\":\"\",\"account\":\"a-1\"}";
      case 7 -> "{\"type\":\"intent\",\"intent_id\":\"x\",\"account\":\"" + "a".repeat(129) + "\"}";
      case 8 -> "{\"type\":\"intent\",\"intent_id\":\"\\ud800\",\"account\":\"a-1\"}";
      case 9 -> "{\"type\":\"intent\",\"intent_id\":17,\"account\":\"a-1\"}";
      case 10 -> "x".repeat(70_000);
      default -> "null";
    };
  }

  private String control() {
    List<Object> lines = new ArrayList<>();
    String[] scopes = {
      "firm",
      "desk:x",
      "desk:none",
      "account:b-1",
      "account:nobody",
      "strategy:b-1/mm",
      "instrument:VA:BTCUSD",
      "venue:VB",
      "planet:mars"
    };
    Clock clock = new Clock(90, 1_000_000);
    for (int i = 0; i < 90; i++) {
      long timeUs = clock.next();
      Wire command = command("c-" + i, pick(scopes), timeUs);
      if (random.nextInt(3) == 0) {
        command.with("effective_at_us", timeUs + random.nextInt(120_000_000));
      }
      if (random.nextInt(2) == 0) {
        command.with("expires_at_us", timeUs + random.nextInt(200_000_000));
      }
      lines.add(command);
      if (random.nextInt(10) == 0) {
        lines.add(command.toString());
      }
      if (random.nextInt(15) == 0) {
        lines.add("{}");
      }
    }
    // Whatever was halted for good by then trades again.
    for (String scope : scopes) {
      lines.add(Wire.control("last-" + scope, "RESUME", scope, START + SPAN_US / 2));
    }
    return Wire.lines(lines.toArray());
  }

  private Wire command(String id, String scope, long timeUs) {
    return switch (random.nextInt(17)) {
      case 0 -> Wire.control(id, "HALT", scope, timeUs);
      case 1, 2, 3, 4, 5 -> Wire.control(id, "RESUME", scope, timeUs);
      case 6, 15 ->
          Wire.control(id, "SET_LIMITS", scope, timeUs)
              .with("body", Map.of("max_notional", String.valueOf(200 + random.nextInt(3_000))));
      case 7 ->
          Wire.control(id, "SET_LIMITS", scope, timeUs)
              .with("body", Map.of(pick("max_qty", "max_fun"), pick("3", "-3", "unlimited")));
      case 8, 9 -> Wire.control(id, "FLATTEN", scope, timeUs);
      case 10 ->
          Wire.control(id, "SET_PARAMETERS", "firm", timeUs)
              .with("body", Map.of("market_worst_case", pick("0.02", "0.08", "-1")));
      case 11 ->
          Wire.control(id, "OVERRIDE", "account:" + pick(ACCOUNTS), timeUs)
              .with(
                  "body",
                  Map.of("intent_id", "i-" + random.nextInt(100), "rules", List.of("R04", "R22")));
      case 12 ->
          Wire.control(id, "ROLLOUT", "firm", timeUs)
              .with("body", Map.of("percent", pick("0", "50", "100", "100", "101")));
      case 13 ->
          Wire.control(id, "RESTRICT", scope, timeUs)
              .with("body", Map.of("assets", List.of(pick("SOL", "ETH"))));
      case 14 ->
          Wire.control(id, "UNRESTRICT", scope, timeUs)
              .with("body", Map.of("assets", List.of(pick("SOL", "ETH"))));
      default ->
          Wire.control(id, "RESET_BREAKER", scope, timeUs)
              .with("body", Map.of("limit", pick("max_drawdown", "max_daily_loss")));
    };
  }

  private String accounts() {
    List<Object> lines = new ArrayList<>();
    if (!isPaper) {
      for (String account : ACCOUNTS) {
        Object positions =
            random.nextBoolean()
                ? List.of()
                : List.of(Map.of("instrument", "VA:BTCUSD", "qty", "1.5", "avg_price", "799.5"));
        long timeUs = START + random.nextInt(60_000_000);
        lines.add(
            Wire.account(account, "20000", positions, timeUs)
                .with("currency", account.equals("c-1") ? "USDT" : "USD"));
      }
      lines.add(Wire.account("a-1", "19000", List.of(), START + 400_000_000L));
      lines.add(Wire.account("a-2", "1", List.of(), START + 400_000_000L).with("currency", "EUR"));
    }
    lines.add(Wire.venue("VB", "RATE_LIMITED", START + 200_000_000L));
    lines.add(Wire.venue("VB", "UP", START + 300_000_000L));
    lines.add("venue");
    return Wire.lines(lines.toArray());
  }

  private String fills() {
    List<Object> lines = new ArrayList<>();
    Clock clock = new Clock(150, 1_000);
    for (int i = 0; !isPaper && i < 150; i++) {
      String instrument = INSTRUMENTS[random.nextInt(5)];
      Wire fill =
          Wire.fill(
              "f-" + i,
              random.nextInt(4) == 0 ? null : "i-" + random.nextInt(100),
              pick(ACCOUNTS),
              instrument,
              side(),
              qty(instrument),
              near(instrument),
              "0.05",
              clock.next());
      lines.add(fill);
      if (random.nextInt(12) == 0) {
        lines.add(random.nextBoolean() ? fill.toString() : fill.toString().replace("0.05", "0.06"));
      }
      if (random.nextInt(40) == 0) {
        lines.add(garbage(fill.toString()));
      }
    }
    return Wire.lines(lines.toArray());
  }

  private String orders() {
    List<Object> lines = new ArrayList<>();
    Clock clock = new Clock(150, 1_000);
    for (int i = 0; !isPaper && i < 150; i++) {
      lines.add(
          Wire.order(
              "i-" + random.nextInt(100),
              pick(ACCOUNTS),
              INSTRUMENTS[random.nextInt(5)],
              pick("ACKED", "REJECTED", "CANCELLED", "EXPIRED", "DONE", "SENT"),
              pick("0", "0.5", "1"),
              clock.next()));
    }
    return Wire.lines(lines.toArray());
  }

  private String side() {
    return pick("BUY", "BUY", "SELL");
  }

  private String qty(String instrument) {
    return switch (instrument) {
      case "VB:SOLUSD" -> pick("1", "20", "90");
      case "VB:XRPUSD" -> pick("1", "300", "2000");
      case "VA:ETHUSD" -> pick("0.5", "1.234", "4");
      case "DERIBIT:ADAUSD" -> pick("0.01", "25.5", "400");
      default -> pick("0.1", "0.25", "1", "3");
    };
  }

  private String near(String instrument) {
    return switch (instrument) {
      case "VB:SOLUSD" -> pick("149.9", "150.25", "151");
      case "VB:XRPUSD" -> pick("0.4999", "0.501", "0.49");
      case "VA:ETHUSD" -> pick("299.9", "300.05", "301.15");
      case "DERIBIT:ADAUSD" -> pick("3.99", "4", "4.02");
      default -> pick("799.5", "800", "801.1", "790");
    };
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }
}
