package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Trade;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A backlog of trades, and how fast the front gets through it; then, over the same backlog, the
 * control {@link ParseAndWrite}. A marker of each instrument stands after the first third of the
 * backlog and at its end: timed is what lies between, when everything has started and is compiled.
 * Stamps of trades lie 50 us apart, so that crash windows see the market they would see live.
 */
record ThroughputRun(int trades) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long SPACING_US = 50;
  private static final String WRITTEN = "bench.written";
  private static final List<Topic> OUTPUTS =
      List.of(Topic.RISK_INPUTS, Topic.RISK_DECISIONS, Topic.RISK_JOURNAL, Topic.RISK_EVENTS);

  /** What the gate wrote. */
  private record Written(long records, long bytes, long crashes) {}

  ObjectNode run(List<String> options) throws Exception {
    try (LiveStack stack = LiveStack.start("10m")) {
      stack.createTopic(WRITTEN, 1);
      preload(stack);
      KafkaSettings kafka = stack.kafka();
      double front;
      try (JavaProcess gate = stack.gate(options)) {
        front = perSecond(kafka, kafka.nameOf(Topic.RISK_INPUTS), gate);
      }
      Written written = written(kafka);
      double control;
      try (JavaProcess job = control(stack, options, written)) {
        control = perSecond(kafka, WRITTEN, job);
      }
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.put("trades_timed", timed()).put("records_written", written.records());
      result.put("crash_episodes", written.crashes());
      result.put("front_per_s", front).put("control_per_s", control);
      return result.put("front_to_control", front / control);
    }
  }

  private int timed() {
    return trades - trades / 3;
  }

  /** The trades, and an intent for every instrument, which makes its group ask for marks. */
  private void preload(LiveStack stack) {
    KafkaSettings kafka = stack.kafka();
    MarketTape tape = new MarketTape();
    IntentTape intents = new IntentTape("bench-");
    long nowUs = System.currentTimeMillis() * 1_000;
    try (var feed = stack.feed()) {
      for (int n = 0; n < trades; n++) {
        long timeUs = nowUs - (trades - n) * SPACING_US;
        if (n == trades / 3) {
          markers(kafka, tape, timeUs, feed);
        }
        send(kafka, tape.next(timeUs), feed);
      }
      markers(kafka, tape, nowUs, feed);
      for (int i = 0; i < LiveDesk.INSTRUMENTS; i++) {
        Intent intent = intents.intent((long) i * LiveDesk.accounts().size(), nowUs);
        feed.send(
            new ProducerRecord<>(
                kafka.nameOf(Topic.STRATEGY_INTENTS),
                LiveStack.key(intent.instrument()),
                intent.toJson()));
      }
    }
  }

  private static void markers(
      KafkaSettings kafka, MarketTape tape, long timeUs, KafkaProducer<byte[], byte[]> feed) {
    for (int i = 0; i < LiveDesk.INSTRUMENTS; i++) {
      send(kafka, tape.marker(i, timeUs), feed);
    }
  }

  private static void send(KafkaSettings kafka, Trade trade, KafkaProducer<byte[], byte[]> feed) {
    feed.send(
        new ProducerRecord<>(
            kafka.nameOf(Topic.MARKET_TRADES), LiveStack.key(trade.instrument()), trade.toJson()));
  }

  private JavaProcess control(LiveStack stack, List<String> options, Written written)
      throws Exception {
    long tradesPerRecord = Math.max(1, trades / Math.max(1, written.records()));
    return JavaProcess.start(
        stack.folder().resolve("control.log"),
        options,
        ParseAndWrite.class.getName(),
        List.of(
            stack.configuration().toString(),
            Path.of(System.getProperty("sluice.home", "."), "flink-conf/low-latency").toString(),
            WRITTEN,
            String.valueOf(tradesPerRecord),
            String.valueOf(written.bytes() / Math.max(1, written.records()))));
  }

  /** Trades a second between the two markers, by when the broker appended what came of them. */
  private double perSecond(KafkaSettings kafka, String topic, JavaProcess job) throws Exception {
    Map<String, List<Long>> seenMs = new HashMap<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (seenMs.size() < LiveDesk.INSTRUMENTS
          || seenMs.values().stream().anyMatch(times -> times.size() < 2)) {
        job.requireAlive();
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "the markers did not all come within " + PATIENCE + ": " + seenMs);
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          String instrument = markerOf(record.value());
          if (instrument != null) {
            seenMs.computeIfAbsent(instrument, i -> new ArrayList<>()).add(record.timestamp());
          }
        }
      }
    }
    long fromMs = seenMs.values().stream().mapToLong(times -> times.get(0)).max().orElseThrow();
    long toMs = seenMs.values().stream().mapToLong(times -> times.get(1)).max().orElseThrow();
    return timed() * 1e3 / (toMs - fromMs);
  }

  /** The instrument whose marker went into that record, or null. */
  private static String markerOf(byte[] record) throws UnreadableException {
    if (record[0] != '{') {
      return null;
    }
    JsonNode json = StrictJson.trusted(record);
    JsonNode made = json.has("input") ? json.path("input") : json;
    String price = made.path("last").asText(made.path("price").asText("0"));
    boolean isMark = made.path("type").asText().equals("mark") || !json.has("input");
    return isMark && MarketTape.isMarker(new BigDecimal(price))
        ? made.path("instrument").textValue()
        : null;
  }

  private static Written written(KafkaSettings kafka) {
    long[] sums = new long[3];
    for (Topic topic : OUTPUTS) {
      TopicReader.readAll(
          kafka,
          topic,
          record -> {
            sums[0]++;
            sums[1] += record.value().length;
            boolean isEvent = topic == Topic.RISK_EVENTS;
            sums[2] += isEvent && new String(record.value()).contains("FLASH_CRASH") ? 1 : 0;
          });
    }
    return new Written(sums[0], sums[1], sums[2]);
  }
}
