package io.sluice.operators;

import io.sluice.operators.edge.Sequenced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Puts the entries of a bounded replay into their total order again, however many market states
 * they came through: what Kafka's partition does for the live gate. Entries are held until the
 * watermark, which counts rows, has passed them.
 *
 * <p>It keeps no state: the source emits a watermark before it lets a checkpoint's barrier pass, so
 * that nothing is held then. Should anything be held all the same, the checkpoint fails rather than
 * lose it.
 */
public final class OrderedEdge extends AbstractStreamOperator<Sequenced>
    implements OneInputStreamOperator<Sequenced, Sequenced> {
  private static final long serialVersionUID = 1L;
  private static final Comparator<Sequenced> ORDER =
      Comparator.comparingLong(Sequenced::number).thenComparingInt(Sequenced::sub);

  private transient List<Sequenced> held;

  @Override
  public void open() throws Exception {
    super.open();
    held = new ArrayList<>();
  }

  @Override
  public void processElement(StreamRecord<Sequenced> element) {
    held.add(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (!held.isEmpty()) {
      held.sort(ORDER);
      int passed = 0;
      while (passed < held.size() && held.get(passed).number() <= mark.getTimestamp()) {
        Sequenced next = held.get(passed++);
        output.collect(new StreamRecord<>(next, next.number()));
      }
      held.subList(0, passed).clear();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    super.prepareSnapshotPreBarrier(checkpointId);
    if (!held.isEmpty()) {
      throw new IllegalStateException(
          held.size()
              + " entries are held at a checkpoint: the source let a barrier pass before its watermark");
    }
  }
}
