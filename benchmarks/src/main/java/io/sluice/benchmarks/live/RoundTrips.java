package io.sluice.benchmarks.live;

import io.sluice.cli.live.Latencies;
import io.sluice.jobs.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Numbered records that are sent at fixed times and come back, on the same topic or, answered, on
 * another one. How long each took counts from when it was due to when a consumer has it.
 */
final class RoundTrips implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long NOT_YET = -1;

  /**
   * What is sent and how it is known again.
   *
   * @param record the n-th record
   * @param returnTopic where it comes back
   * @param number which record has come back; negative for one of somebody else
   */
  record Subject(
      String name,
      LongFunction<ProducerRecord<byte[], byte[]>> record,
      String returnTopic,
      ToLongFunction<byte[]> number) {}

  private final Subject subject;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread reading;
  private final long[] takenNanos;
  private final OpenLoop loop;
  private volatile long returned;
  private volatile long repeated;
  private volatile Throwable failure;

  private RoundTrips(KafkaSettings kafka, Subject subject, double perSecond, int count) {
    this.subject = subject;
    this.takenNanos = new long[count];
    Arrays.fill(takenNanos, NOT_YET);
    producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            kafka.client(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(subject.returnTopic()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    reading = new Thread(this::read, subject.name() + "-reader");
    reading.setDaemon(true);
    loop = OpenLoop.start(subject.name() + "-load", perSecond, count, Duration.ZERO, this::send);
    reading.start();
  }

  /**
   * Begins to send.
   *
   * @param count how many it will send
   */
  static RoundTrips start(KafkaSettings kafka, Subject subject, double perSecond, int count) {
    return new RoundTrips(kafka, subject, perSecond, count);
  }

  private void send(long n) {
    producer.send(
        subject.record().apply(n),
        (written, failed) -> {
          if (failed != null) {
            failure = failed;
          }
        });
  }

  private void read() {
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          returned(subject.number().applyAsLong(record.value()));
        }
      }
    } catch (WakeupException closing) {
      // Then it is done.
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void returned(long n) {
    if (n < 0) {
      return;
    }
    if (takenNanos[(int) n] != NOT_YET) {
      repeated = repeated + 1;
      return;
    }
    takenNanos[(int) n] = System.nanoTime() - loop.dueNanos(n);
    returned = returned + 1;
  }

  /** How many different records have come back so far. */
  long returned() {
    return returned;
  }

  /** How many came back once more. */
  long repeated() {
    return repeated;
  }

  /** Waits until all have been sent and come back, or so long after the last was sent. */
  void finish(Duration patience) throws InterruptedException {
    loop.finish();
    long deadline = System.nanoTime() + patience.toNanos();
    while (returned < takenNanos.length && System.nanoTime() < deadline) {
      requireNoFailure();
      Thread.sleep(20);
    }
    requireNoFailure();
  }

  void requireNoFailure() {
    if (failure != null) {
      throw new IllegalStateException(subject.name() + " broke off", failure);
    }
  }

  /** Of the records from the first to before the end; those that did not come back are left out. */
  Latencies latencies(int first, int end) {
    return Latencies.ofNanos(
        Arrays.stream(takenNanos, first, end).filter(taken -> taken != NOT_YET));
  }

  @Override
  public void close() throws InterruptedException {
    loop.close();
    consumer.wakeup();
    reading.join();
    consumer.close();
    producer.close(Duration.ofSeconds(5));
  }
}
