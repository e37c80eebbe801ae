package io.sluice.operators.edge;

import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Row;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link InputRecord}. */
public final class InputRecordSerializer extends VersionedSerializer<InputRecord> {
  private static final long serialVersionUID = 1L;
  private static final InputRecord.Kind[] KINDS = InputRecord.Kind.values();

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(InputRecord input, DataOutputView out) throws IOException {
    out.writeByte(input.kind().ordinal());
    out.writeLong(input.number());
    out.writeLong(input.clockUs());
    switch (input.kind()) {
      case START -> {
        // The kind says it all.
      }
      case ROW -> {
        out.writeLong(input.row().orderTimeUs());
        Messages.write(input.row().cause(), out);
        Messages.write(input.row().message(), out);
      }
      case DEAD_LETTER -> {
        DeadLetter dead = input.deadLetter();
        Primitives.text(dead.source(), out);
        out.writeInt(dead.partition());
        out.writeLong(dead.offset());
        Primitives.text(dead.reason(), out);
        Primitives.text(dead.field(), out);
        Primitives.bytes(dead.bytes(), out);
        out.writeBoolean(dead.truncated());
      }
      case END -> Primitives.bytes(input.counts(), out);
    }
  }

  @Override
  InputRecord read(int version, DataInputView in) throws IOException {
    InputRecord.Kind kind = KINDS[in.readByte()];
    long number = in.readLong();
    long clockUs = in.readLong();
    return switch (kind) {
      case START -> InputRecord.start();
      case ROW -> {
        long orderTimeUs = in.readLong();
        var cause = Messages.readCause(in);
        yield InputRecord.of(new Row(Messages.read(in), cause, number, orderTimeUs, clockUs));
      }
      case DEAD_LETTER ->
          InputRecord.of(
              new DeadLetter(
                  Primitives.text(in),
                  in.readInt(),
                  in.readLong(),
                  Primitives.text(in),
                  Primitives.text(in),
                  Primitives.bytes(in),
                  in.readBoolean()),
              number);
      case END -> InputRecord.end(number, clockUs, Primitives.bytes(in));
    };
  }

  @Override
  public TypeSerializerSnapshot<InputRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<InputRecord> {
    public Snapshot() {
      super(InputRecordSerializer::new);
    }
  }
}
