package io.sluice.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happens at a desk before and after its gate is upgraded. Before: positions, an order that is
 * filled in part, two losses in a row, a halt, a limit that a command has tightened, an intent that
 * came twice, a crash. After: what shows that all of that is still known.
 */
final class UpgradeScenario {
  static final String A = "TEST:AAAUSD";
  static final String B = "TEST:BBBUSD";
  static final String C = "TEST:CCCUSD";

  static final String CONFIGURATION =
      """
      instruments:
        - {id: "TEST:AAAUSD", base: AAA, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:BBBUSD", base: BBB, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:CCCUSD", base: CCC, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
      accounts:
        - {id: a1, group: first, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: a2, group: first, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: b, group: second, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: c, group: third, profile: p, currency: USD, kind: cash, cash: "1000000"}
      profiles: {p: {max_consecutive_losses: 3}}
      limits:
        - {scope: firm, max_qty: "5", max_notional: "2000", collar: "0.05", max_position_notional: "30000", max_gross: "80000", max_daily_loss: "500000", max_drawdown: "0.9", max_data_age_ms: 60000}
      crash_rules: [{window_ms: 10000, drop: "0.02"}]
      clock: wall
      control: {authority: tighten}
      execution: {mode: external}
      max_clock_skew_ms: 120000
      kafka: {bootstrap: "%s", topic_prefix: "%s"}
      """;

  private final Desk desk;

  /** Records that leave a line in the journal, by topic, partition and offset. */
  private final Set<String> sent = new HashSet<>();

  UpgradeScenario(Desk desk) {
    this.desk = desk;
  }

  /** How a gate of this desk is run. */
  static EmbeddedGate.Options options(
      Path folder, Path flinkConf, KafkaSettings kafka, int parallelism) throws IOException {
    Path file = folder.resolve("gate.yaml");
    Files.createDirectories(folder);
    Files.writeString(file, CONFIGURATION.formatted(kafka.bootstrap(), kafka.topicPrefix()));
    return new EmbeddedGate.Options(
        ConfigurationFile.readJob(file), flinkConf, folder.resolve("gate"), parallelism, 0);
  }

  void before() {
    snapshot("a1", "{\"instrument\":\"%s\",\"qty\":\"50\",\"avg_price\":\"50\"}".formatted(A));
    snapshot("a2", "");
    snapshot("b", "{\"instrument\":\"%s\",\"qty\":\"5\",\"avg_price\":\"100\"}".formatted(A));
    snapshot("c", "{\"instrument\":\"%s\",\"qty\":\"10\",\"avg_price\":\"50\"}".formatted(B));
    trade(A, "100");
    trade(B, "50");
    trade(C, "20");
    Desk.awaitThat(() -> journaled("mark").size() >= 2, "marks");
    String open = intent("open-1", "a1", A, "BUY", "0.5", "100", 0);
    desk.await(Topic.RISK_DECISIONS, 1);
    send(
        Topic.EXECUTION_ORDERS,
        "a1",
        "{\"type\":\"order\",\"intent_id\":\"open-1\",\"account\":\"a1\",\"instrument\":\"%s\",\"status\":\"ACKED\",\"cum_qty\":\"0\",\"leaves_qty\":\"0.5\"%s"
            .formatted(A, stamp(0)));
    fill("f-1", "open-1", "a1", A, "BUY", "0.2", "100", 0);
    loss(1, 0);
    loss(2, 0);
    send(Topic.STRATEGY_INTENTS, A, open);
    command("c-1", "HALT", "account:c", "{}");
    command("c-2", "SET_LIMITS", "account:b", "{\"max_qty\":\"1.5\"}");
    trade(C, "18");
    trade(C, "17.5");
    awaitFolded();
    Desk.awaitThat(() -> hasEvent("FLASH_CRASH"), "the crash");
  }

  /**
   * @param sinceUs no stamp is older
   */
  void after(long sinceUs) {
    trade(A, "100");
    trade(B, "50");
    trade(C, "20");
    Desk.awaitThat(() -> journaled("mark").size() >= 2, "marks");
    intent("after-1", "a1", A, "BUY", "0.1", "100", sinceUs);
    intent("after-2", "b", A, "BUY", "2", "100", sinceUs);
    intent("after-3", "c", B, "BUY", "0.1", "50", sinceUs);
    desk.await(Topic.RISK_DECISIONS, 3);
    fill("f-2", "open-1", "a1", A, "BUY", "0.3", "100", sinceUs);
    loss(3, sinceUs);
    awaitFolded();
    intent("after-4", "a2", A, "BUY", "0.1", "100", sinceUs);
    desk.await(Topic.RISK_DECISIONS, 4);
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

  private void awaitFolded() {
    Desk.awaitThat(
        () -> {
          Set<String> missing = new HashSet<>(sent);
          for (byte[] line : desk.all(Topic.RISK_JOURNAL)) {
            JsonNode cause = Desk.json(line).path("cause");
            missing.remove(
                cause.path("source").asText()
                    + "/"
                    + cause.path("partition")
                    + "/"
                    + cause.path("offset"));
          }
          return missing.isEmpty();
        },
        "every record folded");
  }

  private void send(Topic topic, String key, String line) {
    sent.add(desk.send(topic, key, line.getBytes(StandardCharsets.UTF_8)));
  }

  private void loss(int number, long sinceUs) {
    fill("in-" + number, null, "a2", A, "BUY", "1", "100", sinceUs);
    fill("out-" + number, null, "a2", A, "SELL", "1", "95", sinceUs);
  }

  private void snapshot(String account, String positions) {
    send(
        Topic.ACCOUNT_UPDATES,
        account,
        "{\"type\":\"account\",\"account\":\"%s\",\"currency\":\"USD\",\"cash\":\"100000\",\"positions\":[%s]%s"
            .formatted(account, positions, stamp(0)));
  }

  private void trade(String instrument, String price) {
    desk.send(
        Topic.MARKET_TRADES,
        instrument,
        "{\"type\":\"trade\",\"instrument\":\"%s\",\"price\":\"%s\",\"qty\":\"1\"%s"
            .formatted(instrument, price, stamp(0)));
  }

  private String intent(
      String id,
      String account,
      String instrument,
      String side,
      String qty,
      String limit,
      long us) {
    String line =
        ("{\"type\":\"intent\",\"intent_id\":\"%s\",\"action\":\"NEW\",\"account\":\"%s\",\"strategy\":\"s\","
                + "\"instrument\":\"%s\",\"side\":\"%s\",\"order_type\":\"LIMIT\",\"limit_price\":\"%s\","
                + "\"qty\":\"%s\",\"time_in_force\":\"GTC\"%s")
            .formatted(id, account, instrument, side, limit, qty, stamp(us));
    send(Topic.STRATEGY_INTENTS, instrument, line);
    return line;
  }

  private void fill(
      String id,
      String intentId,
      String account,
      String instrument,
      String side,
      String qty,
      String price,
      long sinceUs) {
    send(
        Topic.EXECUTION_FILLS,
        account,
        ("{\"type\":\"fill\",\"fill_id\":\"%s\",\"intent_id\":%s,\"account\":\"%s\",\"strategy\":\"s\","
                + "\"instrument\":\"%s\",\"side\":\"%s\",\"qty\":\"%s\",\"price\":\"%s\",\"fee\":\"0\","
                + "\"fee_currency\":\"USD\"%s")
            .formatted(
                id,
                intentId == null ? null : "\"" + intentId + "\"",
                account,
                instrument,
                side,
                qty,
                price,
                stamp(sinceUs)));
  }

  private void command(String id, String command, String scope, String body) {
    send(
        Topic.CONTROL_COMMANDS,
        "officer",
        ("{\"type\":\"control\",\"command_id\":\"%s\",\"command\":\"%s\",\"scope\":\"%s\",\"body\":%s,"
                + "\"issued_by\":\"officer\",\"reason\":\"before the upgrade\"%s")
            .formatted(id, command, scope, body, stamp(0)));
  }

  private static String stamp(long sinceUs) {
    return ",\"event_time_us\":" + Math.max(Desk.nowUs(), sinceUs + 1_000_000) + "}";
  }
}
