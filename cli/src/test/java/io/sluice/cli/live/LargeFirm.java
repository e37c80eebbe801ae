package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Verifier;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A firm of many accounts in ten groups, each with ten positions, and a steady flow of intents. */
final class LargeFirm implements AutoCloseable {
  private static final int GROUPS = 10;
  private static final int POSITIONS = 10;
  private static final long STEP_NANOS = 20_000_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final KafkaSettings kafka;
  private final int instruments;
  private final int accounts;
  private final Random random;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Venue venue;
  private final Thread thread = new Thread(this::run, "large-flow");
  private volatile boolean isStopped;
  private volatile int sent;

  private LargeFirm(KafkaSettings kafka, int instruments, int accounts, long seed) {
    this.kafka = kafka;
    this.instruments = instruments;
    this.accounts = accounts;
    this.random = new Random(seed);
    this.producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    this.venue = Venue.open(kafka);
  }

  static LargeFirm open(KafkaSettings kafka, int instruments, int accounts, long seed) {
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    return new LargeFirm(kafka, instruments, accounts, seed);
  }

  private static String instrument(int number) {
    return "TEST:I" + number + "USD";
  }

  private String held(int account, int position) {
    return instrument((account * POSITIONS + position) % instruments);
  }

  /** Its configuration. */
  Path file(Path folder) throws IOException {
    String listed =
        IntStream.range(0, instruments)
            .mapToObj(
                i ->
                    "  - {id: \"%s\", base: I%d, quote: USD, kind: spot, tick: \"0.01\", lot: \"0.001\", min_qty: \"0.001\", max_qty: \"100\", min_notional: \"1\", multiplier: \"1\"}%n"
                        .formatted(instrument(i), i))
            .collect(Collectors.joining());
    String kept =
        IntStream.range(0, accounts)
            .mapToObj(
                i ->
                    "  - {id: a%d, group: g%d, profile: p, currency: USD, kind: cash, cash: \"1000000\"}%n"
                        .formatted(i, i % GROUPS))
            .collect(Collectors.joining());
    return Files.writeString(
        folder.resolve("large.yaml"),
        """
        instruments:
        %saccounts:
        %sprofiles: {p: {max_consecutive_losses: 1000}}
        limits:
          - {scope: firm, max_qty: "5", max_notional: "2000", collar: "0.05", max_position_notional: "30000", max_gross: "80000000", max_daily_loss: "5000000", max_drawdown: "0.9", max_data_age_ms: 600000}
        clock: wall
        control: {authority: tighten}
        execution: {mode: external}
        max_clock_skew_ms: 120000
        kafka: {bootstrap: "%s", topic_prefix: "%s"}
        """
            .formatted(listed, kept, kafka.bootstrap(), kafka.topicPrefix()));
  }

  /** A trade of every instrument, and every account's book. */
  void openBooks() {
    IntStream.range(0, instruments).forEach(this::trade);
    for (int account = 0; account < accounts; account++) {
      int one = account;
      String positions =
          IntStream.range(0, POSITIONS)
              .mapToObj(
                  i ->
                      "{\"instrument\":\"%s\",\"qty\":\"50\",\"avg_price\":\"50\"}"
                          .formatted(held(one, i)))
              .collect(Collectors.joining(","));
      send(
          Topic.ACCOUNT_UPDATES,
          "a" + account,
          "{\"type\":\"account\",\"account\":\"a%d\",\"currency\":\"USD\",\"cash\":\"1000000\",\"positions\":[%s]"
              .formatted(account, positions));
    }
    producer.flush();
  }

  void startFlow() {
    thread.start();
  }

  private void run() {
    for (long due = System.nanoTime(); !isStopped; due += STEP_NANOS) {
      trade(random.nextInt(instruments));
      trade(random.nextInt(instruments));
      intent();
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private void trade(int number) {
    send(
        Topic.MARKET_TRADES,
        instrument(number),
        "{\"type\":\"trade\",\"instrument\":\"%s\",\"price\":\"50\",\"qty\":\"1\""
            .formatted(instrument(number)));
  }

  private void intent() {
    int account = random.nextInt(accounts);
    String instrument = held(account, random.nextInt(POSITIONS));
    send(
        Topic.STRATEGY_INTENTS,
        instrument,
        "{\"type\":\"intent\",\"intent_id\":\"i-%d\",\"account\":\"a%d\",\"strategy\":\"s\",\"instrument\":\"%s\",\"action\":\"NEW\",\"side\":\"%s\",\"order_type\":\"MARKET\",\"qty\":\"0.5\",\"time_in_force\":\"IOC\""
            .formatted(sent, account, instrument, random.nextBoolean() ? "BUY" : "SELL"));
    sent = sent + 1;
  }

  private void send(Topic topic, String key, String line) {
    producer.send(
        new ProducerRecord<>(
            kafka.nameOf(topic),
            key.getBytes(StandardCharsets.UTF_8),
            (line + ",\"event_time_us\":" + Desk.nowUs() + "}").getBytes(StandardCharsets.UTF_8)));
  }

  int decisions() {
    return venue.decisions();
  }

  void awaitDecisions(int count) {
    Desk.awaitThat(() -> decisions() >= count, count + " decisions", PATIENCE);
  }

  /** Ends the flow, and waits until all of it is answered. */
  void settle() throws InterruptedException {
    isStopped = true;
    thread.join();
    producer.flush();
    awaitDecisions(sent);
  }

  /** None is missing, none was changed, and the journal derives all of them again. */
  void everyIntentHasOneDecision() {
    Map<String, String> decisions = new HashMap<>();
    Map<String, Integer> verdicts = new HashMap<>();
    TopicReader.readAll(
        kafka,
        Topic.RISK_DECISIONS,
        record -> {
          JsonNode decision = Desk.json(record.value());
          String text = new String(record.value(), StandardCharsets.UTF_8);
          String before = decisions.putIfAbsent(decision.path("intent_id").asText(), text);
          assertThat(before).isIn(null, text);
          verdicts.merge(decision.path("verdict").asText(), 1, Integer::sum);
        });
    assertThat(decisions).hasSize(sent);
    assertThat(verdicts).as("a load that is let through").containsKey("ALLOW");
    Verifier verifier = Verifier.ofTopic();
    TopicReader.readAll(
        kafka, Topic.RISK_JOURNAL, record -> assertThat(verifier.check(record.value())).isNull());
    assertThat(verifier.decisions()).isEqualTo(sent);
  }

  @Override
  public void close() {
    isStopped = true;
    venue.close();
    producer.close(Duration.ZERO);
  }
}
