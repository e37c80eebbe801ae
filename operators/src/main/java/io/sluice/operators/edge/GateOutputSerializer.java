package io.sluice.operators.edge;

import io.sluice.domain.journal.Event;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link GateOutput}. */
public final class GateOutputSerializer extends VersionedSerializer<GateOutput> {
  private static final long serialVersionUID = 1L;
  private static final GateOutput.Kind[] KINDS = GateOutput.Kind.values();

  @Override
  int version() {
    return 2;
  }

  @Override
  void write(GateOutput output, DataOutputView out) throws IOException {
    out.writeByte(output.kind().ordinal());
    Primitives.text(output.group(), out);
    out.writeLong(output.seq());
    out.writeInt(output.sub());
    Primitives.bytes(output.json(), out);
    Event event = output.event();
    out.writeBoolean(event != null);
    if (event != null) {
      EventSerializer.writeEvent(event, out);
    }
    out.writeLong(output.receivedUs());
  }

  @Override
  GateOutput read(int version, DataInputView in) throws IOException {
    GateOutput.Kind kind = KINDS[in.readByte()];
    String group = Primitives.text(in);
    long seq = in.readLong();
    int sub = in.readInt();
    byte[] json = Primitives.bytes(in);
    Event event = in.readBoolean() ? EventSerializer.readEvent(in) : null;
    long receivedUs = version > 1 ? in.readLong() : 0;
    return new GateOutput(kind, group, seq, sub, event, json, receivedUs);
  }

  @Override
  public TypeSerializerSnapshot<GateOutput> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<GateOutput> {
    public Snapshot() {
      super(GateOutputSerializer::new);
    }
  }
}
