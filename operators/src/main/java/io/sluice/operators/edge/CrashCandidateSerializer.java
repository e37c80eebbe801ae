package io.sluice.operators.edge;

import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.crash.CrashRule;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link CrashCandidate}, on the edge to the patterns and in their state. */
public final class CrashCandidateSerializer extends VersionedSerializer<CrashCandidate> {
  private static final long serialVersionUID = 1L;

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(CrashCandidate candidate, DataOutputView out) throws IOException {
    Primitives.text(candidate.instrument(), out);
    out.writeLong(candidate.rule().windowMs());
    Primitives.decimal(candidate.rule().drop(), out);
    Messages.write(candidate.cause(), out);
    out.writeLong(candidate.stampUs());
    out.writeLong(candidate.eventTimeUs());
    out.writeDouble(candidate.drop());
    Primitives.decimal(candidate.from(), out);
    Primitives.decimal(candidate.to(), out);
  }

  @Override
  CrashCandidate read(int version, DataInputView in) throws IOException {
    return new CrashCandidate(
        Primitives.text(in),
        new CrashRule(in.readLong(), Primitives.decimal(in)),
        Messages.readCause(in),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        Primitives.decimal(in),
        Primitives.decimal(in));
  }

  @Override
  public TypeSerializerSnapshot<CrashCandidate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Restores the serializer from state. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<CrashCandidate> {
    public Snapshot() {
      super(CrashCandidateSerializer::new);
    }
  }
}
