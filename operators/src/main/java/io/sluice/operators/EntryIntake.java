package io.sluice.operators;

import io.sluice.domain.config.Configuration.ClockSource;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.edge.TopicRecord;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads the records of {@code risk.inputs} back, and remembers how many partitions those were in:
 * with another number a group's entries would stand in two of them, in no order. On the wall clock
 * an entry's time is when the broker appended it: the one clock that every gate that ever folds the
 * topic sees alike.
 */
public final class EntryIntake extends ProcessFunction<TopicRecord, Sequenced>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<GateOutput> DEAD_LETTERS =
      new OutputTag<>("entry-dead-letters", EdgeType.GATE_OUTPUT);

  private static final ListStateDescriptor<Integer> PARTITIONS =
      new ListStateDescriptor<>("risk-inputs-partitions", Types.INT);

  private final ClockSource clock;
  private final int partitions;
  private transient ListState<Integer> stored;
  private transient Counter dead;

  /**
   * @param partitions of {@code risk.inputs}
   */
  public EntryIntake(ClockSource clock, int partitions) {
    this.clock = clock;
    this.partitions = partitions;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    stored = context.getOperatorStateStore().getListState(PARTITIONS);
    for (int before : stored.get()) {
      if (before != partitions) {
        throw new SuppressRestartsException(
            new IllegalStateException(
                "risk.inputs has "
                    + partitions
                    + " partitions, expected "
                    + before
                    + ", as when this state began: a group's entries would stand in two"
                    + " partitions, in no order; docs/kafka.md says what to do"));
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    stored.update(List.of(partitions));
  }

  @Override
  public void open(OpenContext context) {
    dead = SluiceMetrics.of(getRuntimeContext()).counter("deadLetters");
  }

  @Override
  public void processElement(TopicRecord record, Context context, Collector<Sequenced> out) {
    try {
      out.collect(placed(read(record), record));
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

  /**
   * On the wall clock nothing ends: each end would leave a summary behind, and a group its name.
   */
  private Sequenced placed(Sequenced read, TopicRecord record) throws UnreadableException {
    boolean isWallClock = clock == ClockSource.WALL;
    if (read.entry() == null) {
      if (isWallClock) {
        throw new UnreadableException(
            "the end of a bounded input, expected an entry: a gate on the wall clock has none",
            "end");
      }
      return read;
    }
    return Sequenced.of(record, isWallClock ? read.entry().at(appendedUs(record)) : read.entry());
  }

  private static Sequenced read(TopicRecord record) throws UnreadableException {
    if (record.value() == null) {
      throw new UnreadableException("no value (a tombstone), expected an entry", null);
    }
    Sequenced read = Sequenced.read(record.value());
    if (!read.group().equals(record.key())) {
      throw new UnreadableException(
          "group is \"" + read.group() + "\", expected the record's key \"" + record.key() + "\"",
          "group");
    }
    return read;
  }

  private static long appendedUs(TopicRecord record) throws UnreadableException {
    if (!record.isStampedByBroker()) {
      throw new UnreadableException(
          "its producer has stamped it, and the gate's clock would be the producer's; set"
              + " message.timestamp.type=LogAppendTime on "
              + record.topic(),
          null);
    }
    return record.appendedUs();
  }
}
