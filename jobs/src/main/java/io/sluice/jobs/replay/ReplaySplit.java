package io.sluice.jobs.replay;

import io.sluice.jobs.input.Position;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

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

  /**
   * @throws SuppressRestartsException where a newer build wrote it: to try again gives the same
   */
  static void requireReadable(int version, int newest) {
    if (version > newest) {
      throw new SuppressRestartsException(
          new IOException(
              "the state of a replay's source is of version "
                  + version
                  + ", this build reads versions up to "
                  + newest
                  + "; resume it with the build that wrote it"));
    }
  }

  /** Stores a split: the bytes of its position, none where it has not begun. */
  static final class Serializer implements SimpleVersionedSerializer<ReplaySplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(ReplaySplit split) {
      return split.position == null ? new byte[0] : split.position.toBytes();
    }

    @Override
    public ReplaySplit deserialize(int version, byte[] bytes) throws IOException {
      requireReadable(version, VERSION);
      return bytes.length == 0 ? START : new ReplaySplit(Position.of(bytes));
    }
  }
}
