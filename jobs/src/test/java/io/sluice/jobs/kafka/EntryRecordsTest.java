package io.sluice.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.ClockTick;
import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class EntryRecordsTest {
  private static final KafkaSettings KAFKA = new KafkaSettings("k:1", "p.", "g", Map.of());

  /** So that a topic that was written before this class said where to goes on in its order. */
  @Test
  void aGroupsPartitionIsThatOfKafkasOwnPartitioner() {
    Set<Integer> used = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      String group = "group-" + i;
      Entry entry =
          new Entry(group, new Cause("clock", 0, i, 0), 1, new ClockTick(10_000_000L), null);
      var record = new EntryRecords(KAFKA, 8).record(Sequenced.of(0, entry));
      byte[] key = group.getBytes(StandardCharsets.UTF_8);
      assertThat(record.key()).isEqualTo(key);
      assertThat(record.topic()).isEqualTo("p.risk.inputs");
      assertThat(record.partition()).isEqualTo(BuiltInPartitioner.partitionForKey(key, 8));
      assertThat(new EntryRecords(KAFKA, 8).partitionOf(group)).isEqualTo(record.partition());
      used.add(record.partition());
    }
    assertThat(used).hasSize(8);
  }
}
