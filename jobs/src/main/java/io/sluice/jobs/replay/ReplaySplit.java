package io.sluice.jobs.replay;

import io.sluice.jobs.input.Position;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * All inputs of a replay as the one split of its source, with how far they have been read.
 *
 * @param position where reading goes on, or null before the start record
 */
record ReplaySplit(Position position) implements SourceSplit {
  static final ReplaySplit START = new ReplaySplit(null);

  @Override
  public String splitId() {
    return "all-files";
  }

  /** Stores a split: the bytes of its position, none where it has not begun. */
  static final class Serializer implements SimpleVersionedSerializer<ReplaySplit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(ReplaySplit split) {
      return split.position == null ? new byte[0] : split.position.toBytes();
    }

    @Override
    public ReplaySplit deserialize(int version, byte[] bytes) throws IOException {
      return bytes.length == 0 ? START : new ReplaySplit(Position.of(bytes));
    }
  }
}
