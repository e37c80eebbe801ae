package io.sluice.jobs.replay;

import io.sluice.domain.json.JsonWriter;
import io.sluice.jobs.input.Input;
import io.sluice.jobs.input.InputCounts;
import io.sluice.jobs.input.MergedInput;
import io.sluice.operators.edge.InputRecord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads the merged inputs in batches. Every batch ends with a watermark, so that nothing the
 * ordered edge holds lies before a checkpoint's barrier. Resumed behind the last line it gives the
 * end once more: what the end brings about is not in any checkpoint.
 */
final class ReplayReader implements SourceReader<InputRecord, ReplaySplit> {
  private static final int BATCH = 512;

  private final List<? extends Input> inputs;
  private final CompletableFuture<Void> hasSplit = new CompletableFuture<>();
  private ReplaySplit split;
  private MergedInput input;
  private long number;
  private long clockUs;

  ReplayReader(List<? extends Input> inputs) {
    this.inputs = inputs;
  }

  @Override
  public void start() {
    // The enumerator assigns the split as soon as the reader registers.
  }

  @Override
  public void addSplits(List<ReplaySplit> splits) {
    split = splits.get(0);
    hasSplit.complete(null);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<InputRecord> output) throws IOException {
    if (split == null) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    if (input == null) {
      open(output);
    }
    for (int i = 0; i < BATCH; i++) {
      if (!input.advance()) {
        output.collect(InputRecord.end(number + 1, clockUs, counts()), number + 1);
        output.emitWatermark(new Watermark(number + 1));
        return InputStatus.END_OF_INPUT;
      }
      give(output);
    }
    output.emitWatermark(new Watermark(number));
    return InputStatus.MORE_AVAILABLE;
  }

  private void open(ReaderOutput<InputRecord> output) throws IOException {
    input = new MergedInput(inputs, split.position());
    if (split.position() == null) {
      output.collect(InputRecord.start(), 0);
    } else {
      number = split.position().number();
      clockUs = split.position().clockUs();
    }
  }

  private void give(ReaderOutput<InputRecord> output) {
    if (input.row() == null) {
      output.collect(InputRecord.of(input.deadLetter(), number), number);
      return;
    }
    number = input.row().number();
    clockUs = input.row().clockUs();
    output.collect(InputRecord.of(input.row()), number);
  }

  private byte[] counts() {
    JsonWriter json = new JsonWriter();
    json.beginObject().name("files").beginArray();
    for (InputCounts file : input.counts()) {
      json.beginObject()
          .name("source")
          .value(file.source())
          .name("partition")
          .value(file.partition());
      json.name("kind").value(file.kind()).name("format").value(file.format());
      json.name("lines").value(file.lines()).name("readable").value(file.readable());
      json.name("dead_letters").value(file.deadLetters()).endObject();
    }
    return json.endArray().endObject().toBytes();
  }

  @Override
  public List<ReplaySplit> snapshotState(long checkpointId) {
    if (split == null) {
      return List.of();
    }
    return List.of(input == null ? split : new ReplaySplit(input.position()));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return hasSplit;
  }

  @Override
  public void notifyNoMoreSplits() {
    // There is one split; its end is the end.
  }

  @Override
  public void close() throws IOException {
    if (input != null) {
      input.close();
    }
  }
}
