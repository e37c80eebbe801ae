package io.sluice.sinks.files;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes an {@link OutputLine} between operators: the file's code in one byte, then key and line,
 * each as a four-byte length and its bytes. The format's version is {@link Snapshot}'s.
 */
public final class OutputLineSerializer extends TypeSerializerSingleton<OutputLine> {
  public static final OutputLineSerializer INSTANCE = new OutputLineSerializer();

  private static final long serialVersionUID = 1L;
  private static final byte[] EMPTY = {};

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public OutputLine createInstance() {
    return new OutputLine(OutputFile.DECISIONS, EMPTY, EMPTY);
  }

  @Override
  public OutputLine copy(OutputLine from) {
    return from;
  }

  @Override
  public OutputLine copy(OutputLine from, OutputLine reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(OutputLine record, DataOutputView target) throws IOException {
    target.writeByte(record.file().code());
    writeBytes(record.key(), target);
    writeBytes(record.line(), target);
  }

  @Override
  public OutputLine deserialize(DataInputView source) throws IOException {
    OutputFile file = OutputFile.ofCode(source.readByte());
    byte[] key = readBytes(source);
    return new OutputLine(file, key, readBytes(source));
  }

  @Override
  public OutputLine deserialize(OutputLine reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<OutputLine> snapshotConfiguration() {
    return new Snapshot();
  }

  private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  private static byte[] readBytes(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return bytes;
  }

  /** Names the format a savepoint was written in; its class name stands in savepoints. */
  public static final class Snapshot implements TypeSerializerSnapshot<OutputLine> {
    private static final int VERSION = 1;

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) {
      // The version, which Flink writes in front, says it all.
    }

    /**
     * @throws IOException for a format of a later build
     */
    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
        throws IOException {
      if (readVersion != VERSION) {
        throw new IOException(
            "output lines in format "
                + readVersion
                + ", this build reads "
                + VERSION
                + "; restore with the build that wrote them");
      }
    }

    @Override
    public TypeSerializer<OutputLine> restoreSerializer() {
      return INSTANCE;
    }

    @Override
    public TypeSerializerSchemaCompatibility<OutputLine> resolveSchemaCompatibility(
        TypeSerializerSnapshot<OutputLine> oldSerializerSnapshot) {
      return oldSerializerSnapshot instanceof Snapshot
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
