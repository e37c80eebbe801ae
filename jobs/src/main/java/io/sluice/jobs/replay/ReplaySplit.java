package io.sluice.jobs.replay;

import io.sluice.jobs.input.Position;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * All files of a replay as the one split of its source, with how far they have been read.
 *
 * @param position where reading goes on, or null before the start record
 * @param isEnded whether the end record has been given
 */
record ReplaySplit(Position position, boolean isEnded) implements SourceSplit {
  static final ReplaySplit START = new ReplaySplit(null, false);

  @Override
  public String splitId() {
    return "all-files";
  }

  /** Stores a split: whether it has ended, then the position if there is one. */
  static final class Serializer implements SimpleVersionedSerializer<ReplaySplit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(ReplaySplit split) {
      byte[] position = split.position == null ? new byte[0] : split.position.toBytes();
      byte[] bytes = new byte[position.length + 1];
      bytes[0] = (byte) (split.isEnded ? 1 : 0);
      System.arraycopy(position, 0, bytes, 1, position.length);
      return bytes;
    }

    @Override
    public ReplaySplit deserialize(int version, byte[] bytes) throws IOException {
      byte[] position = java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
      return new ReplaySplit(position.length == 0 ? null : Position.of(position), bytes[0] == 1);
    }
  }
}
