package io.sluice.jobs.replay;

import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.operators.edge.InputRecord;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * All files of a replay, merged into one total order. It has a single reader whatever the job's
 * parallelism: the order is made here, once. Each record's timestamp is its place in that order,
 * and watermarks count rows.
 */
final class ReplaySource implements Source<InputRecord, ReplaySplit, Boolean> {
  private static final long serialVersionUID = 1L;

  /** An input file in a form that travels in the job graph. */
  private record FileTerms(
      String path, InputKind kind, int partition, FileFormat format, String instrument)
      implements Serializable {}

  private final ArrayList<FileTerms> files = new ArrayList<>();

  ReplaySource(List<InputFile> inputs) {
    for (InputFile input : inputs) {
      files.add(
          new FileTerms(
              input.path().toAbsolutePath().toString(),
              input.kind(),
              input.partition(),
              input.formatOrNull(),
              input.instrumentOrNull()));
    }
  }

  List<InputFile> files() {
    return files.stream()
        .map(
            file ->
                new InputFile(
                    Path.of(file.path), file.kind, file.partition, file.format, file.instrument))
        .toList();
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<InputRecord, ReplaySplit> createReader(SourceReaderContext context) {
    return new ReplayReader(files());
  }

  @Override
  public SplitEnumerator<ReplaySplit, Boolean> createEnumerator(
      SplitEnumeratorContext<ReplaySplit> context) {
    return new ReplayEnumerator(context, false);
  }

  @Override
  public SplitEnumerator<ReplaySplit, Boolean> restoreEnumerator(
      SplitEnumeratorContext<ReplaySplit> context, Boolean isAssigned) {
    return new ReplayEnumerator(context, isAssigned);
  }

  @Override
  public SimpleVersionedSerializer<ReplaySplit> getSplitSerializer() {
    return new ReplaySplit.Serializer();
  }

  @Override
  public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
    return new IsAssignedSerializer();
  }

  private static final class IsAssignedSerializer implements SimpleVersionedSerializer<Boolean> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Boolean isAssigned) {
      return new byte[] {(byte) (isAssigned ? 1 : 0)};
    }

    @Override
    public Boolean deserialize(int version, byte[] bytes) {
      return bytes[0] == 1;
    }
  }
}
