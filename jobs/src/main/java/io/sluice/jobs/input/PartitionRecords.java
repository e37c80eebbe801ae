package io.sluice.jobs.input;

import io.sluice.domain.wire.DeadLetter;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The values of a partition's records as lines. Offsets that are missing in between, as compaction
 * and transactions leave them, are nothing to it. An empty partition needs no connection.
 */
final class PartitionRecords implements Lines {
  /** How long the broker may give nothing where there is something. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int MAX_BYTES = DeadLetter.MAX_KEPT_BYTES;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final byte[] NONE = {};

  private final InputPartition input;
  private final TopicPartition partition;
  private final Function<InputPartition, Consumer<byte[], byte[]>> connect;
  private final Duration patience;

  /** Null until something has to be read. */
  private Consumer<byte[], byte[]> consumer;

  private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();
  private byte[] value;
  private long number = -1;
  private long taken;
  private long offset;

  /**
   * @param taken how many records were taken before, at least 0
   * @param offset behind the last of them; 0 where there are none
   */
  PartitionRecords(
      InputPartition input,
      long taken,
      long offset,
      Function<InputPartition, Consumer<byte[], byte[]>> connect,
      Duration patience) {
    this.input = input;
    this.partition = new TopicPartition(input.source(), input.partition());
    this.connect = connect;
    this.patience = patience;
    this.taken = taken;
    this.offset = Math.max(input.start(), offset);
  }

  @Override
  public boolean next() throws InputException {
    while (!fetched.hasNext() && offset < input.end()) {
      fetch();
    }
    if (offset >= input.end()) {
      return false;
    }
    ConsumerRecord<byte[], byte[]> record = fetched.next();
    if (record.offset() >= input.end()) {
      offset = input.end();
      return false;
    }
    value = record.value();
    number = record.offset();
    offset = number + 1;
    taken++;
    return true;
  }

  @Override
  public byte[] bytes() {
    return value == null ? NONE : value;
  }

  @Override
  public int from() {
    return 0;
  }

  @Override
  public int to() {
    return Math.min(bytes().length, MAX_BYTES);
  }

  @Override
  public boolean isTooLong() {
    return bytes().length > MAX_BYTES;
  }

  @Override
  public String defect() {
    return value == null
        ? "no value (a tombstone), expected a line of the wire"
        : Lines.super.defect();
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long taken() {
    return taken;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
    }
  }

  /** Gets records, or learns that behind the last one there are only offsets without. */
  private void fetch() throws InputException {
    long begun = System.nanoTime();
    try {
      if (consumer == null) {
        consumer = connect.apply(input);
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
      }
      while (true) {
        fetched = consumer.poll(POLL).iterator();
        if (fetched.hasNext()) {
          return;
        }
        long reached = Math.min(consumer.position(partition), input.end());
        if (reached > offset) {
          offset = reached;
          return;
        }
        if (System.nanoTime() - begun >= patience.toNanos()) {
          throw unread("gave nothing for " + patience.toSeconds() + " s");
        }
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw unread("could not be read: " + e.getMessage());
    }
  }

  private InputException unread(String wrong) {
    return new InputException(
        "%s at offset %d of %d to %d %s; check the broker at %s and the topic's retention, then start anew"
            .formatted(
                partition, offset, input.start(), input.end(), wrong, input.kafka().bootstrap()));
  }
}
