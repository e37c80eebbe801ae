package io.sluice.cli.live;

import io.sluice.domain.wire.Command;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.kafka.TopicsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a command to {@code control.commands} and waits for what the gate says to it. */
public final class CommandDesk {
  private static final long WRITE_S = 30;

  /** How long others are waited for after the first, where it is not known who has to answer. */
  private static final Duration REST = Duration.ofSeconds(2);

  private final KafkaSettings kafka;

  public CommandDesk(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * What came of a command.
   *
   * @param offset where it stands in {@code control.commands}
   * @param answers one for each group that answered, by name
   * @param silent groups that were expected to answer and have not
   */
  public record Answered(long offset, List<CommandAnswer> answers, Set<String> silent) {
    public boolean isDone() {
      return !answers.isEmpty()
          && silent.isEmpty()
          && answers.stream().noneMatch(CommandAnswer::isRefusal);
    }
  }

  /**
   * @param groups those that have to answer; empty where that is not known: then all that do soon
   *     after the first
   * @param patience how long to wait for them
   * @throws TopicsException where the command cannot be written
   */
  public Answered give(Command command, Set<String> groups, Duration patience)
      throws InterruptedException {
    try (Topics topics = Topics.open(kafka)) {
      topics.check();
    }
    try (TopicReader events = TopicReader.atEnd(kafka, Topic.RISK_EVENTS)) {
      long offset = write(command);
      Map<String, CommandAnswer> answers = new TreeMap<>();
      long end = System.nanoTime() + patience.toNanos();
      while (end - System.nanoTime() > 0
          && (groups.isEmpty() || !answers.keySet().containsAll(groups))) {
        for (var record : events.next()) {
          CommandAnswer.of(record.value(), command.commandId())
              .ifPresent(answer -> answers.put(answer.group(), answer));
        }
        if (groups.isEmpty() && !answers.isEmpty()) {
          end = Math.min(end, System.nanoTime() + REST.toNanos());
        }
      }
      Set<String> silent = new TreeSet<>(groups);
      silent.removeAll(answers.keySet());
      return new Answered(offset, new ArrayList<>(answers.values()), silent);
    }
  }

  private long write(Command command) throws InterruptedException {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    try {
      return producer
          .send(
              new ProducerRecord<>(
                  kafka.nameOf(Topic.CONTROL_COMMANDS),
                  command.scope().getBytes(StandardCharsets.UTF_8),
                  command.toJson()))
          .get(WRITE_S, TimeUnit.SECONDS)
          .offset();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new TopicsException(
          "the command "
              + command.commandId()
              + " is not known to stand in "
              + kafka.nameOf(Topic.CONTROL_COMMANDS)
              + " ("
              + (e instanceof TimeoutException ? "no answer in " + WRITE_S + " s" : e.getMessage())
              + "): see whether it does before giving it again");
    } finally {
      producer.close(Duration.ZERO);
    }
  }
}
