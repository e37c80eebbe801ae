package io.sluice.jobs.live;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.kafka.TopicsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedPartitionsTest {
  @TempDir Path folder;

  @Test
  void theFirstNumberStays() throws IOException {
    Path state = folder.resolve("state");
    FixedPartitions.require(state, "eu.risk.inputs", 8);
    FixedPartitions.require(state, "eu.risk.inputs", 8);
    for (int changed : new int[] {7, 12}) {
      assertThatThrownBy(() -> FixedPartitions.require(state, "eu.risk.inputs", changed))
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("eu.risk.inputs has " + changed + " partitions, expected 8")
          .hasMessageContaining("topics under another kafka.topic_prefix");
    }
    FixedPartitions.require(state, "eu.risk.inputs", 8);
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    Files.writeString(folder.resolve("partitions.json"), "{}");
    assertThatThrownBy(() -> FixedPartitions.require(folder, "risk.inputs", 8))
        .isInstanceOf(TopicsException.class)
        .hasMessageContaining("partitions.json does not say");
  }

  @Test
  void aGateWithoutAFolderHasNothingToAsk() throws IOException {
    FixedPartitions.require(null, "risk.inputs", 8);
    FixedPartitions.require(null, "risk.inputs", 9);
  }
}
