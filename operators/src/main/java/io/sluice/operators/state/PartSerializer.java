package io.sluice.operators.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Stored parts: bytes that nobody changes once they are written. Flink's heap backend copies a
 * key's whole map at the first access after every checkpoint; with Flink's own serializer that
 * would copy every byte of a group's state, and hold its decisions up meanwhile.
 *
 * <p>The form is that of Flink's {@link BytePrimitiveArraySerializer}, whose state is read.
 */
final class PartSerializer extends TypeSerializerSingleton<byte[]> {
  private static final long serialVersionUID = 1L;
  static final PartSerializer INSTANCE = new PartSerializer();
  private static final BytePrimitiveArraySerializer BYTES = BytePrimitiveArraySerializer.INSTANCE;

  private PartSerializer() {}

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public byte[] createInstance() {
    return BYTES.createInstance();
  }

  @Override
  public byte[] copy(byte[] part) {
    return part;
  }

  @Override
  public byte[] copy(byte[] part, byte[] reuse) {
    return part;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(byte[] part, DataOutputView out) throws IOException {
    BYTES.serialize(part, out);
  }

  @Override
  public byte[] deserialize(DataInputView in) throws IOException {
    return BYTES.deserialize(in);
  }

  @Override
  public byte[] deserialize(byte[] reuse, DataInputView in) throws IOException {
    return BYTES.deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    BYTES.copy(in, out);
  }

  @Override
  public TypeSerializerSnapshot<byte[]> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a checkpoint holds of it. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<byte[]> {
    public Snapshot() {
      super(() -> INSTANCE);
    }

    @Override
    public TypeSerializerSchemaCompatibility<byte[]> resolveSchemaCompatibility(
        TypeSerializerSnapshot<byte[]> old) {
      return old instanceof BytePrimitiveArraySerializer.BytePrimitiveArraySerializerSnapshot
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : super.resolveSchemaCompatibility(old);
    }
  }
}
