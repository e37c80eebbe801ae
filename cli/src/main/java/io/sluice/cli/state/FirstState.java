package io.sluice.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.live.EmbeddedGate;
import io.sluice.cli.stack.StackException;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.input.InputException;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.TopicWriter;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A gate's first savepoint. State follows from entries and from nothing else, so it is made by a
 * gate: the statement is written as position snapshots, folded, and the gate is stopped.
 */
public final class FirstState {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private FirstState() {}

  /**
   * @throws InputException where the statement does not speak of every account
   * @throws StackException where a state has begun already, or the gate does not fold it
   */
  public static StoredState make(Statement statement, EmbeddedGate.Options options)
      throws IOException, InterruptedException {
    JobConfiguration configuration = options.configuration();
    if (!statement.missing().isEmpty()) {
      throw new InputException(
          "the statement does not speak of the accounts "
              + statement.missing()
              + ", expected every configured one; an account that has nothing has cash 0");
    }
    requireNone(configuration.kafka(), options.folder());
    try (TopicReader journal = TopicReader.atEnd(configuration.kafka(), Topic.RISK_JOURNAL);
        EmbeddedGate gate = EmbeddedGate.unbounded(options)) {
      awaitFolded(write(statement, configuration.kafka()), journal);
      gate.stop();
    }
    StoredState state = StoredState.read(options.folder());
    requireAgrees(statement, state);
    return state;
  }

  private static void requireNone(KafkaSettings kafka, Path folder) throws IOException {
    if (LiveJob.newestIn(folder).isPresent()) {
      throw new StackException(
          folder
              + " holds state already, expected none: put it right with  ./sluice state correct");
    }
    try (Topics topics = Topics.open(kafka)) {
      topics.check();
      if (topics.contents().get(Topic.RISK_INPUTS).records() > 0) {
        throw new StackException(
            kafka.nameOf(Topic.RISK_INPUTS)
                + " holds entries already, so that the gate's state has begun; put it right with"
                + "  ./sluice state correct");
      }
    }
  }

  /** Where the snapshots stand: {@code topic/partition/offset}. */
  private static Set<String> write(Statement statement, KafkaSettings kafka)
      throws InterruptedException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (AccountSnapshot snapshot : statement.accounts()) {
      records.add(
          new ProducerRecord<>(
              kafka.nameOf(Topic.ACCOUNT_UPDATES),
              snapshot.account().getBytes(StandardCharsets.UTF_8),
              snapshot.toJson()));
    }
    Set<String> places = new HashSet<>();
    new TopicWriter(kafka, Topic.ACCOUNT_UPDATES, TopicWriter.PATIENCE)
        .write("the statement", records)
        .forEach(
            place -> places.add(place.topic() + "/" + place.partition() + "/" + place.offset()));
    return places;
  }

  private static void awaitFolded(Set<String> places, TopicReader journal) {
    Set<String> missing = new HashSet<>(places);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!missing.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "the gate did not fold the statement within " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> record : journal.next()) {
        missing.remove(causeOf(record));
      }
    }
  }

  private static String causeOf(ConsumerRecord<byte[], byte[]> record) {
    try {
      JsonNode cause = StrictJson.trusted(record.value()).path("cause");
      return cause.path("source").asText()
          + "/"
          + cause.path("partition")
          + "/"
          + cause.path("offset");
    } catch (UnreadableException e) {
      return "";
    }
  }

  private static void requireAgrees(Statement statement, StoredState state) {
    for (AccountSnapshot snapshot : statement.accounts()) {
      boolean agrees =
          state
              .bookOf(snapshot.account())
              .filter(book -> Differences.of(book, snapshot).areNone())
              .isPresent();
      if (!agrees) {
        throw new StackException(
            "the savepoint's books of "
                + snapshot.account()
                + " are not the statement's: did fills or snapshots come meanwhile? Look with"
                + "  ./sluice state --savepoint "
                + state.path());
      }
    }
  }
}
