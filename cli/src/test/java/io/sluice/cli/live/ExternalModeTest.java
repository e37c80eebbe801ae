package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.BoundJvm;
import io.sluice.cli.stack.ChildProcess;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Order;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.StateParts;
import io.sluice.domain.group.StateReader;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.Checkpoints;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.live.LiveJob;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gate and reference executor as two processes' worth of a desk: the gate decides, the executor
 * trades and is killed with orders at work. In the end the gate's books say what was filled, and
 * nothing is reserved for what is over.
 */
class ExternalModeTest {
  private static final int KILLS = 2;
  private static final int FILLS = 8;
  private static final BigDecimal CASH = new BigDecimal("1000000");

  @TempDir Path folder;
  private final Random random = new Random(17);
  private final List<String> resting = new ArrayList<>();
  private ChildProcess executor;
  private int intents;

  @AfterEach
  void end() {
    if (executor != null) {
      executor.kill();
    }
  }

  @Test
  void anExecutorThatIsKilledLeavesNoTraceInTheGatesBooks() throws Exception {
    KafkaSettings kafka = SharedBroker.get().settings().withPrefix("external.");
    try (Desk desk = Desk.open(kafka);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 1))) {
      executor = executor();
      await(
          desk,
          () -> folded(desk, "account") == Firm.ACCOUNTS.size() + Firm.HELD_BACK.size(),
          "a snapshot of each account");
      for (int life = 0; life <= KILLS; life++) {
        int before = desk.all(Topic.EXECUTION_FILLS).size();
        // What was decided while nobody was there expires: the market goes on until one is.
        await(
            desk,
            () -> {
              trade(desk);
              return desk.all(Topic.EXECUTION_FILLS).size() > before + FILLS;
            },
            "fills");
        trade(desk);
        if (life < KILLS) {
          executor.kill();
          executor = executor();
        }
      }
      await(desk, () -> desk.all(Topic.RISK_DECISIONS).size() >= intents, "every intent answered");
      ends(desk);
      executor.stop();
      await(
          desk,
          () ->
              folded(desk, "fill") == desk.all(Topic.EXECUTION_FILLS).size()
                  && folded(desk, "order") == desk.all(Topic.EXECUTION_ORDERS).size(),
          "every report folded");
      gate.stop();
      everyApprovalEndedOnce(desk);
      theGateAgrees(desk);
    }
  }

  private ChildProcess executor() throws Exception {
    return new BoundJvm(
            "the executor",
            "io.sluice.cli.Main",
            List.of("-Xmx256m"),
            Map.of(),
            folder.resolve("executor.log"))
        .start(
            List.of(
                "executor",
                "--config=" + folder.resolve(Firm.FILE),
                "--latency-ms=20",
                "--reject-share=0.1",
                "--partial-fills=3"));
  }

  /** The market moves, and strategies buy at it, rest below it, sell and cancel. */
  private void trade(Desk desk) {
    for (String instrument : Firm.INSTRUMENTS) {
      String price = "100.%02d".formatted(random.nextInt(100));
      desk.send(
          Topic.MARKET_TRADES,
          instrument,
          "{\"type\":\"trade\",\"instrument\":\"%s\",\"price\":\"%s\",\"qty\":\"2\",\"event_time_us\":%d}"
              .formatted(instrument, price, Desk.nowUs()));
      String account = Firm.ACCOUNTS.get(random.nextInt(Firm.ACCOUNTS.size()));
      intend(desk, account, instrument, order(Side.BUY, "3", null));
      intend(desk, account, instrument, order(Side.SELL, "1", null));
      String id = intend(desk, account, instrument, order(Side.BUY, "2", "100.20"));
      resting.add("%s %s %s".formatted(account, instrument, id));
      if (random.nextBoolean()) {
        String[] old = resting.remove(random.nextInt(resting.size())).split(" ");
        intend(
            desk, old[0], old[1], "\"action\":\"CANCEL\",\"target_intent_id\":\"" + old[2] + "\"");
      }
    }
  }

  private static String order(Side side, String qty, String limit) {
    return "\"action\":\"NEW\",\"side\":\"%s\",\"order_type\":\"%s\",\"qty\":\"%s\",\"limit_price\":%s,\"time_in_force\":\"%s\""
        .formatted(
            side,
            limit == null ? "MARKET" : "LIMIT",
            qty,
            limit == null ? null : "\"" + limit + "\"",
            limit == null ? "IOC" : "GTC");
  }

  private String intend(Desk desk, String account, String instrument, String order) {
    String id = "i-" + intents++;
    desk.send(
        Topic.STRATEGY_INTENTS,
        instrument,
        "{\"type\":\"intent\",\"intent_id\":\"%s\",\"account\":\"%s\",\"strategy\":\"s\",\"instrument\":\"%s\",%s,\"event_time_us\":%d}"
            .formatted(id, account, instrument, order, Desk.nowUs()));
    return id;
  }

  /** Every approval has been spoken of: what rests still is cancelled when the executor stops. */
  private void ends(Desk desk) {
    await(
        desk,
        () -> {
          Set<String> spoken = new HashSet<>();
          statuses(desk).forEach(status -> spoken.add(status.intentId()));
          return spoken.containsAll(approvals(desk).keySet());
        },
        "each approval sent or expired");
  }

  /** What is missing is explained by what the executor said and the gate decided. */
  private void await(Desk desk, BooleanSupplier condition, String what) {
    try {
      Desk.awaitThat(condition, what);
    } catch (AssertionError e) {
      Map<String, Integer> decided = new TreeMap<>();
      for (byte[] line : desk.all(Topic.RISK_DECISIONS)) {
        JsonNode decision = Desk.json(line);
        decided.merge(
            decision.path("verdict").asText() + decision.path("reasons"), 1, Integer::sum);
      }
      throw new AssertionError(
          what + "; decided " + decided + "; " + contentOf(folder.resolve("executor.log").toFile()),
          e);
    }
  }

  /** Approved quantities of new orders, by intent. */
  private static Map<String, BigDecimal> approvals(Desk desk) {
    Map<String, BigDecimal> approved = new HashMap<>();
    for (byte[] line : desk.all(Topic.RISK_DECISIONS)) {
      JsonNode decision = Desk.json(line);
      BigDecimal qty = new BigDecimal(decision.path("approved_qty").asText());
      if (qty.signum() > 0) {
        approved.put(decision.path("intent_id").asText(), qty);
      }
    }
    return approved;
  }

  private static long folded(Desk desk, String type) {
    return desk.all(Topic.RISK_JOURNAL).stream()
        .map(line -> Desk.json(line))
        .filter(line -> line.path("input").path("type").asText().equals(type))
        .map(line -> line.path("cause").toString())
        .distinct()
        .count();
  }

  private static List<Message> messages(Desk desk, Topic topic) {
    List<Message> messages = new ArrayList<>();
    for (byte[] line : desk.all(topic)) {
      try {
        messages.add(WireReader.read(line));
      } catch (UnreadableException e) {
        throw new AssertionError(e);
      }
    }
    return messages;
  }

  private static List<OrderStatus> statuses(Desk desk) {
    return messages(desk, Topic.EXECUTION_ORDERS).stream().map(OrderStatus.class::cast).toList();
  }

  private static List<Fill> fills(Desk desk) {
    return messages(desk, Topic.EXECUTION_FILLS).stream().map(Fill.class::cast).toList();
  }

  private void everyApprovalEndedOnce(Desk desk) {
    List<Fill> fills = fills(desk);
    assertThat(fills).extracting(Fill::fillId).doesNotHaveDuplicates();
    Map<String, BigDecimal> filled = new HashMap<>();
    fills.forEach(fill -> filled.merge(fill.intentId(), fill.qty(), BigDecimal::add));
    Map<String, BigDecimal> approved = approvals(desk);
    assertThat(approved.keySet()).containsAll(filled.keySet()).hasSizeGreaterThan(20);
    Map<String, List<OrderStatus>> ended = new HashMap<>();
    for (OrderStatus status : statuses(desk)) {
      if (status.status().isTerminal()) {
        ended.computeIfAbsent(status.intentId(), id -> new ArrayList<>()).add(status);
      }
    }
    approved.forEach(
        (id, qty) -> {
          assertThat(ended.get(id)).as("ends of %s", id).hasSize(1);
          BigDecimal sum = filled.getOrDefault(id, BigDecimal.ZERO);
          assertThat(ended.get(id).get(0).cumQty()).as(id).isEqualByComparingTo(sum);
          assertThat(sum).as(id).isLessThanOrEqualTo(qty);
        });
  }

  private void theGateAgrees(Desk desk) throws Exception {
    Map<String, BigDecimal> positions = new TreeMap<>();
    Map<String, BigDecimal> cash = new TreeMap<>();
    for (Fill fill : fills(desk)) {
      BigDecimal signed = fill.side() == Side.BUY ? fill.qty() : fill.qty().negate();
      positions.merge(fill.account() + " " + fill.instrument(), signed, BigDecimal::add);
      cash.merge(
          fill.account(), signed.multiply(fill.price()).add(fill.fee()).negate(), BigDecimal::add);
    }
    Path savepoint =
        Checkpoints.newestIn(LiveJob.checkpointsIn(Firm.stateIn(folder))).orElseThrow();
    Set<String> accounts = new HashSet<>();
    GateStates.read(savepoint)
        .forEach(
            (group, parts) -> {
              for (AccountBook book : state(group, parts).books().values()) {
                String account = book.account().id();
                if (Firm.HELD_BACK.contains(account)) {
                  continue;
                }
                accounts.add(account);
                assertThat(book.orders().all())
                    .as("orders of %s", account)
                    .isNotEmpty()
                    .allMatch(Order::terminal)
                    .allMatch(order -> order.openQty().signum() == 0);
                assertThat(book.reservedCash()).as("reserved of %s", account).isZero();
                assertThat(book.cash())
                    .as("cash of %s", account)
                    .isEqualByComparingTo(CASH.add(cash.getOrDefault(account, BigDecimal.ZERO)));
                book.holdings()
                    .forEach(
                        holding ->
                            assertThat(holding.position().qty())
                                .as("%s in %s", account, holding.instrument())
                                .isEqualByComparingTo(
                                    positions.getOrDefault(
                                        account + " " + holding.instrument(), BigDecimal.ZERO)));
              }
            });
    assertThat(accounts).containsExactlyInAnyOrderElementsOf(Firm.ACCOUNTS);
    assertThat(desk.all(Topic.RISK_EVENTS))
        .extracting(event -> Desk.json(event).path("type").asText())
        .doesNotContain("RECON_BREAK", "UNKNOWN_ACCOUNT");
  }

  private static GroupState state(String group, Map<String, String> parts) {
    Map<String, byte[]> bytes = new TreeMap<>();
    parts.forEach((name, part) -> bytes.put(name, part.getBytes(StandardCharsets.UTF_8)));
    return StateReader.read(group, bytes, new StateParts());
  }
}
