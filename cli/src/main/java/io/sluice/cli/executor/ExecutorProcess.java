package io.sluice.cli.executor;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Execution;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The reference executor on Kafka: reads decisions, the gate's heartbeats and public trades, and
 * writes order statuses, fills and first snapshots. One process for a set of topics: two would send
 * everything twice.
 */
public final class ExecutorProcess {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final long COMMIT_EVERY_US = 1_000_000L;
  private static final long SAY_EVERY_US = 60_000_000L;

  private final JobConfiguration configuration;
  private final PaperVenue.Terms terms;
  private final LongSupplier clockUs;
  private final Consumer<String> log;
  private volatile boolean stopping;
  private long nowUs;
  private volatile Totals totals = new Totals();

  /**
   * @param latencyUs how long something takes to the venue, microseconds
   * @param rejectShare share of orders and amendments the venue rejects, 0 to 1
   * @param partialFills in how many fills an order is filled, at least 1
   * @param clockUs the wall clock, epoch microseconds
   * @param log is told, in a line each, what could not be read, and once a minute how far it is
   * @throws ConfigurationException where the configuration does not leave execution to an executor
   */
  public ExecutorProcess(
      JobConfiguration configuration,
      long latencyUs,
      double rejectShare,
      int partialFills,
      LongSupplier clockUs,
      Consumer<String> log) {
    Configuration risk = configuration.risk();
    if (risk.execution().mode() != Execution.Mode.EXTERNAL) {
      throw new ConfigurationException(
          "execution.mode is paper, expected external: on paper the gate executes by itself");
    }
    if (risk.clock() != Configuration.ClockSource.WALL) {
      throw new ConfigurationException(
          "clock is event, expected wall: an executor holds valid_until_us against the wall clock");
    }
    BigDecimal slippage = risk.execution().slippage();
    this.configuration = configuration;
    this.terms =
        new PaperVenue.Terms(
            latencyUs, slippage, risk.execution().fee(), rejectShare, partialFills);
    this.clockUs = clockUs;
    this.log = log;
  }

  /** Ends {@link #run} soon; from any thread. */
  public void stop() {
    stopping = true;
  }

  /** What this run has done so far, in one line. */
  public String progress() {
    return totals.toString();
  }

  /**
   * Runs until it is stopped. What is open then is cancelled, because a paper venue forgets.
   *
   * @throws ConfigurationException where a secret is not to be found
   * @throws io.sluice.jobs.kafka.TopicsException where no broker answers, or topics are not there
   */
  public void run() throws InterruptedException {
    KafkaSettings kafka = configuration.kafka();
    kafka.requireSecrets();
    try (Topics topics = Topics.open(kafka)) {
      topics.check();
    }
    try (ReportTopics reports = new ReportTopics(kafka);
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumer(kafka))) {
      Reported reported = reports.readBack();
      Configuration risk = configuration.risk();
      PaperVenue venue = new PaperVenue(risk.instruments(), terms, reported.positions());
      Executor executor = new Executor(venue, reported);
      totals = executor.totals();
      begin(consumer, kafka);
      reports.write(executor.start(risk.accounts().values(), now()));
      long committedUs = now();
      long saidUs = now();
      while (!stopping) {
        step(consumer.poll(POLL), executor, reports);
        if (now() - committedUs >= COMMIT_EVERY_US) {
          // Everything that the decisions led to is written: they need not be read again.
          consumer.commitAsync();
          committedUs = now();
        }
        if (now() - saidUs >= SAY_EVERY_US) {
          log.accept(progress());
          saidUs = now();
        }
      }
      reports.write(executor.stop(now()));
      consumer.commitSync();
    }
  }

  /** Heartbeats first, so that an approval is not refused for a silence that has ended. */
  private void step(
      ConsumerRecords<byte[], byte[]> records, Executor executor, ReportTopics reports)
      throws InterruptedException {
    KafkaSettings kafka = configuration.kafka();
    for (ConsumerRecord<byte[], byte[]> event : records.records(kafka.nameOf(Topic.RISK_EVENTS))) {
      read(event, value -> executor.hear(value, now()));
    }
    List<Report> said = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> row : records.records(kafka.nameOf(Topic.MARKET_TRADES))) {
      read(
          row,
          value -> {
            if (WireReader.read(value) instanceof Trade trade) {
              said.addAll(executor.trade(trade, now()));
            }
          });
    }
    said.addAll(executor.advance(now()));
    for (ConsumerRecord<byte[], byte[]> decision :
        records.records(kafka.nameOf(Topic.RISK_DECISIONS))) {
      read(
          decision,
          value -> {
            Optional<Instruction> instruction = Instruction.read(value);
            if (instruction.isPresent()) {
              said.addAll(executor.decide(instruction.get(), now()));
            }
          });
    }
    reports.write(said);
    reports.write(executor.send(now()));
  }

  private interface Reader {
    void read(byte[] value) throws UnreadableException;
  }

  /** An unreadable trade or event is passed over; an unreadable decision is not acted on. */
  private void read(ConsumerRecord<byte[], byte[]> record, Reader reader) {
    try {
      if (record.value() == null) {
        throw new UnreadableException("an empty record where a JSON object was expected", null);
      }
      reader.read(record.value());
    } catch (UnreadableException e) {
      log.accept(
          record.topic()
              + "["
              + record.partition()
              + "]:"
              + record.offset()
              + " is passed over: "
              + e.getMessage());
    }
  }

  /** The wall clock, made monotone: a clock that steps back revives nothing. */
  private long now() {
    nowUs = Math.max(nowUs, clockUs.getAsLong());
    return nowUs;
  }

  /**
   * Decisions from where the last run got to, else all there are; of market and heartbeats the last
   * minute, which is all that still says something.
   */
  private void begin(KafkaConsumer<byte[], byte[]> consumer, KafkaSettings kafka) {
    List<TopicPartition> decisions = Partitions.of(consumer, kafka.nameOf(Topic.RISK_DECISIONS));
    List<TopicPartition> recent = new ArrayList<>();
    recent.addAll(Partitions.of(consumer, kafka.nameOf(Topic.RISK_EVENTS)));
    recent.addAll(Partitions.of(consumer, kafka.nameOf(Topic.MARKET_TRADES)));
    List<TopicPartition> all = new ArrayList<>(decisions);
    all.addAll(recent);
    consumer.assign(all);
    Map<TopicPartition, Long> fromMs = new HashMap<>();
    recent.forEach(partition -> fromMs.put(partition, (now() - Heartbeats.MAX_SILENCE_US) / 1_000));
    Map<TopicPartition, OffsetAndTimestamp> from = consumer.offsetsForTimes(fromMs);
    for (TopicPartition partition : recent) {
      OffsetAndTimestamp first = from.get(partition);
      if (first == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, first.offset());
      }
    }
  }

  private static Properties consumer(KafkaSettings kafka) {
    Properties properties = kafka.consumer();
    properties.put("group.id", kafka.group() + "-executor");
    properties.put("auto.offset.reset", "earliest");
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    return properties;
  }
}
