package io.sluice.operators;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.TopicRecord;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads what comes in on topics, live: each record becomes a row stamped with its arrival, or a
 * dead letter. The arrival is when the broker appended the record, and never later than this
 * machine's clock, so that a sender who stamps records himself cannot make them look fresh.
 */
public final class WireIntake extends ProcessFunction<TopicRecord, InputRecord> {
  private static final long serialVersionUID = 1L;

  /** A stamp this far behind its arrival is late: crash windows are exact up to there. */
  private static final long LATE_US = 60_000_000L;

  private final Map<String, Set<Message.Kind>> kindsByTopic;
  private final long maxSkewUs;
  private transient Counter future;
  private transient Counter late;
  private transient Counter dead;

  /**
   * @param kindsByTopic what a topic may hold; anything else on it is a dead letter
   * @param maxSkewUs how far ahead of its arrival a stamp may be without being counted
   */
  public WireIntake(Map<String, Set<Message.Kind>> kindsByTopic, long maxSkewUs) {
    this.kindsByTopic = Map.copyOf(kindsByTopic);
    this.maxSkewUs = maxSkewUs;
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = SluiceMetrics.of(getRuntimeContext());
    future = metrics.counter("futureStamps");
    late = metrics.counter("lateRows");
    dead = metrics.counter("deadLetters");
  }

  @Override
  public void processElement(TopicRecord record, Context context, Collector<InputRecord> out) {
    out.collect(taken(record));
  }

  /** Whatever is wrong with a record, it stands in its topic and is read at every start. */
  private InputRecord taken(TopicRecord record) {
    try {
      return InputRecord.of(row(record));
    } catch (UnreadableException e) {
      return dead(record, e.getMessage(), e.field());
    } catch (RuntimeException e) {
      return dead(record, "it cannot be read: " + LeftOut.reason(e), null);
    }
  }

  private InputRecord dead(TopicRecord record, String reason, String field) {
    dead.inc();
    byte[] line = record.value() == null ? new byte[0] : record.value();
    return InputRecord.of(
        DeadLetter.of(record.topic(), record.partition(), record.offset(), reason, field, line), 0);
  }

  private Row row(TopicRecord record) throws UnreadableException {
    Message message = WireRecord.read(record, kindsByTopic.get(record.topic()));
    long arrivalUs = Math.min(record.appendedUs(), System.currentTimeMillis() * 1_000);
    Cause cause = new Cause(record.topic(), record.partition(), record.offset(), 0);
    return new Row(arrived(message, arrivalUs), cause, 0, arrivalUs, arrivalUs);
  }

  private Message arrived(Message message, long arrivalUs) {
    if (message instanceof Trade trade) {
      count(trade.eventTimeUs(), arrivalUs);
      return trade.arrivedAt(arrivalUs);
    }
    if (message instanceof Quote quote) {
      count(quote.eventTimeUs(), arrivalUs);
      return quote.arrivedAt(arrivalUs);
    }
    return message;
  }

  private void count(long eventTimeUs, long arrivalUs) {
    if (eventTimeUs - arrivalUs > maxSkewUs) {
      future.inc();
    } else if (arrivalUs - eventTimeUs > LATE_US) {
      late.inc();
    }
  }
}
