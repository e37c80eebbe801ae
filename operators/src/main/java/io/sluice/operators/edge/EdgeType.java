package io.sluice.operators.edge;

import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of a record on an edge of the job graph, with its hand-written serializer. */
public final class EdgeType<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  public static final EdgeType<InputRecord> INPUT_RECORD =
      new EdgeType<>(InputRecord.class, new InputRecordSerializer());
  public static final EdgeType<FrontRow> FRONT_ROW =
      new EdgeType<>(FrontRow.class, new FrontRowSerializer());
  public static final EdgeType<Sequenced> SEQUENCED =
      new EdgeType<>(Sequenced.class, new SequencedSerializer());
  public static final EdgeType<CrashCandidate> CRASH_CANDIDATE =
      new EdgeType<>(CrashCandidate.class, new CrashCandidateSerializer());
  public static final EdgeType<GateOutput> GATE_OUTPUT =
      new EdgeType<>(GateOutput.class, new GateOutputSerializer());
  public static final EdgeType<TopicRecord> TOPIC_RECORD =
      new EdgeType<>(TopicRecord.class, new TopicRecordSerializer());
  public static final EdgeType<Event> EVENT = new EdgeType<>(Event.class, new EventSerializer());

  private final Class<T> type;
  private final VersionedSerializer<T> serializer;

  private EdgeType(Class<T> type, VersionedSerializer<T> serializer) {
    this.type = type;
    this.serializer = serializer;
  }

  /** The form of a record that is written. */
  public int version() {
    return serializer.version();
  }

  /** By which its serializer is known where it is stored. */
  public String serializerName() {
    return serializer.getClass().getSimpleName();
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  public String toString() {
    return "EdgeType(" + type.getSimpleName() + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EdgeType<?> edge && edge.type == type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EdgeType<?>;
  }
}
