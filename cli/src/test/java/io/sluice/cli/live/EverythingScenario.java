package io.sluice.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.Cli;
import io.sluice.cli.SmallModel;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Correlation;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * A desk on paper with everything on that keeps state, before and after its gate is upgraded:
 * twins, user rules, rates, correlations, limits of every kind, parameters, a rollout, overrides,
 * restrictions, features, regimes, anomalies, models, strategies.
 */
final class EverythingScenario {
  static final String A = "TEST:AAAUSD";
  static final String ELSEWHERE = "OTHER:AAAUSD";
  static final String B = "TEST:BBBUSD";
  static final String IN_EUROS = "TEST:DDDEUR";
  static final String RATE = "TEST:EURUSD";
  static final List<String> INSTRUMENTS = List.of(A, ELSEWHERE, B, IN_EUROS, RATE);

  /** The model that trades. */
  static final String MODEL = "direction";

  /** Not in the time of any test: 2100. */
  private static final long LATER_US = 4_102_444_800_000_000L;

  private static final String KEYS = "KEYS";
  private static final String BUNDLE = "BUNDLE";
  private static final String BOOTSTRAP = "BOOTSTRAP";
  private static final String PREFIX = "PREFIX";

  private static final String CONFIGURATION =
      """
      instruments:
        - {id: "TEST:AAAUSD", base: AAA, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "OTHER:AAAUSD", base: AAA, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:BBBUSD", base: BBB, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:DDDEUR", base: DDD, quote: EUR, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:EURUSD", base: EUR, quote: USD, kind: spot, tick: "0.01", lot: "1", min_qty: "1", max_qty: "100", min_notional: "1", multiplier: "1"}
      accounts:
        - {id: a, group: first, desk: x, profile: exits, currency: USD, kind: cash, cash: "100000"}
        - {id: b, group: first, profile: plain, currency: USD, kind: cash, cash: "100000"}
        - {id: held, group: second, profile: held, currency: USD, kind: margin, cash: "100000", leverage: "3", maintenance_margin: "0.05"}
        - {id: quiet, group: second, profile: plain, currency: USD, kind: cash, cash: "100000"}
      profiles:
        exits: {max_consecutive_losses: 3, exits: {stop: "0.1", target: "0.2", trailing: "0.08"}}
        plain: {max_consecutive_losses: 1000}
      """
          + Firm.EVERY_SIZE
          + """
      limits:
        - {scope: firm, max_qty: "5", max_notional: "2000", collar: "0.05", max_position_notional: "30000", max_gross: "80000", max_daily_loss: "500000", max_drawdown: "0.9", max_data_age_ms: 60000}
        - {scope: "account:a", max_new_rate: 100, max_duplicates: 100, max_reentries: 100, max_price_drift: "0.9", min_opposite_gap_ms: 1, max_order_to_trade: "100"}
      """
          + Firm.EVERY_LIMIT
          + """
      shadow_limits:
        - {scope: firm, max_notional: "40"}
      rates:
        - {currency: EUR, in: USD, instrument: "TEST:EURUSD"}
      correlations:
        - {a: AAA, b: BBB, value: "0.9"}
      order_flow: {message_window: 1m, duplicate_window: 1h, reentry_window: 1h, ratio_window: 1h, drift_window: 1h, ratio_min_messages: 1}
      self_match: deny
      crash_rules: [{window_ms: 10000, drop: "0.02"}]
      user_rules:
        - {name: configured, when: "intent.account == 'held' && intent.qty > 0.5", then: shrink, factor: "0.5"}
        - {name: taken away, when: "intent.qty > 0.001", then: deny}
      features: {intervals: [1s, 1m], basket: ["TEST:AAAUSD", "TEST:BBBUSD"], compose: [{name: calm, input: log_return_1, transform: deviation, window: 20}], arbitrage: "0.001"}
      volatility: {method: garman_klass, bar: 1s, window: 20}
      regimes: {window: 5}
      anomalies: {length: 8, history: 64, forward_bars: 4}
      models:
        - {name: direction, bundle: "BUNDLE", interval: 1s, account: b}
        - {name: shadow, bundle: "BUNDLE", interval: 1s}
      strategies:
        - {name: momentum, account: b}
        - {name: mean-reversion, account: b}
      clock: wall
      control:
        authority: signed
        keys:
      KEYS
      execution: {mode: paper, latency_ms: 20, slippage: "0.0005", fee: "0.001", twin: true}
      max_clock_skew_ms: 120000
      kafka: {bootstrap: "BOOTSTRAP", topic_prefix: "PREFIX"}
      """;

  /**
   * By default all orders are judged: in the state a plan has to be seen, and is after a day over.
   */
  private static final String ROLLOUT_PHASE = "99:24h";

  private final Desk desk;
  private final Random random = new Random(7);
  private long notBeforeUs;
  private int trades;

  EverythingScenario(Desk desk) {
    this.desk = desk;
  }

  /** How a gate of this desk is run, with a configuration of {@link #configuration}. */
  static EmbeddedGate.Options options(
      Path folder, Path flinkConf, String configuration, KafkaSettings kafka, int parallelism)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        file(folder),
        configuration.replace(BOOTSTRAP, kafka.bootstrap()).replace(PREFIX, kafka.topicPrefix()));
    return new EmbeddedGate.Options(
        ConfigurationFile.readJob(file(folder)), flinkConf, folder.resolve("gate"), parallelism, 0);
  }

  private static Path file(Path folder) {
    return folder.resolve("gate.yaml");
  }

  /**
   * The configuration, in which only Kafka is missing.
   *
   * @param keys folder in which two people keep their keys
   * @param bundle the models' folder
   */
  static String configuration(Path keys, Path bundle) {
    return CONFIGURATION
        .replace(KEYS, key(keys, "ann") + "\n" + key(keys, "bob"))
        .replace(BUNDLE, bundle.toString());
  }

  /** Makes a key, and gives the line by which a configuration knows it. */
  static String key(Path keys, String person) {
    String printed =
        Cli.done("control", "keygen", "--person", person, "--out", pem(keys, person)).out();
    return "    "
        + printed.lines().filter(line -> line.contains("public_key")).findFirst().get().strip();
  }

  /** Where a person keeps a key. */
  static Path pem(Path keys, String person) {
    return keys.resolve(person + ".pem");
  }

  /** A small model of bars of a second. */
  static void train(Path folder, Path bundle) throws IOException {
    Path trades = trades(folder);
    Cli.done(
        ("train --format bitstamp --interval 1s --horizon 10s --barrier 0.01 --rounds 3 --leaves 4"
                + " --features 8 --min-confidence 0.51 --instrument "
                + A
                + " --trades "
                + trades
                + " --out "
                + bundle)
            .split(" "));
  }

  /** Fifty minutes of trades, a second apart. */
  static Path trades(Path folder) throws IOException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>();
    double away = 0;
    for (int i = 0; i < 3_000; i++) {
      away = 0.9 * away + random.nextGaussian();
      BigDecimal price = BigDecimal.valueOf(100 + away).setScale(2, RoundingMode.HALF_EVEN);
      lines.add(1_385_600_000L + i + "," + price + ",1");
    }
    return Files.write(folder.resolve("trades.csv"), lines);
  }

  /**
   * More than a minute, so that bars of a minute end.
   *
   * @param folder of the gate's configuration
   * @param keys folder of the keys
   * @param bundle that the configuration names; it is published for later
   * @param next that is published at once
   */
  void before(Path folder, Path keys, Path bundle, Path next) throws Exception {
    until(() -> journaled("mark").size() >= INSTRUMENTS.size(), "marks");
    publish(keys, SmallModel.publication("next", MODEL, next, Desk.nowUs(), null));
    publish(keys, SmallModel.publication("later", MODEL, bundle, Desk.nowUs(), LATER_US));
    until(() -> !scores(SmallModel.version(next)).isEmpty(), "scores of what was published");
    heartbeat();
    desk.send(Topic.RISK_INPUTS, "first", correlation("AAA", "DDD"));
    desk.send(Topic.RISK_INPUTS, "first", correlation("BBB", "DDD"));

    command(folder, keys, "remove-user-rule", "firm", "--name", "taken away");
    filled("a-1", "a", A, "BUY", "2");
    filled("a-2", "a", IN_EUROS, "BUY", "1");
    filled("a-3", "a", B, "BUY", "3");
    filled("a-4", "a", B, "SELL", "3");
    limit("a-rests", "a", A, "BUY", "0.5", "96");
    limit("held-rests", "held", A, "BUY", "0.5", "96");
    for (int i = 1; i <= 4; i++) {
      intent("held-" + i, "held", A, "BUY", "1");
    }
    intent("quiet-1", "quiet", B, "BUY", "1");
    answered("quiet-1");

    command(folder, keys, "halt", "strategy:a/stopped");
    command(folder, keys, "set-limits", "account:a", "--limit", "max_qty=3");
    command(folder, keys, "set-limits", "desk:x", "--limit", "max_gross=9000", "--for", "8h");
    command(folder, keys, "restrict", "firm", "--asset", "DDD");
    command(folder, keys, "set-parameters", "firm", "--parameter", "valid_for_ms=1000");
    command(
        folder, keys, "override", "account:a", "--intent", "x", "--rule", "R04", "--for", "12h");
    command(
        folder,
        keys,
        "set-user-rule",
        "firm",
        "--name",
        "large",
        "--when",
        "intent.account == 'a' && intent.qty > 2.5",
        "--then",
        "deny");
    command(folder, keys, "rollout", "firm", "--phase", ROLLOUT_PHASE, "--phase", "100");

    long endMs = System.currentTimeMillis() + Duration.ofSeconds(75).toMillis();
    until(() -> System.currentTimeMillis() > endMs, "bars of a minute", Duration.ofSeconds(90));
    heartbeat();
    trade(B, "46");
    until(() -> hasEvent("FLASH_CRASH"), "the crash");
    intent("a-last", "a", A, "BUY", "1");
    intent("held-last", "held", A, "BUY", "1");
    answered("a-last");
    answered("held-last");
  }

  /**
   * @param sinceUs no stamp is older
   * @return whether this machine's clock is past that, so that orders fill and bars end
   */
  boolean after(long sinceUs) {
    notBeforeUs = sinceUs + 1_000_000;
    boolean goesOn = Desk.nowUs() > notBeforeUs;
    until(() -> journaled("mark").size() >= 2, "marks");
    if (goesOn) {
      filled("after-1", "a", A, "BUY", "0.5");
    }
    intent("after-2", "a", A, "BUY", "4");
    intent("after-3", "a", IN_EUROS, "BUY", "1");
    send(
        Topic.STRATEGY_INTENTS,
        A,
        order("after-4", "a", A, "BUY", "1")
            .replace("\"strategy\":\"s\"", "\"strategy\":\"stopped\""));
    intent("after-5", "held", A, "BUY", "1");
    List.of("after-2", "after-3", "after-4", "after-5").forEach(this::answered);
    if (goesOn) {
      until(() -> desk.all(Topic.MARKET_SCORES).size() >= 2 * INSTRUMENTS.size(), "scores");
    }
    return goesOn;
  }

  /** The scores that a version of the model that trades has given. */
  List<JsonNode> scores(String version) {
    return desk.all(Topic.MARKET_SCORES).stream()
        .map(Desk::json)
        .filter(score -> score.path("model").asText().equals(MODEL))
        .filter(score -> score.path("model_version").asText().equals(version))
        .toList();
  }

  /** Not by {@code publish-model}, which names a bundle by its place on this machine. */
  private void publish(Path keys, Command command) throws Exception {
    desk.send(Topic.CONTROL_COMMANDS, "firm", signed(keys, command).toJson());
  }

  /** Signed by both, with the command that there is for it. */
  static Command signed(Path keys, Command command) throws Exception {
    Path file = Files.write(keys.resolve("to-sign.json"), command.toJson());
    List<Object> sign = new ArrayList<>(List.of("control", "sign", file));
    for (String person : List.of("ann", "bob")) {
      sign.addAll(List.of("--key", person + "=" + pem(keys, person)));
    }
    Cli.done(sign.toArray());
    return (Command) WireReader.read(Files.readAllBytes(file));
  }

  /** Lets the market go on until something has come about. */
  private void until(BooleanSupplier condition, String what) {
    until(condition, what, Duration.ofSeconds(60));
  }

  private void until(BooleanSupplier condition, String what, Duration patience) {
    Desk.awaitThat(
        () -> {
          market();
          return condition.getAsBoolean();
        },
        what,
        patience);
  }

  private void market() {
    trades++;
    heartbeat();
    trade(A, around("100"));
    trade(ELSEWHERE, around("100.2"));
    trade(B, around("50"));
    trade(IN_EUROS, around("20"));
    if (trades % 5 == 1) {
      trade(RATE, trades % 2 == 0 ? "1.21" : "1.20");
      send(
          Topic.MARKET_QUOTES,
          A,
          "{\"type\":\"quote\",\"instrument\":\"%s\",\"bid\":\"99.90\",\"bid_qty\":\"3\",\"ask\":\"100.10\",\"ask_qty\":\"2\"%s"
              .formatted(A, stamp()));
    }
  }

  private String around(String price) {
    BigDecimal away = BigDecimal.valueOf(random.nextInt(21) - 10, 2);
    return new BigDecimal(price).add(away).toPlainString();
  }

  private void filled(String id, String account, String instrument, String side, String qty) {
    intent(id, account, instrument, side, qty);
    until(
        () ->
            journaled("paper_tick").stream()
                .anyMatch(tick -> tick.path("intent_id").asText().equals(id)),
        "the fill of " + id);
  }

  private void answered(String id) {
    until(
        () ->
            desk.all(Topic.RISK_DECISIONS).stream()
                .anyMatch(line -> Desk.json(line).path("intent_id").asText().equals(id)),
        "the decision on " + id);
  }

  private boolean hasEvent(String type) {
    return desk.all(Topic.RISK_EVENTS).stream()
        .anyMatch(event -> Desk.json(event).path("type").asText().equals(type));
  }

  private List<JsonNode> journaled(String type) {
    return desk.all(Topic.RISK_JOURNAL).stream()
        .map(line -> Desk.json(line).path("input"))
        .filter(input -> input.path("type").asText().equals(type))
        .toList();
  }

  private static void command(
      Path folder, Path keys, String command, String scope, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("control", command, "--scope", scope));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--reason", "before the upgrade", "--config", file(folder)));
    for (String person : List.of("ann", "bob")) {
      arguments.addAll(List.of("--key", person + "=" + pem(keys, person)));
    }
    Cli.done(arguments.toArray());
  }

  private static String correlation(String a, String b) {
    Cause cause = new Cause("correlations", 0, a.charAt(0), 0);
    Correlation estimate = new Correlation(a, b, new BigDecimal("0.4"), Desk.nowUs());
    byte[] entry = new Entry("first", cause, Desk.nowUs(), estimate, null).toJson();
    return new String(entry, StandardCharsets.UTF_8);
  }

  private void heartbeat() {
    send(
        Topic.CONTROL_COMMANDS,
        "quiet",
        ("{\"type\":\"control\",\"command_id\":\"beat-%d\",\"command\":\"HEARTBEAT\",\"scope\":\"account:quiet\","
                + "\"body\":{},\"issued_by\":\"quiet\",\"reason\":\"alive\"%s")
            .formatted(Desk.nowUs(), stamp()));
  }

  private void trade(String instrument, String price) {
    send(
        Topic.MARKET_TRADES,
        instrument,
        "{\"type\":\"trade\",\"instrument\":\"%s\",\"price\":\"%s\",\"qty\":\"1\",\"aggressor\":\"%s\"%s"
            .formatted(instrument, price, trades % 2 == 0 ? "BUY" : "SELL", stamp()));
  }

  private void intent(String id, String account, String instrument, String side, String qty) {
    send(Topic.STRATEGY_INTENTS, instrument, order(id, account, instrument, side, qty));
  }

  private void limit(
      String id, String account, String instrument, String side, String qty, String price) {
    send(
        Topic.STRATEGY_INTENTS,
        instrument,
        order(id, account, instrument, side, qty)
            .replace("\"MARKET\"", "\"LIMIT\",\"limit_price\":\"" + price + "\"")
            .replace("\"IOC\"", "\"GTC\""));
  }

  private String order(String id, String account, String instrument, String side, String qty) {
    return ("{\"type\":\"intent\",\"intent_id\":\"%s\",\"action\":\"NEW\",\"account\":\"%s\",\"strategy\":\"s\","
            + "\"instrument\":\"%s\",\"side\":\"%s\",\"order_type\":\"MARKET\",\"qty\":\"%s\",\"time_in_force\":\"IOC\"%s")
        .formatted(id, account, instrument, side, qty, stamp());
  }

  private void send(Topic topic, String key, String line) {
    desk.send(topic, key, line);
  }

  private String stamp() {
    return ",\"event_time_us\":" + Math.max(Desk.nowUs(), notBeforeUs) + "}";
  }
}
