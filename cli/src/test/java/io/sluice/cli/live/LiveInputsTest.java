package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in may be anything, late, from a wrong clock, or not at all. */
class LiveInputsTest {
  private static final String INSTRUMENT = Firm.INSTRUMENTS.get(0);

  private static KafkaBroker broker;
  @TempDir Path folder;
  private int intents;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SharedBroker.get();
  }

  @Test
  void whatDoesNotReadIsADeadLetterAndStopsNothing() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("dead.");
    try (Desk desk = Desk.open(kafka);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 2))) {
      open(desk);
      Map<String, byte[]> expected = new HashMap<>();
      String trade = trade("100", Desk.nowUs());
      String intent = intent("wrong-topic", "1");
      dead(desk, expected, Topic.MARKET_TRADES, INSTRUMENT, bytes(intent));
      dead(desk, expected, Topic.EXECUTION_FILLS, INSTRUMENT, bytes(intent));
      dead(desk, expected, Topic.STRATEGY_INTENTS, INSTRUMENT, bytes(trade));
      dead(desk, expected, Topic.CONTROL_COMMANDS, "officer", bytes(trade));
      dead(desk, expected, Topic.STRATEGY_INTENTS, INSTRUMENT, null);
      dead(desk, expected, Topic.MARKET_QUOTES, null, null);
      dead(desk, expected, Topic.STRATEGY_INTENTS, INSTRUMENT, new byte[] {-1, 0, 7, '{'});
      dead(desk, expected, Topic.ACCOUNT_UPDATES, "a1", bytes("{\"type\":\"account\"}"));
      String padding = " ".repeat(DeadLetter.MAX_KEPT_BYTES);
      dead(desk, expected, Topic.STRATEGY_INTENTS, INSTRUMENT, bytes(intent + padding));

      // What only Sluice itself writes to.
      String entry = entry(desk, "first");
      for (String line :
          List.of(
              "no JSON",
              "{}",
              "{\"group\":\"first\"}",
              entry.replace("\"type\":\"intent\"", "\"type\":\"nothing\""),
              entry.replaceFirst("\"input\":\\{.*?\\}", "\"input\":" + trade),
              entry.replaceFirst("\"snapshot\":\\{.*\\}\\}", "\"snapshot\":null}"),
              entry.replaceFirst("\"front_time_us\":\\d+", "\"front_time_us\":null"),
              entry.replaceFirst("\"offset\":\\d+", "\"offset\":null"),
              entry.replaceFirst("\"offset\":\\d+", "\"offset\":-1"),
              entry.replace("\"crashes\":[]", "\"crashes\":[{\"window_ms\":0,\"drop\":\"0.02\"}]"),
              entry.replaceFirst("\"intent_id\":\"[^\"]*\"", "\"intent_id\":null"),
              entry.replaceFirst("\"account\":\"[^\"]*\"", "\"account\":null"))) {
        assertThat(line).isNotEqualTo(entry);
        dead(desk, expected, Topic.RISK_INPUTS, "first", bytes(line));
      }
      String stranger = entry.replace("\"group\":\"first\"", "\"group\":\"nobody\"");
      dead(desk, expected, Topic.RISK_INPUTS, "nobody", bytes(stranger));
      dead(desk, expected, Topic.RISK_INPUTS, "second", bytes(entry));
      dead(desk, expected, Topic.RISK_INPUTS, null, bytes(entry));
      dead(desk, expected, Topic.RISK_INPUTS, "first", null);

      assertThat(answer(desk).path("verdict").textValue()).isEqualTo("ALLOW");
      Desk.awaitThat(
          () -> desk.all(Topic.RISK_DEADLETTER).size() >= expected.size(), "the dead letters");
      Map<String, byte[]> found = new HashMap<>();
      for (byte[] line : desk.all(Topic.RISK_DEADLETTER)) {
        JsonNode letter = Desk.json(line);
        byte[] kept = Base64.getDecoder().decode(letter.path("bytes_base64").textValue());
        assertThat(letter.path("reason").textValue()).isNotBlank();
        assertThat(letter.path("truncated").booleanValue())
            .isEqualTo(kept.length == DeadLetter.MAX_KEPT_BYTES);
        found.put(
            letter.path("source").textValue()
                + "/"
                + letter.path("partition")
                + "/"
                + letter.path("offset"),
            kept);
      }
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (record, bytes) -> assertThat(found.get(record)).as(record).isEqualTo(bytes));
    }
  }

  /** Nothing after it can be folded right by this build; to start again would change nothing. */
  @Test
  void aConfigurationForOtherRulesStopsTheGateAndSaysSo() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("rules.");
    try (Desk desk = Desk.open(kafka);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 1))) {
      String config =
          new String(desk.all(Topic.RISK_INPUTS).get(0), StandardCharsets.UTF_8)
              .replaceFirst("\"rule_set\":\\d+", "\"rule_set\":99");
      desk.send(Topic.RISK_INPUTS, Desk.json(bytes(config)).path("group").asText(), config);
      assertThatThrownBy(gate::await)
          .hasMessageStartingWith("the gate has stopped: the configuration of group ")
          .hasMessageContaining("is for rule set 99")
          .hasMessageContaining("run the build that has it");
    }
  }

  /** Its clock would be theirs, and each record stands in the topic for good. */
  @Test
  void whatProducersStampIsLeftOutAndTheGateGoesOnBehindIt() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("stamped.");
    try (Desk desk = Desk.open(kafka);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 1))) {
      open(desk);
      stampBy("CreateTime", kafka, Topic.RISK_INPUTS);
      Desk.awaitThat(
          () -> {
            desk.send(Topic.STRATEGY_INTENTS, INSTRUMENT, intent("unstamped-" + intents++, "0.1"));
            return !desk.all(Topic.RISK_DEADLETTER).isEmpty();
          },
          "a dead letter");
      JsonNode letter = Desk.json(desk.all(Topic.RISK_DEADLETTER).get(0));
      assertThat(letter.path("source").textValue()).isEqualTo("stamped.risk.inputs");
      assertThat(letter.path("reason").textValue()).contains("LogAppendTime");

      String leftOut = "unstamped-" + (intents - 1);
      assertThat(decisions(desk, leftOut)).isEmpty();
      stampBy("LogAppendTime", kafka, Topic.RISK_INPUTS);
      Desk.awaitThat(
          () -> {
            desk.send(Topic.STRATEGY_INTENTS, INSTRUMENT, intent(leftOut, "0.1"));
            return !decisions(desk, leftOut).isEmpty();
          },
          "a decision on what was left out, once it comes again");
    }
  }

  private static void stampBy(String type, KafkaSettings kafka, Topic topic) throws Exception {
    try (Admin admin = Admin.create(kafka.client())) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, kafka.nameOf(topic)),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("message.timestamp.type", type),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  @Test
  void theSameIdWithOtherContentIsReported() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("duplicate.");
    try (Desk desk = Desk.open(kafka);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 1))) {
      open(desk);
      String first = intent("twice", "1");
      desk.send(Topic.STRATEGY_INTENTS, INSTRUMENT, first);
      desk.send(Topic.STRATEGY_INTENTS, INSTRUMENT, first);
      desk.send(Topic.STRATEGY_INTENTS, INSTRUMENT, intent("twice", "2"));
      assertThat(answer(desk).path("verdict").textValue()).isEqualTo("ALLOW");
      awaitEvent(desk, "DUPLICATE_INTENT");
      assertThat(events(desk, "DUPLICATE_INTENT")).hasSize(1);
      assertThat(decisions(desk, "twice")).hasSize(1);
    }
  }

  @Test
  void noSendersClockMakesOldDataLookFreshAndSilenceIsNoticed() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("stale.");
    try (Desk desk = Desk.open(kafka);
        EmbeddedGate gate =
            EmbeddedGate.unbounded(Firm.options(folder, kafka, 1, MAX_DATA_AGE_MS))) {
      open(desk);
      desk.send(Topic.MARKET_TRADES, INSTRUMENT, trade("100", Desk.nowUs() + HOUR_US));
      Desk.awaitThat(() -> isAllowed(answer(desk)), "data that has just arrived is fresh");

      // No more data: however far ahead its stamp, it grows old from its arrival on.
      Desk.awaitThat(() -> isRefusedAsStale(answer(desk)), "the data grows old");
      awaitEvent(desk, "DATA_STALE");
      assertThat(events(desk, "DATA_STALE").get(0).path("instrument").textValue())
          .isEqualTo(INSTRUMENT);

      desk.send(Topic.MARKET_TRADES, INSTRUMENT, trade("100", Desk.nowUs() - HOUR_US));
      assertThat(isRefusedAsStale(answer(desk))).as("it says itself that it is old").isTrue();
      desk.send(Topic.MARKET_TRADES, INSTRUMENT, trade("100", Desk.nowUs()));
      Desk.awaitThat(() -> isAllowed(answer(desk)), "new data is fresh");
      awaitEvent(desk, "DATA_FRESH");
    }
  }

  /** Its first trade has fallen from nothing, unless it knows what came before. */
  @Test
  void aGateWithoutACheckpointKnowsTheHighOfItsLongestCrashWindow() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("window.");
    stampedByProducers(kafka, Topic.MARKET_TRADES);
    Path file = Firm.file(folder, kafka, 60_000);
    Files.writeString(
        file, "crash_rules: [{window_ms: 3600000, drop: \"0.03\"}]\n", StandardOpenOption.APPEND);
    try (Desk desk = Desk.open(kafka);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      long highUs = Desk.nowUs() - 50 * 60_000_000L;
      producer
          .send(
              new ProducerRecord<>(
                  kafka.nameOf(Topic.MARKET_TRADES),
                  null,
                  highUs / 1_000,
                  bytes(INSTRUMENT),
                  bytes(trade("110", highUs))))
          .get();
      try (EmbeddedGate gate =
          EmbeddedGate.unbounded(
              new EmbeddedGate.Options(
                  ConfigurationFile.readJob(file),
                  Path.of("src/test/flink-conf/chaos"),
                  Firm.stateIn(folder),
                  1,
                  0))) {
        open(desk);
        Desk.awaitThat(
            () -> answer(desk).path("reasons").toString().contains("R30"),
            "a refusal for the crash since the high of 50 minutes ago");
      }
    }
  }

  private static void stampedByProducers(KafkaSettings kafka, Topic topic) throws Exception {
    Map<String, String> configuration = new HashMap<>(topic.configuration());
    configuration.put("message.timestamp.type", "CreateTime");
    try (Admin admin = Admin.create(kafka.client())) {
      admin
          .createTopics(
              List.of(new NewTopic(kafka.nameOf(topic), 1, (short) 1).configs(configuration)))
          .all()
          .get();
    }
  }

  @Test
  void moreTasksThanPartitionsDoNotStopTime() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("many-tasks.");
    try (Desk desk = Desk.open(kafka);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 12))) {
      open(desk);
      assertThat(isAllowed(answer(desk))).isTrue();
      Set<String> all = Set.of("group:first", "group:second", "group:third", "group:unassigned");
      Desk.awaitThat(
          () -> {
            Set<String> alive = new TreeSet<>();
            events(desk, "HEARTBEAT").forEach(beat -> alive.add(beat.path("scope").textValue()));
            return alive.equals(all);
          },
          "a heartbeat of every group");
    }
  }

  /** A source finds what partitions a topic is given while it runs. */
  @Test
  void whatComesToAPartitionThatIsAddedIsRead() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("more-partitions.");
    Path file = Firm.file(folder, kafka, 60_000);
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "topic_prefix: ",
                "properties: {partition.discovery.interval.ms: 200}, topic_prefix: "));
    try (Desk desk = Desk.open(kafka);
        EmbeddedGate gate =
            EmbeddedGate.unbounded(
                new EmbeddedGate.Options(
                    ConfigurationFile.readJob(file),
                    Path.of("src/test/flink-conf/chaos"),
                    Firm.stateIn(folder),
                    1,
                    0));
        Admin admin = Admin.create(kafka.client());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      open(desk);
      String topic = kafka.nameOf(Topic.STRATEGY_INTENTS);
      int added = producer.partitionsFor(topic).size();
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(added + 1))).all().get();
      producer
          .send(
              new ProducerRecord<>(
                  topic, added, bytes(INSTRUMENT), bytes(intent("on-the-new-one", "1"))))
          .get();
      Desk.awaitThat(() -> !decisions(desk, "on-the-new-one").isEmpty(), "its decision");
    }
  }

  private static final int MAX_DATA_AGE_MS = 5_000;
  private static final long HOUR_US = 3_600_000_000L;

  /** Books and a price. */
  private void open(Desk desk) {
    desk.send(
        Topic.ACCOUNT_UPDATES,
        "a1",
        "{\"type\":\"account\",\"account\":\"a1\",\"currency\":\"USD\",\"cash\":\"1000000\",\"positions\":[],\"event_time_us\":%d}"
            .formatted(Desk.nowUs()));
    desk.send(Topic.MARKET_TRADES, INSTRUMENT, trade("100", Desk.nowUs()));
    Desk.awaitThat(
        () -> desk.all(Topic.RISK_JOURNAL).stream().anyMatch(LiveInputsTest::isSnapshot),
        "the account's snapshot folded");
  }

  private static boolean isSnapshot(byte[] line) {
    return Desk.json(line).path("input").path("type").asText().equals("account");
  }

  private static String trade(String price, long stampUs) {
    return "{\"type\":\"trade\",\"instrument\":\"%s\",\"price\":\"%s\",\"qty\":\"1\",\"event_time_us\":%d,\"receive_time_us\":%d}"
        .formatted(INSTRUMENT, price, stampUs, stampUs);
  }

  private static String intent(String id, String qty) {
    return "{\"type\":\"intent\",\"intent_id\":\"%s\",\"action\":\"NEW\",\"account\":\"a1\",\"strategy\":\"s\",\"instrument\":\"%s\",\"side\":\"BUY\",\"order_type\":\"MARKET\",\"qty\":\"%s\",\"time_in_force\":\"IOC\",\"event_time_us\":%d}"
        .formatted(id, INSTRUMENT, qty, Desk.nowUs());
  }

  /** Sends a small intent and waits for its decision. */
  private JsonNode answer(Desk desk) {
    String id = "asked-" + intents++;
    desk.send(Topic.STRATEGY_INTENTS, INSTRUMENT, intent(id, "0.1"));
    Desk.awaitThat(() -> !decisions(desk, id).isEmpty(), "a decision on " + id);
    return decisions(desk, id).get(0);
  }

  private static boolean isAllowed(JsonNode decision) {
    return decision.path("verdict").textValue().equals("ALLOW");
  }

  private static boolean isRefusedAsStale(JsonNode decision) {
    return decision.path("approved_qty").textValue().equals("0")
        && decision.path("reasons").toString().contains("R25");
  }

  private static List<JsonNode> decisions(Desk desk, String intentId) {
    return desk.all(Topic.RISK_DECISIONS).stream()
        .map(Desk::json)
        .filter(decision -> decision.path("intent_id").textValue().equals(intentId))
        .toList();
  }

  private static List<JsonNode> events(Desk desk, String type) {
    return desk.all(Topic.RISK_EVENTS).stream()
        .map(Desk::json)
        .filter(event -> event.path("type").textValue().equals(type))
        .toList();
  }

  private static void awaitEvent(Desk desk, String type) {
    Desk.awaitThat(() -> !events(desk, type).isEmpty(), "an event " + type);
  }

  /** An entry as the gate's own front writes it: that of an intent of the group. */
  private String entry(Desk desk, String group) {
    answer(desk);
    return desk.all(Topic.RISK_INPUTS).stream()
        .map(line -> new String(line, StandardCharsets.UTF_8))
        .filter(line -> line.contains("\"type\":\"intent\"") && line.contains(group))
        .findFirst()
        .orElseThrow();
  }

  private static void dead(
      Desk desk, Map<String, byte[]> expected, Topic topic, String key, byte[] value) {
    byte[] kept = value == null ? new byte[0] : value;
    expected.put(
        desk.send(topic, key, value),
        Arrays.copyOf(kept, Math.min(kept.length, DeadLetter.MAX_KEPT_BYTES)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
