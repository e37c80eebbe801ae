package io.sluice.operators;

import io.sluice.domain.config.Configuration.ClockSource;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.edge.TopicRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads the records of {@code risk.inputs} back. On the wall clock an entry's time is when the
 * broker appended it: the one clock that every gate that ever folds the topic sees alike.
 */
public final class EntryIntake extends ProcessFunction<TopicRecord, Sequenced> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<GateOutput> DEAD_LETTERS =
      new OutputTag<>("entry-dead-letters", EdgeType.GATE_OUTPUT);

  private final ClockSource clock;
  private transient Counter dead;

  public EntryIntake(ClockSource clock) {
    this.clock = clock;
  }

  @Override
  public void open(OpenContext context) {
    dead = SluiceMetrics.of(getRuntimeContext()).counter("deadLetters");
  }

  @Override
  public void processElement(TopicRecord record, Context context, Collector<Sequenced> out) {
    try {
      Sequenced read = read(record);
      out.collect(
          read.entry() == null ? read : Sequenced.of(record, stamped(read.entry(), record)));
    } catch (UnreadableException e) {
      dead.inc();
      byte[] line = record.value() == null ? new byte[0] : record.value();
      context.output(
          DEAD_LETTERS,
          GateOutput.of(
              DeadLetter.of(
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  e.getMessage(),
                  e.field(),
                  line)));
    }
  }

  private Entry stamped(Entry entry, TopicRecord record) {
    return clock == ClockSource.WALL ? entry.at(appendedUs(record)) : entry;
  }

  /**
   * Whatever is wrong with a record, it stands in the topic for good and is read at every start.
   */
  private static Sequenced read(TopicRecord record) throws UnreadableException {
    if (record.value() == null) {
      throw new UnreadableException("no value (a tombstone), expected an entry", null);
    }
    Sequenced read;
    try {
      read = Sequenced.read(record.value());
    } catch (RuntimeException e) {
      throw new UnreadableException("it is no entry: " + e, null);
    }
    if (!read.group().equals(record.key())) {
      throw new UnreadableException(
          "group is \"" + read.group() + "\", expected the record's key \"" + record.key() + "\"",
          "group");
    }
    return read;
  }

  private static long appendedUs(TopicRecord record) {
    if (!record.isStampedByBroker()) {
      throw new IllegalStateException(
          "the topic "
              + record.topic()
              + " is stamped by its producers, and the gate's clock would be theirs; set"
              + " message.timestamp.type=LogAppendTime on it");
    }
    return record.appendedUs();
  }
}
