package io.sluice.operators;

import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.FrontOutput;
import io.sluice.domain.market.feature.FeatureRow;
import io.sluice.domain.scoring.Score;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What a market makes of a row, held back until the row has been taken in whole: of one that is
 * left out nothing goes anywhere, and what an operator behind throws is not the row's fault.
 */
class CollectedOutput implements FrontOutput {
  private final Counter refusedModels;
  private final List<Entry> entries = new ArrayList<>();
  private final List<CrashCandidate> candidates = new ArrayList<>();
  private final List<FeatureRow> bars = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<GateOutput> scores = new ArrayList<>();

  CollectedOutput(Counter refusedModels) {
    this.refusedModels = refusedModels;
  }

  @Override
  public void entry(Entry entry) {
    entries.add(entry);
  }

  @Override
  public void candidate(CrashCandidate candidate) {
    candidates.add(candidate);
  }

  @Override
  public void bar(FeatureRow row) {
    bars.add(row);
  }

  @Override
  public void event(Event event) {
    events.add(event);
  }

  @Override
  public void score(int place, Score score) {
    scores.add(GateOutput.of(place, score));
  }

  void clear() {
    entries.clear();
    candidates.clear();
    bars.clear();
    events.clear();
    scores.clear();
  }

  /**
   * @param number of the row
   */
  void emit(Output<StreamRecord<Sequenced>> output, long number) {
    for (Entry entry : entries) {
      output.collect(new StreamRecord<>(Sequenced.of(number, entry), number));
    }
    for (CrashCandidate candidate : candidates) {
      output.collect(MarketState.CANDIDATES, new StreamRecord<>(candidate, number));
    }
    for (FeatureRow row : bars) {
      output.collect(MarketState.BARS, new StreamRecord<>(GateOutput.of(row), number));
    }
    for (Event event : events) {
      if (event.type() == Event.Type.MODEL_REFUSED) {
        refusedModels.inc();
      }
      output.collect(MarketState.EVENTS, new StreamRecord<>(GateOutput.of(null, event), number));
    }
    for (GateOutput score : scores) {
      output.collect(MarketState.SCORES, new StreamRecord<>(score, number));
    }
    clear();
  }
}
