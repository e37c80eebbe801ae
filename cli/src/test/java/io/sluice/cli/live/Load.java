package io.sluice.cli.live;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Market, strategies and risk officers at some hundreds of records a second: the same choices for
 * the same seed, stamped with the time at which they are sent.
 */
final class Load implements AutoCloseable {
  private static final long STEP_NANOS = 10_000_000L;

  /**
   * So many unanswered, it waits: what piles up while a gate starts is not to depend on how fast
   * the machine is.
   */
  private static final int MOST_UNANSWERED = 400;

  /** All that is traded but what is only a rate. */
  private static final List<String> TRADED =
      Stream.concat(Firm.INSTRUMENTS.stream(), Stream.of(Firm.FOREIGN)).toList();

  private static final String HOLDINGS =
      Firm.INSTRUMENTS.stream()
          .map("{\"instrument\":\"%s\",\"qty\":\"50\",\"avg_price\":\"50\"}"::formatted)
          .collect(Collectors.joining(","));

  private final KafkaSettings kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random;
  private final IntSupplier answered;
  private final Thread thread = new Thread(this::run, "load");
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final double[] prices = {100, 50, 20, 25};
  private final List<Sent> recent = new ArrayList<>();
  private final Set<String> readable = new HashSet<>();
  private volatile boolean isStopped;
  private int unreadable;
  private volatile int step;
  private int next;
  private int commands;

  /** An intent that was sent, to be repeated, amended or cancelled. */
  private record Sent(String id, String account, String instrument, String line) {}

  private Load(KafkaSettings kafka, long seed, IntSupplier answered) {
    this.kafka = kafka;
    this.answered = answered;
    this.random = new Random(seed);
    Properties properties = kafka.producer();
    properties.put("metadata.recovery.strategy", "none");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Books first, then the flow.
   *
   * @param others accounts that have books and send no intents
   * @param answered how many intents have been
   */
  static Load start(KafkaSettings kafka, long seed, List<String> others, IntSupplier answered) {
    Load load = new Load(kafka, seed, answered);
    // Known from the start and kept, so that a broker that is away never holds up the flow.
    Topic.MARKET.forEach(topic -> load.producer.partitionsFor(kafka.nameOf(topic)));
    Topic.ORDERS.forEach(topic -> load.producer.partitionsFor(kafka.nameOf(topic)));
    Firm.ACCOUNTS.forEach(load::snapshot);
    Firm.HELD_BACK.forEach(load::snapshot);
    others.forEach(load::snapshot);
    load.thread.start();
    return load;
  }

  /** {@code account/intent_id} of every readable intent that was sent. */
  Set<String> readable() {
    return readable;
  }

  /** How many records were sent that do not read. */
  int unreadable() {
    return unreadable;
  }

  /** How far it has got: a step takes a hundredth of a second. */
  int steps() {
    return step;
  }

  /** Ends the flow; everything sent is in Kafka then. */
  void stop() throws InterruptedException {
    isStopped = true;
    thread.join();
    producer.flush();
    requireNoFailure();
  }

  void requireNoFailure() {
    if (failure.get() != null) {
      throw new AssertionError("the load failed", failure.get());
    }
  }

  private void run() {
    try {
      for (long due = System.nanoTime(); !isStopped; due += STEP_NANOS) {
        step = step + 1;
        if (readable.size() - answered.getAsInt() < MOST_UNANSWERED) {
          send();
        }
        LockSupport.parkNanos(due - System.nanoTime());
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void send() {
    trade();
    if (random.nextInt(3) == 0) {
      trade();
    }
    if (step % 7 == 0) {
      quote();
    }
    if (random.nextInt(10) < 7) {
      intent();
    }
    if (step % 150 == 0) {
      command();
    }
    if (step % 200 == 0) {
      String status = random.nextBoolean() ? "UP" : "DEGRADED";
      send(
          Topic.ACCOUNT_UPDATES,
          "TEST",
          "{\"type\":\"venue\",\"venue\":\"TEST\",\"status\":\"" + status + "\"" + stamp());
    }
    if (step % 300 == 0) {
      snapshot(one(Firm.ACCOUNTS));
    }
    if (step % 20 == 1) {
      trade(Firm.RATE, 1.2 + random.nextInt(5) / 100.0);
    }
    if (step % 100 == 1) {
      heartbeat();
    }
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void trade() {
    int i = random.nextInt(prices.length);
    double around = 100.0 / (1 + i);
    boolean isCrash = random.nextInt(400) == 0;
    prices[i] *= isCrash ? 0.96 : 1 + random.nextGaussian() * 0.001;
    prices[i] += (around - prices[i]) * 0.02;
    trade(TRADED.get(i), prices[i]);
  }

  private void trade(String instrument, double price) {
    send(
        Topic.MARKET_TRADES,
        instrument,
        "{\"type\":\"trade\",\"instrument\":\"%s\",\"price\":\"%.2f\",\"qty\":\"1\""
                .formatted(instrument, price)
            + stamp());
  }

  /** Further apart than was promised. */
  private void heartbeat() {
    send(
        Topic.CONTROL_COMMANDS,
        "quiet",
        ("{\"type\":\"control\",\"command_id\":\"b-%d\",\"command\":\"HEARTBEAT\","
                    + "\"scope\":\"account:quiet\",\"body\":{},\"issued_by\":\"quiet\",\"reason\":\"alive\"")
                .formatted(step)
            + stamp());
  }

  private void quote() {
    int i = random.nextInt(prices.length);
    double half = random.nextInt(10) == 0 ? -0.02 : 0.02;
    send(
        Topic.MARKET_QUOTES,
        TRADED.get(i),
        ("{\"type\":\"quote\",\"instrument\":\"%s\",\"bid\":\"%.2f\",\"bid_qty\":\"5\","
                    + "\"ask\":\"%.2f\",\"ask_qty\":\"5\"")
                .formatted(TRADED.get(i), prices[i] - half, prices[i] + half)
            + stamp());
  }

  private void intent() {
    int dice = random.nextInt(100);
    if (dice < 4) {

      send(Topic.STRATEGY_INTENTS, one(TRADED), unreadableLine());
    } else if (dice < 8 && !recent.isEmpty()) {
      Sent again = one(recent);
      send(Topic.STRATEGY_INTENTS, again.instrument(), again.line());
    } else if (dice < 11 && !recent.isEmpty()) {
      Sent other = one(recent);
      String line = other.line().replaceFirst("\"strategy\":\"[st]\"", "\"strategy\":\"other\"");
      send(Topic.STRATEGY_INTENTS, other.instrument(), line);
    } else if (dice < 25 && !recent.isEmpty()) {
      Sent target = one(recent);
      boolean isAmend = dice < 16;
      fresh(
          target.account(),
          target.instrument(),
          "\"action\":\"%s\",\"target_intent_id\":\"%s\"%s"
              .formatted(
                  isAmend ? "AMEND" : "CANCEL",
                  target.id(),
                  isAmend ? ",\"qty\":\"" + quantity() + "\"" : ""));
    } else {
      boolean isHeldBack = dice >= 34 && random.nextInt(4) == 0;
      String account = dice < 30 ? Firm.STRANGER : one(isHeldBack ? Firm.HELD_BACK : Firm.ACCOUNTS);
      String instrument = dice < 32 ? "TEST:UNLISTED" : one(TRADED);
      String side = dice < 34 ? "" : ",\"side\":\"" + (dice < 75 ? "BUY" : "SELL") + "\"";
      int i = Math.max(0, TRADED.indexOf(instrument));
      String order =
          dice % 3 == 0
              ? ",\"order_type\":\"LIMIT\",\"limit_price\":\"%.2f\"".formatted(prices[i])
              : ",\"order_type\":\"MARKET\"";
      fresh(
          account,
          instrument,
          "\"action\":\"NEW\"%s%s,\"qty\":\"%s\",\"time_in_force\":\"GTC\""
              .formatted(side, order, quantity()));
    }
  }

  private String quantity() {
    return random.nextInt(10) == 0 ? "40" : "0." + (1 + random.nextInt(9));
  }

  private void fresh(String account, String instrument, String rest) {
    String id = "i-" + next++;
    String line =
        "{\"type\":\"intent\",\"intent_id\":\"%s\",\"account\":\"%s\",\"strategy\":\"%s\",\"instrument\":\"%s\",%s"
                .formatted(id, account, random.nextInt(4) == 0 ? "t" : "s", instrument, rest)
            + stamp();
    readable.add(account + "/" + id);
    recent.add(new Sent(id, account, instrument, line));
    if (recent.size() > 200) {
      recent.remove(0);
    }
    send(Topic.STRATEGY_INTENTS, instrument, line);
  }

  private String unreadableLine() {
    unreadable++;
    return switch (random.nextInt(5)) {
      case 0 -> "{\"type\":\"intent\",\"intent_id\":\"x\"" + stamp();
      case 1 -> "{\"type\":\"intent\",\"intent_id\":\"\",\"account\":\"a1\"" + stamp();
      case 2 -> "no JSON";
      case 3 -> "{\"type\":\"trade\",\"instrument\":\"TEST:AAAUSD\"" + stamp();
      default -> null;
    };
  }

  private void command() {
    commands++;
    String id = "\"command_id\":\"c-%d\",".formatted(commands);
    String by = "\"issued_by\":\"officer\",\"reason\":\"load\"";
    if (commands % 3 == 0) {
      send(
          Topic.CONTROL_COMMANDS,
          "officer",
          ("{\"type\":\"control\",%s\"command\":\"SET_USER_RULE\",\"scope\":\"firm\",\"body\":{"
                      + "\"name\":\"r-%d\",\"when\":\"intent.account == 'held'\",\"then\":\"alert\"},%s,"
                      + "\"expires_at_us\":%d")
                  .formatted(id, commands, by, nowUs() + 3_000_000)
              + stamp());
      return;
    }
    String line =
        commands % 2 == 0
            ? ("{\"type\":\"control\",%s\"command\":\"SET_LIMITS\",\"scope\":\"account:%s\","
                    + "\"body\":{\"max_qty\":\"%.3f\"},%s")
                .formatted(id, one(Firm.ACCOUNTS), 4.0 - commands * 0.01, by)
            : ("{\"type\":\"control\",%s\"command\":\"HALT\",\"scope\":\"%s\",\"body\":{},%s,"
                    + "\"expires_at_us\":%d")
                .formatted(
                    id,
                    random.nextBoolean()
                        ? "instrument:" + one(Firm.INSTRUMENTS)
                        : "account:" + one(Firm.ACCOUNTS),
                    by,
                    nowUs() + 700_000);
    send(Topic.CONTROL_COMMANDS, "officer", line + stamp());
  }

  private void snapshot(String account) {
    send(
        Topic.ACCOUNT_UPDATES,
        account,
        ("{\"type\":\"account\",\"account\":\"%s\",\"currency\":\"USD\",\"cash\":\"1000000\","
                    + "\"positions\":[%s]")
                .formatted(account, HOLDINGS)
            + stamp());
  }

  private static String stamp() {
    return ",\"event_time_us\":" + nowUs() + "}";
  }

  private static long nowUs() {
    return System.currentTimeMillis() * 1_000;
  }

  private void send(Topic topic, String key, String line) {
    producer.send(
        new ProducerRecord<>(
            kafka.nameOf(topic),
            key.getBytes(StandardCharsets.UTF_8),
            line == null ? null : line.getBytes(StandardCharsets.UTF_8)),
        (sent, thrown) -> {
          if (thrown != null) {
            failure.compareAndSet(null, thrown);
          }
        });
  }

  @Override
  public void close() {
    isStopped = true;
    producer.close(java.time.Duration.ZERO);
  }
}
