package io.sluice.operators.edge;

import io.sluice.domain.journal.Event;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link Event}. */
public final class EventSerializer extends VersionedSerializer<Event> {
  private static final long serialVersionUID = 1L;

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(Event event, DataOutputView out) throws IOException {
    writeEvent(event, out);
  }

  @Override
  Event read(int version, DataInputView in) throws IOException {
    return readEvent(in);
  }

  static void writeEvent(Event event, DataOutputView out) throws IOException {
    Primitives.text(event.eventId(), out);
    Primitives.text(event.type().name(), out);
    Primitives.text(event.scope(), out);
    Primitives.text(event.instrument(), out);
    Primitives.text(event.severity().name(), out);
    out.writeLong(event.eventTimeUs());
    Primitives.bytes(event.detail(), out);
  }

  static Event readEvent(DataInputView in) throws IOException {
    return new Event(
        Primitives.text(in),
        Event.Type.valueOf(Primitives.text(in)),
        Primitives.text(in),
        Primitives.text(in),
        Event.Severity.valueOf(Primitives.text(in)),
        in.readLong(),
        Primitives.bytes(in));
  }

  @Override
  public TypeSerializerSnapshot<Event> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {
    public Snapshot() {
      super(EventSerializer::new);
    }
  }
}
