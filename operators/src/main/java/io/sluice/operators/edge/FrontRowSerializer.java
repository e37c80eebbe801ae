package io.sluice.operators.edge;

import io.sluice.domain.wire.Row;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link FrontRow}. */
public final class FrontRowSerializer extends VersionedSerializer<FrontRow> {
  private static final long serialVersionUID = 1L;

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(FrontRow front, DataOutputView out) throws IOException {
    Primitives.text(front.instrument(), out);
    Primitives.text(front.subscriber(), out);
    out.writeInt(front.firstSub());
    Row row = front.row();
    out.writeLong(row.number());
    out.writeLong(row.orderTimeUs());
    out.writeLong(row.clockUs());
    Messages.write(row.cause(), out);
    Messages.write(row.message(), out);
  }

  @Override
  FrontRow read(int version, DataInputView in) throws IOException {
    String instrument = Primitives.text(in);
    String subscriber = Primitives.text(in);
    int firstSub = in.readInt();
    long number = in.readLong();
    long orderTimeUs = in.readLong();
    long clockUs = in.readLong();
    var cause = Messages.readCause(in);
    return new FrontRow(
        instrument,
        new Row(Messages.read(in), cause, number, orderTimeUs, clockUs),
        subscriber,
        firstSub);
  }

  @Override
  public TypeSerializerSnapshot<FrontRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrontRow> {
    public Snapshot() {
      super(FrontRowSerializer::new);
    }
  }
}
