package io.sluice.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.ClockTick;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.Sequenced;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class OrderedEdgeTest {
  @Property(tries = 20)
  void entriesLeaveInTheirTotalOrderOnceTheWatermarkHasPassedThem(@ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    List<Sequenced> ordered = new ArrayList<>();
    for (long number = 0; number < 40; number++) {
      for (int sub = 0; sub < random.nextInt(4); sub++) {
        ordered.add(entry(number, sub));
      }
    }
    ordered.add(Sequenced.end(40, "g", 0));
    try (var edge = edge()) {
      for (int block = 0; block <= 40; block += 8) {
        int from = block;
        List<Sequenced> part =
            new ArrayList<>(
                ordered.stream().filter(next -> next.number() / 8 == from / 8).toList());
        Collections.shuffle(part, random);
        for (Sequenced next : part) {
          edge.processElement(next, next.number());
        }
        edge.processWatermark(block + 7);
        edge.prepareSnapshotPreBarrier(block);
      }
      assertThat(edge.extractOutputValues()).isEqualTo(ordered);
    }
  }

  @Test
  void whatTheWatermarkHasNotPassedIsHeldAndFailsACheckpoint() throws Exception {
    try (var edge = edge()) {
      edge.processElement(entry(2, 0), 2);
      edge.processElement(entry(1, 0), 1);
      edge.processWatermark(1);
      assertThat(edge.extractOutputValues()).containsExactly(entry(1, 0));
      assertThatThrownBy(() -> edge.prepareSnapshotPreBarrier(1))
          .hasMessageContaining("1 entries are held at a checkpoint");
      edge.processWatermark(2);
      edge.prepareSnapshotPreBarrier(2);
      assertThat(edge.extractOutputValues()).hasSize(2);
    }
  }

  private static OneInputStreamOperatorTestHarness<Sequenced, Sequenced> edge() throws Exception {
    var edge = new OneInputStreamOperatorTestHarness<>(new OrderedEdge());
    edge.setup(EdgeType.SEQUENCED.createSerializer(null));
    edge.open();
    return edge;
  }

  private static Sequenced entry(long number, int sub) {
    return Sequenced.of(
        number, new Entry("g", new Cause("f", 0, number, sub), 5, new ClockTick(5L), null));
  }
}
