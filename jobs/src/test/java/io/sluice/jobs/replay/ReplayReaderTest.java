package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.operators.edge.InputRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever the reader is stopped, another goes on there and gives the same. */
class ReplayReaderTest {
  /** As many rows as two batches and a part of a third. */
  private static final int ROWS = 1_200;

  @TempDir Path folder;

  /** What a reader gave, as lines. */
  private static final class Given implements ReaderOutput<InputRecord> {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void collect(InputRecord record, long number) {
      String counts =
          record.counts() == null ? "" : new String(record.counts(), StandardCharsets.UTF_8);
      lines.add(record.kind() + " " + number + " " + record.clockUs() + counts);
    }

    @Override
    public void collect(InputRecord record) {
      throw new AssertionError("a record without its number");
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      lines.add("watermark " + watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      throw new AssertionError("idle");
    }

    @Override
    public void markActive() {
      throw new AssertionError("active");
    }

    @Override
    public SourceOutput<InputRecord> createOutputForSplit(String split) {
      throw new AssertionError("one split");
    }

    @Override
    public void releaseOutputForSplit(String split) {
      throw new AssertionError("one split");
    }
  }

  private List<InputFile> files() throws IOException {
    StringBuilder text = new StringBuilder("timestamp,price,amount\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(1_700_000_000L + i / 3).append(i % 100 == 7 ? ",none,1\n" : ",800,1\n");
    }
    Path file = Files.writeString(folder.resolve("trades.csv"), text);
    return List.of(new InputFile(file, InputKind.TRADES, 0, null, null));
  }

  @Test
  void aReaderGoesOnBehindAnyBatchAndAtTheEndGivesTheEndAgain() throws IOException {
    List<InputFile> files = files();
    Given whole = new Given();
    List<Integer> stops = new ArrayList<>();
    List<ReplaySplit> splits = new ArrayList<>();
    try (ReplayReader reader = new ReplayReader(files)) {
      reader.addSplits(List.of(ReplaySplit.START));
      InputStatus status = InputStatus.MORE_AVAILABLE;
      while (status == InputStatus.MORE_AVAILABLE) {
        stops.add(whole.lines.size());
        splits.addAll(reader.snapshotState(1));
        status = reader.pollNext(whole);
      }
      assertThat(status).isEqualTo(InputStatus.END_OF_INPUT);
      stops.add(whole.lines.size() - 2);
      splits.addAll(reader.snapshotState(2));
    }
    assertThat(splits).hasSize(4);
    assertThat(whole.lines.get(0)).startsWith("START 0 ");
    assertThat(whole.lines.get(whole.lines.size() - 2)).startsWith("END ").contains("\"lines\":");

    ReplaySplit.Serializer serializer = new ReplaySplit.Serializer();
    for (int i = 0; i < splits.size(); i++) {
      ReplaySplit stored = serializer.deserialize(1, serializer.serialize(splits.get(i)));
      assertThat(stored).isEqualTo(splits.get(i));
      Given rest = new Given();
      try (ReplayReader reader = new ReplayReader(files)) {
        reader.addSplits(List.of(stored));
        while (reader.pollNext(rest) == InputStatus.MORE_AVAILABLE) {
          // On to the end.
        }
      }
      assertThat(rest.lines).isEqualTo(whole.lines.subList(stops.get(i), whole.lines.size()));
    }
  }
}
