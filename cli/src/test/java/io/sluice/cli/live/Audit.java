package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Verifier;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.live.LiveJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What must hold of the topics and the state of a gate that was stopped, whatever happened.
 *
 * @param isModelled whether a model trades too
 */
record Audit(KafkaSettings kafka, Load load, boolean isModelled) {

  /** The topics of which every record leaves a line in the journal, or a dead letter. */
  private static final List<Topic> JOURNALED =
      List.of(
          Topic.STRATEGY_INTENTS,
          Topic.EXECUTION_FILLS,
          Topic.EXECUTION_ORDERS,
          Topic.ACCOUNT_UPDATES,
          Topic.CONTROL_COMMANDS);

  /** The records that have come in and left no trace yet. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    for (Topic topic : JOURNALED) {
      TopicReader.readAll(
          kafka,
          topic,
          record -> missing.add(record.topic() + "/" + record.partition() + "/" + record.offset()));
    }
    TopicReader.readAll(
        kafka,
        Topic.RISK_JOURNAL,
        record -> missing.remove(JournalHead.of(record.value()).cause()));
    TopicReader.readAll(
        kafka, Topic.RISK_DEADLETTER, record -> missing.remove(record(Desk.json(record.value()))));
    return missing;
  }

  /**
   * @param gateFolders of all gates that wrote to the topics
   * @return how many journal lines came more than once
   */
  long check(Path... gateFolders) throws Exception {
    assertThat(missing()).isEmpty();
    Map<String, String> decisions =
        distinct(Topic.RISK_DECISIONS, line -> text(line, "decision_id"));
    everyIntentHasOneAndEveryControlHasHeldSomethingBack(decisions);
    distinct(Topic.RISK_EVENTS, line -> text(line, "event_id"));
    assertThat(distinct(Topic.RISK_DEADLETTER, line -> record(Desk.json(line))))
        .hasSize(load.unreadable());
    Map<String, String> journal =
        distinct(Topic.RISK_JOURNAL, line -> JournalHead.of(line).identity());
    long repeats = verified(decisions.size());

    for (Path folder : gateFolders) {
      everyGroupIsThatOfAGateThatNeverStopped(folder, journal);
    }
    return repeats;
  }

  private void everyGroupIsThatOfAGateThatNeverStopped(Path gateFolder, Map<String, String> journal)
      throws Exception {
    Map<String, Map<String, String>> states =
        GateStates.read(LiveJob.newestIn(gateFolder).orElseThrow());
    assertThat(states).containsOnlyKeys("first", "second", "third", "unassigned");
    Set<String> heads = new TreeSet<>();
    states.forEach((group, parts) -> heads.add(group + "/" + seq(parts)));
    SecondGate second = SecondGate.fold(kafka, heads);

    // Another gate may have written more lines since; they are the second gate's too.
    Map<String, String> folded = second.lines();
    journal.forEach((seq, line) -> assertThat(line).as(seq).isEqualTo(folded.get(seq)));
    states.forEach(
        (group, parts) -> {
          long head = seq(parts);
          for (long seq = 1; seq <= head; seq++) {
            assertThat(journal).containsKey(group + "/" + seq);
          }
          Map<String, String> expected = second.parts().get(group + "/" + head);
          assertThat(parts.keySet()).as(group).isEqualTo(expected.keySet());
          parts.forEach(
              (name, part) ->
                  assertThat(part).as(group + " " + name).isEqualTo(expected.get(name)));
        });
  }

  /** The topic's records by identity; those of one identity must be the same bytes. */
  private Map<String, String> distinct(Topic topic, Function<byte[], String> identity) {
    Map<String, String> records = new HashMap<>();
    TopicReader.readAll(
        kafka,
        topic,
        record -> {
          String text = new String(record.value(), StandardCharsets.UTF_8);
          String before = records.putIfAbsent(identity.apply(record.value()), text);
          assertThat(before).as(topic.wireName()).isIn(null, text);
        });
    return records;
  }

  private static String text(byte[] line, String field) {
    return Desk.json(line).path(field).textValue();
  }

  private static String record(JsonNode dead) {
    return dead.path("source").textValue()
        + "/"
        + dead.path("partition")
        + "/"
        + dead.path("offset");
  }

  private void everyIntentHasOneAndEveryControlHasHeldSomethingBack(Map<String, String> decisions) {
    Set<String> answered = new TreeSet<>();
    Set<String> ofModels = new TreeSet<>();
    Set<String> reasons = new TreeSet<>();
    for (String line : decisions.values()) {
      JsonNode decision = Desk.json(line.getBytes(StandardCharsets.UTF_8));
      boolean isModels = decision.path("origin").textValue().equals("MODEL");
      String intent = intent(decision);
      assertThat((isModels ? ofModels : answered).add(intent))
          .as("a second decision on %s", intent)
          .isTrue();
      decision.path("reasons").forEach(code -> reasons.add(code.textValue()));
    }
    assertThat(answered).isEqualTo(new TreeSet<>(load.readable()));
    assertThat(ofModels).isEqualTo(wishes());
    assertThat(ofModels.isEmpty()).isNotEqualTo(isModelled);
    assertThat(reasons).containsAll(Firm.CONTROLS);
  }

  private static String intent(JsonNode of) {
    return of.path("account").textValue() + "/" + of.path("intent_id").textValue();
  }

  /** What models have wished for and the gate has not answered yet. */
  Set<String> unanswered() {
    Set<String> unanswered = isModelled ? wishes() : new TreeSet<>();
    if (!unanswered.isEmpty()) {
      TopicReader.readAll(
          kafka,
          Topic.RISK_DECISIONS,
          record -> unanswered.remove(intent(Desk.json(record.value()))));
    }
    return unanswered;
  }

  /** What the front has wished for, each once: after a restart it may wish for it again. */
  private Set<String> wishes() {
    Set<String> wishes = new TreeSet<>();
    TopicReader.readAll(
        kafka,
        Topic.RISK_INPUTS,
        record -> {
          JsonNode input = Desk.json(record.value()).path("input");
          if (!input.path("model").isMissingNode() && !input.path("model").isNull()) {
            wishes.add(intent(input));
          }
        });
    return wishes;
  }

  private long verified(int decisions) {
    Verifier verifier = Verifier.ofTopic();
    TopicReader.readAll(
        kafka, Topic.RISK_JOURNAL, record -> assertThat(verifier.check(record.value())).isNull());
    assertThat(verifier.decisions()).isEqualTo(decisions);
    return verifier.repeats();
  }

  private static long seq(Map<String, String> parts) {
    return Desk.json(parts.get("head").getBytes(StandardCharsets.UTF_8)).path("seq").longValue();
  }
}
