package io.sluice.operators.edge;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Message;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link Sequenced}. */
public final class SequencedSerializer extends VersionedSerializer<Sequenced> {
  private static final long serialVersionUID = 1L;

  private final TopicRecordSerializer records = new TopicRecordSerializer();

  @Override
  int version() {
    return 2;
  }

  @Override
  void write(Sequenced sequenced, DataOutputView out) throws IOException {
    out.writeLong(sequenced.number());
    Primitives.text(sequenced.group(), out);
    out.writeLong(sequenced.clockUs());
    Entry entry = sequenced.entry();
    out.writeBoolean(entry != null);
    if (entry == null) {
      return;
    }
    out.writeLong(entry.gateTimeUs());
    Messages.write(entry.cause(), out);
    Messages.write(entry.input(), out);
    out.writeBoolean(entry.snapshot() != null);
    if (entry.snapshot() != null) {
      JsonWriter json = new JsonWriter();
      entry.snapshot().write(json);
      Primitives.bytes(json.toBytes(), out);
    }
    out.writeBoolean(sequenced.record() != null);
    if (sequenced.record() != null) {
      records.write(sequenced.record(), out);
    }
  }

  @Override
  Sequenced read(int version, DataInputView in) throws IOException {
    long number = in.readLong();
    String group = Primitives.text(in);
    long clockUs = in.readLong();
    if (!in.readBoolean()) {
      return new Sequenced(number, group, clockUs, null, null);
    }
    long gateTimeUs = in.readLong();
    Cause cause = Messages.readCause(in);
    Message input = Messages.read(in);
    var snapshot = in.readBoolean() ? snapshot(Primitives.bytes(in)) : null;
    Entry entry = new Entry(group, cause, gateTimeUs, input, snapshot);
    TopicRecord record =
        version > 1 && in.readBoolean() ? records.read(records.version(), in) : null;
    return new Sequenced(number, group, clockUs, entry, record);
  }

  private static io.sluice.domain.market.Snapshot snapshot(byte[] json) throws IOException {
    try {
      return io.sluice.domain.market.Snapshot.read(StrictJson.trusted(json));
    } catch (UnreadableException e) {
      throw new IOException("a snapshot on an edge does not read back: " + e.getMessage(), e);
    }
  }

  @Override
  public TypeSerializerSnapshot<Sequenced> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Sequenced> {
    public Snapshot() {
      super(SequencedSerializer::new);
    }
  }
}
