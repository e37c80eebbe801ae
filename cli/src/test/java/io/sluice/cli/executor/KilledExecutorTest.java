package io.sluice.cli.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SharedBroker;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executor's process against a real broker, killed with orders at work and started again. */
class KilledExecutorTest {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final long POLL_NANOS = 100_000_000L;
  private static final String CONFIGURATION =
      """
      kafka: {bootstrap: "%s", topic_prefix: "%s"}
      instruments:
        - {id: "X:BTC", base: BTC, quote: USD, tick: "0.01", lot: "0.001", min_qty: "0.001",
           max_qty: "100", min_notional: "1"}
      accounts: [{id: demo, profile: p, currency: USD, kind: cash, cash: "10000"}]
      profiles: {p: {}}
      limits: []
      clock: wall
      execution: {mode: external, fee: "0.001", slippage: "0.0005"}
      """;

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();
  private KafkaSettings settings;
  private KafkaProducer<byte[], byte[]> producer;
  private Path configuration;
  private final List<String> approvals = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    settings = SharedBroker.get().settings().withPrefix("executor.");
    try (Topics topics = Topics.open(settings)) {
      topics.createMissing();
    }
    producer =
        new KafkaProducer<>(
            settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    configuration =
        Files.writeString(
            folder.resolve("live.yaml"),
            CONFIGURATION.formatted(settings.bootstrap(), settings.topicPrefix()));
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
    producer.close();
  }

  @Test
  void nothing_is_done_twice_and_every_approval_ends_once() throws Exception {
    Process executor = executor();
    await("a snapshot", executor, () -> !read(Topic.ACCOUNT_UPDATES).isEmpty());
    for (int round = 0; round < 3; round++) {
      heartbeat();
      int before = read(Topic.EXECUTION_FILLS).size();
      await(
          "fills of round " + round,
          executor,
          () -> {
            trade();
            approve("MARKET", null);
            approve("LIMIT", "\"90\"");
            return read(Topic.EXECUTION_FILLS).size() > before + 5;
          });
      executor.destroyForcibly().waitFor();
      executor = executor();
    }
    heartbeat();
    List.copyOf(approvals).forEach(this::decide);
    approve("LIMIT", "\"90\"");
    String last = "i-" + (approvals.size() - 1);
    await(
        "the last order",
        executor,
        () ->
            read(Topic.EXECUTION_ORDERS).stream()
                .anyMatch(status -> ((OrderStatus) status).intentId().equals(last)));
    executor.destroy();
    assertThat(executor.waitFor()).as("ended by SIGTERM: %s", log()).isEqualTo(143);
    assertThat(log()).contains("repeats not acted on");

    List<Message> fills = read(Topic.EXECUTION_FILLS);
    Map<String, List<OrderStatus>> ended =
        read(Topic.EXECUTION_ORDERS).stream()
            .map(OrderStatus.class::cast)
            .filter(status -> status.status().isTerminal())
            .collect(Collectors.groupingBy(OrderStatus::intentId));
    assertThat(fills).extracting(fill -> ((Fill) fill).fillId()).doesNotHaveDuplicates();
    Set<Status> ends = EnumSet.noneOf(Status.class);
    for (int i = 0; i < approvals.size(); i++) {
      String id = "i-" + i;
      BigDecimal filled =
          fills.stream()
              .map(Fill.class::cast)
              .filter(fill -> fill.intentId().equals(id))
              .map(Fill::qty)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      List<OrderStatus> terminal = ended.get(id);
      assertThat(terminal).as("ends of %s", id).hasSize(1);
      assertThat(terminal.get(0).cumQty()).as("filled of %s", id).isEqualByComparingTo(filled);
      assertThat(filled).isLessThanOrEqualTo(BigDecimal.ONE);
      ends.add(terminal.get(0).status());
    }
    assertThat(ends).contains(Status.DONE, Status.CANCELLED);
    assertThat(read(Topic.ACCOUNT_UPDATES)).hasSize(1).hasOnlyElementsOfType(AccountSnapshot.class);
  }

  private Process executor() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.sluice.cli.Main",
                "executor",
                "--config",
                configuration.toString(),
                "--latency-ms",
                "50",
                "--reject-share",
                "0.1")
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("executor.log").toFile()))
            .start();
    processes.add(process);
    return process;
  }

  private void await(String what, Process executor, BooleanSupplier condition) throws Exception {
    Instant deadline = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      assertThat(executor.isAlive()).as("the executor runs until %s: %s", what, log()).isTrue();
      assertThat(Instant.now()).as("%s: %s", what, log()).isBefore(deadline);
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("executor.log"));
  }

  private static long nowUs() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private void heartbeat() {
    String event =
        "{\"event_id\":\"e\",\"type\":\"HEARTBEAT\",\"scope\":\"group:firm\",\"instrument\":null,"
            + "\"severity\":\"INFO\",\"event_time_us\":"
            + nowUs()
            + ",\"detail\":{}}";
    write(Topic.RISK_EVENTS, "group:firm", event.getBytes(StandardCharsets.UTF_8));
  }

  private void trade() {
    BigDecimal price = new BigDecimal("100");
    Trade trade = new Trade("X:BTC", null, price, BigDecimal.ONE, Aggressor.UNKNOWN, nowUs(), null);
    write(Topic.MARKET_TRADES, "X:BTC", trade.toJson());
  }

  private void approve(String type, String limitPrice) {
    String id = "i-" + approvals.size();
    String decision =
        """
        {"type":"decision","decision_id":"%s","intent_id":"%s","group":"firm","account":"demo",\
        "strategy":"s","instrument":"X:BTC","action":"NEW","target_intent_id":null,"side":"BUY",\
        "order_type":"%s","limit_price":%s,"time_in_force":"GTC","reduce_only":false,\
        "verdict":"ALLOW","approved_qty":"1","valid_until_us":%d}"""
            .formatted(Decision.idOf("demo", id), id, type, limitPrice, nowUs() + 600_000_000L);
    approvals.add(decision);
    decide(decision);
  }

  private void decide(String decision) {
    write(Topic.RISK_DECISIONS, "firm", decision.getBytes(StandardCharsets.UTF_8));
  }

  private void write(Topic topic, String key, byte[] value) {
    producer.send(
        new ProducerRecord<>(settings.nameOf(topic), key.getBytes(StandardCharsets.UTF_8), value));
    producer.flush();
  }

  private List<Message> read(Topic topic) {
    List<Message> messages = new ArrayList<>();
    TopicReader.readAll(
        settings,
        topic,
        record -> {
          try {
            messages.add(WireReader.read(record.value()));
          } catch (UnreadableException e) {
            throw new AssertionError("a report cannot be read", e);
          }
        });
    return messages;
  }
}
