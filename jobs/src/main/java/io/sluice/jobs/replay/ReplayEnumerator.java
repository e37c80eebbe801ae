package io.sluice.jobs.replay;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Gives the one split to the one reader. */
final class ReplayEnumerator implements SplitEnumerator<ReplaySplit, Boolean> {
  private final SplitEnumeratorContext<ReplaySplit> context;
  private ReplaySplit split;

  ReplayEnumerator(SplitEnumeratorContext<ReplaySplit> context, boolean isAssigned) {
    this.context = context;
    this.split = isAssigned ? null : ReplaySplit.START;
  }

  @Override
  public void start() {
    // Nothing to discover: the inputs are known.
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    assign(subtask);
  }

  @Override
  public void addSplitsBack(List<ReplaySplit> splits, int subtask) {
    split = splits.isEmpty() ? split : splits.get(0);
  }

  @Override
  public void addReader(int subtask) {
    assign(subtask);
  }

  private void assign(int subtask) {
    if (split != null) {
      context.assignSplit(split, subtask);
      split = null;
    }
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public Boolean snapshotState(long checkpointId) {
    return split == null;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
