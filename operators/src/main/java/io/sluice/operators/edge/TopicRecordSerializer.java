package io.sluice.operators.edge;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link TopicRecord}. */
public final class TopicRecordSerializer extends VersionedSerializer<TopicRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(TopicRecord record, DataOutputView out) throws IOException {
    Primitives.text(record.topic(), out);
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.appendedUs());
    out.writeBoolean(record.isStampedByBroker());
    Primitives.text(record.key(), out);
    out.writeBoolean(record.value() != null);
    if (record.value() != null) {
      Primitives.bytes(record.value(), out);
    }
  }

  @Override
  TopicRecord read(int version, DataInputView in) throws IOException {
    return new TopicRecord(
        Primitives.text(in),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        Primitives.text(in),
        in.readBoolean() ? Primitives.bytes(in) : null);
  }

  @Override
  public TypeSerializerSnapshot<TopicRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TopicRecord> {
    public Snapshot() {
      super(TopicRecordSerializer::new);
    }
  }
}
