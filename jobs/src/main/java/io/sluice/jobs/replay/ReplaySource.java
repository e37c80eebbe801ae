package io.sluice.jobs.replay;

import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.input.Input;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.input.InputPartition;
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
 * All inputs of a replay, merged into one total order. It has a single reader whatever the job's
 * parallelism: the order is made here, once. Each record's timestamp is its place in that order,
 * and watermarks count rows.
 */
public final class ReplaySource implements Source<InputRecord, ReplaySplit, Boolean> {
  private static final long serialVersionUID = 1L;

  /** An input file in a form that travels in the job graph. */
  private record FileTerms(
      String path, InputKind kind, int partition, FileFormat format, String instrument)
      implements Serializable {

    static FileTerms of(InputFile file) {
      return new FileTerms(
          file.path().toAbsolutePath().toString(),
          file.kind(),
          file.partition(),
          file.formatOrNull(),
          file.instrumentOrNull());
    }

    InputFile file() {
      return new InputFile(Path.of(path), kind, partition, format, instrument);
    }
  }

  /** Partitions travel as they are. */
  private final ArrayList<Serializable> inputs = new ArrayList<>();

  public ReplaySource(List<? extends Input> given) {
    for (Input input : given) {
      inputs.add(input instanceof InputFile file ? FileTerms.of(file) : (InputPartition) input);
    }
  }

  List<Input> inputs() {
    List<Input> given = new ArrayList<>();
    for (Serializable input : inputs) {
      given.add(input instanceof FileTerms file ? file.file() : (InputPartition) input);
    }
    return given;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<InputRecord, ReplaySplit> createReader(SourceReaderContext context) {
    return new ReplayReader(inputs());
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
      ReplaySplit.requireReadable(version, getVersion());
      return bytes[0] == 1;
    }
  }
}
