package io.sluice.operators;

import io.sluice.domain.config.Configuration.ClockSource;
import io.sluice.domain.journal.Entry;
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
    dead = getRuntimeContext().getMetricGroup().counter("deadLetters");
  }

  @Override
  public void processElement(TopicRecord record, Context context, Collector<Sequenced> out) {
    try {
      Entry entry = read(record);
      boolean isWall = clock == ClockSource.WALL;
      out.collect(Sequenced.of(0, isWall ? entry.at(appendedUs(record)) : entry));
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

  private static Entry read(TopicRecord record) throws UnreadableException {
    if (record.value() == null) {
      throw new UnreadableException("no value (a tombstone), expected an entry", null);
    }
    Entry entry = Entry.read(record.value());
    if (!entry.group().equals(record.key())) {
      throw new UnreadableException(
          "group is \"" + entry.group() + "\", expected the record's key \"" + record.key() + "\"",
          "group");
    }
    return entry;
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
