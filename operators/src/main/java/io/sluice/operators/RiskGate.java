package io.sluice.operators;

import io.sluice.domain.config.Configuration.ClockSource;
import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.GroupSummary;
import io.sluice.domain.group.StateParts;
import io.sluice.domain.group.StateReader;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.JournalLine;
import io.sluice.domain.wire.ClockTick;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.state.DecodedParts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The gate, keyed by risk group: folds entries in the order in which they come and puts out
 * decisions, events and journal lines. On the event clock it also makes the clock entries, one for
 * each time at which something ends or begins by itself.
 */
public final class RiskGate extends AbstractStreamOperator<GateOutput>
    implements OneInputStreamOperator<Sequenced, GateOutput>, DecodedParts.Codec<RiskGate.Group> {
  private static final long serialVersionUID = 1L;

  /** Some tenths of a second of a busy gate: about a millisecond's work. */
  private static final int ENTRIES_BETWEEN_STORES = 500;

  private static final MapStateDescriptor<String, byte[]> PARTS =
      DecodedParts.descriptor("group-parts");

  /**
   * The name of the accumulator that holds each group's summary, canonical JSON, once its end has
   * come.
   */
  public static final String SUMMARIES = "group-summaries";

  private final ClockSource clock;
  private transient GroupFold fold;
  private transient DecodedParts<Group> groups;
  private transient ListAccumulator<String> summaries;
  private transient GateMetrics metrics;

  /** A group's state and which of its parts are stored. */
  record Group(GroupState state, StateParts parts) {}

  public RiskGate(ClockSource clock) {
    this.clock = clock;
  }

  @Override
  public void open() throws Exception {
    super.open();
    fold = new GroupFold();
    summaries = new ListAccumulator<>();
    getRuntimeContext().addAccumulator(SUMMARIES, summaries);
    metrics = new GateMetrics(SluiceMetrics.of(getRuntimeContext()));
    groups = new DecodedParts<>(this, getRuntimeContext().getMapState(PARTS), this::setCurrentKey);
  }

  @Override
  public void processElement(StreamRecord<Sequenced> element) throws Exception {
    Sequenced next = element.getValue();
    GroupState state = groups.get(next.group()).state();
    if (clock == ClockSource.EVENT) {
      tickUpTo(next.clockUs(), state);
    }
    if (next.entry() == null) {
      summaries.add(new String(GroupSummary.of(state), StandardCharsets.UTF_8));
    } else {
      fold(next.entry(), state);
    }
    groups.storeEvery(ENTRIES_BETWEEN_STORES);
  }

  private void tickUpTo(long clockUs, GroupState state) {
    for (long crossing = state.nextCrossingUs();
        crossing <= clockUs;
        crossing = state.nextCrossingUs()) {
      Cause cause = new Cause("clock", 0, crossing, 0);
      fold(new Entry(state.group(), cause, crossing, new ClockTick(crossing), null), state);
      if (state.nextCrossingUs() <= crossing) {
        throw new IllegalStateException(
            "group "
                + state.group()
                + " does not get past "
                + crossing
                + ": what was to end or begin then did not");
      }
    }
  }

  private void fold(Entry entry, GroupState state) {
    Effects effects = fold.apply(state, entry);
    if (effects == null) {
      metrics.repeated();
      return;
    }
    metrics.folded(state, effects);
    List<byte[]> decisions = new ArrayList<>(effects.decisions().size());
    for (Decision decision : effects.decisions()) {
      byte[] json = decision.toJson();
      decisions.add(json);
      emit(
          new GateOutput(
              GateOutput.Kind.DECISION, state.group(), effects.seq(), decision.sub(), null, json));
      if (clock == ClockSource.WALL && entry.snapshot() != null) {
        metrics.decided(entry.snapshot().frontTimeUs(), System.currentTimeMillis());
      }
    }
    for (Event event : effects.events()) {
      emit(GateOutput.of(state.group(), event));
    }
    JournalLine line =
        JournalLine.of(entry, effects.seq(), effects.gateTimeUs(), decisions, state.headHash());
    state.journaled(effects.seq(), line.hash());
    emit(
        new GateOutput(
            GateOutput.Kind.JOURNAL, state.group(), effects.seq(), 0, null, line.bytes()));
  }

  private void emit(GateOutput out) {
    output.collect(new StreamRecord<>(out));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    groups.store();
  }

  @Override
  public Group create(String group) {
    return new Group(new GroupState(group), new StateParts());
  }

  @Override
  public Group read(String group, Map<String, byte[]> parts) {
    StateParts tracking = new StateParts();
    return new Group(StateReader.read(group, parts, tracking), tracking);
  }

  @Override
  public Map<String, byte[]> takeChanged(Group group) {
    return group.parts().takeChanged(group.state());
  }
}
