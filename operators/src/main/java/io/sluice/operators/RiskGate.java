package io.sluice.operators;

import io.sluice.domain.config.Configuration.ClockSource;
import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupFold;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.GroupSummary;
import io.sluice.domain.group.UnknownRuleSetException;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.operators.state.DecodedParts;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The gate, keyed by risk group: folds entries in the order in which they come and puts out
 * decisions, events and journal lines. On the event clock it also makes the clock entries, one for
 * each time at which something ends or begins by itself.
 *
 * <p>A record that cannot be folded stands in the topic for good, before every gate that ever reads
 * it. It becomes a dead letter, and the state is what it would be without it.
 */
public final class RiskGate extends AbstractStreamOperator<GateOutput>
    implements OneInputStreamOperator<Sequenced, GateOutput>, DecodedParts.Codec<FoldedGroup> {
  private static final long serialVersionUID = 1L;

  /** Some tenths of a second of a busy gate: about a millisecond's work. */
  private static final int ENTRIES_BETWEEN_STORES = 500;

  /** The state that holds each group's parts by name. */
  public static final MapStateDescriptor<String, byte[]> PARTS =
      DecodedParts.descriptor("group-parts");

  /**
   * The name of the accumulator that holds each group's summary, canonical JSON, once its end has
   * come.
   */
  public static final String SUMMARIES = "group-summaries";

  private final ClockSource clock;
  private transient GroupFold fold;
  private transient DecodedParts<FoldedGroup> groups;
  private transient ListAccumulator<String> summaries;
  private transient GateMetrics metrics;

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
    FoldedGroup group = groups.get(next.group());
    if (clock == ClockSource.EVENT) {
      tickUpTo(next.clockUs(), group);
    }
    if (next.entry() == null) {
      summaries.add(new String(GroupSummary.of(group.state()), StandardCharsets.UTF_8));
    } else {
      fold(next, group);
    }
    groups.storeEvery(ENTRIES_BETWEEN_STORES);
  }

  private void tickUpTo(long clockUs, FoldedGroup group) {
    GroupState state = group.state();
    for (long crossing = state.nextCrossingUs();
        crossing <= clockUs;
        crossing = state.nextCrossingUs()) {
      Cause cause = new Cause("clock", 0, crossing, 0);
      Entry tick = new Entry(state.group(), cause, crossing, new ClockTick(crossing), null);
      emit(tick, group, group.fold(fold, tick));
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

  private void fold(Sequenced next, FoldedGroup group) throws Exception {
    FoldedGroup.Folded folded;
    try {
      folded = group.fold(fold, next.entry());
    } catch (UnknownRuleSetException e) {
      throw new SuppressRestartsException(e);
    } catch (RuntimeException e) {
      if (next.record() == null) {
        throw e;
      }
      leaveOut(next.record(), next.group(), group, e);
      return;
    }
    emit(next.entry(), group, folded);
  }

  private void leaveOut(TopicRecord record, String name, FoldedGroup torn, RuntimeException why)
      throws Exception {
    LOG.error(
        "{}-{} at offset {} cannot be folded and is left out",
        record.topic(),
        record.partition(),
        record.offset(),
        why);
    FoldedGroup group = groups.reload(name);
    group.foldLike(torn, fold);
    if (group.state().seq() == 0) {
      groups.forget(name);
    } else {
      // Else one record after the other that does not fold would each fold again all of them.
      groups.store();
      setCurrentKey(name);
      metrics.watch(group.state());
    }
    metrics.unfoldable();
    emit(
        GateOutput.of(
            DeadLetter.of(
                record.topic(),
                record.partition(),
                record.offset(),
                "the gate cannot fold it: " + LeftOut.reason(why),
                null,
                record.value())));
  }

  private void emit(Entry entry, FoldedGroup group, FoldedGroup.Folded folded) {
    if (folded == null) {
      metrics.repeated();
      return;
    }
    GroupState state = group.state();
    Effects effects = folded.effects();
    metrics.folded(state, effects);
    for (int i = 0; i < effects.decisions().size(); i++) {
      emit(
          new GateOutput(
              GateOutput.Kind.DECISION,
              state.group(),
              effects.seq(),
              effects.decisions().get(i).sub(),
              null,
              folded.line().decision(i),
              receivedUs(entry)));
    }
    for (Event event : effects.events()) {
      emit(GateOutput.of(state.group(), event));
    }
    emit(
        new GateOutput(
            GateOutput.Kind.JOURNAL,
            state.group(),
            effects.seq(),
            0,
            null,
            folded.line().bytes(),
            0));
  }

  private long receivedUs(Entry entry) {
    boolean isTimed = clock == ClockSource.WALL && entry.snapshot() != null;
    return isTimed ? entry.snapshot().frontTimeUs() : 0;
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
  public FoldedGroup create(String group) {
    return FoldedGroup.blank(group);
  }

  @Override
  public FoldedGroup read(String group, Map<String, byte[]> parts) {
    try {
      return FoldedGroup.read(group, parts);
    } catch (IllegalStateException e) {
      // To try again gives the same: it takes another build, or another savepoint.
      throw new SuppressRestartsException(e);
    }
  }

  @Override
  public Map<String, byte[]> takeChanged(FoldedGroup group) {
    return group.takeChanged();
  }
}
