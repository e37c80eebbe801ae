package io.sluice.jobs.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a handful of records to a topic before anything runs, and waits until Kafka has them.
 * Where it does not take them, it says within seconds why, and ends after a time.
 */
public final class TopicWriter {
  /** A broker that is restarted, or a leader that changes, is back within it. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** For one that has nothing better to do than to wait. */
  public static final Duration FOR_EVER = Duration.ofDays(365);

  private final KafkaSettings kafka;
  private final Topic topic;
  private final Duration patience;

  /**
   * @param patience how long Kafka may take over all of the records
   */
  public TopicWriter(KafkaSettings kafka, Topic topic, Duration patience) {
    this.kafka = kafka;
    this.topic = topic;
    this.patience = patience;
  }

  /**
   * @param what they are, for messages: "the configuration"
   * @return where each of them stands
   * @throws TopicsException where Kafka has not taken all of them in time, or refuses them
   */
  public List<RecordMetadata> write(String what, List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException {
    Properties client = kafka.producer();
    client.put("max.block.ms", String.valueOf(patience.toMillis()));
    long end = System.nanoTime() + patience.toNanos();
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    try (Waiting waiting = Waiting.on(() -> notWritten(what))) {
      List<Future<RecordMetadata>> asked = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        asked.add(producer.send(record));
      }
      List<RecordMetadata> written = new ArrayList<>();
      for (Future<RecordMetadata> each : asked) {
        written.add(each.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
      }
      return written;
    } catch (InterruptException e) {
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (TimeoutException late) {
      throw givenUp(what);
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw givenUp(what);
      }
      throw new TopicsException(
          what
              + " cannot be written to "
              + kafka.nameOf(topic)
              + " at "
              + kafka.bootstrap()
              + ": "
              + Answers.innermost(cause));
    } finally {
      // What is not written by now is written by nobody.
      producer.close(Duration.ZERO);
    }
  }

  private String notWritten(String what) {
    return what + " is not written yet: " + Topics.troubleWith(kafka, topic);
  }

  private TopicsException givenUp(String what) {
    return new TopicsException(
        what
            + " is not written to the end after "
            + patience.toSeconds()
            + " s: "
            + Topics.troubleWith(kafka, topic)
            + "; then start again",
        true);
  }
}
