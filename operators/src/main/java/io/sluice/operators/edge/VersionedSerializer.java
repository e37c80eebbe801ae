package io.sluice.operators.edge;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * A hand-written serializer of an immutable type; each record starts with the version of its form.
 */
abstract class VersionedSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;

  /** The form that is written. */
  abstract int version();

  abstract void write(T record, DataOutputView out) throws IOException;

  /**
   * @param version the form that was written: this one, or the one before it where there was one
   */
  abstract T read(int version, DataInputView in) throws IOException;

  @Override
  public final void serialize(T record, DataOutputView out) throws IOException {
    out.writeByte(version());
    write(record, out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version > version() || version < Math.max(1, version() - 1)) {
      // To try again gives the same: it takes another build, or another savepoint.
      throw new SuppressRestartsException(unreadable(version));
    }
    return read(version, in);
  }

  private IOException unreadable(int version) {
    String readable =
        version() == 1 ? "version 1" : "versions " + (version() - 1) + " and " + version();
    return new IOException(
        getClass().getSimpleName()
            + " reads "
            + readable
            + " and found "
            + version
            + (version > version()
                ? ": a newer build wrote it; restore with that build, or from a savepoint of this one"
                : ": it is too old; restore with the build that wrote it, and from its savepoint with"
                    + " each one after it"));
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public final T copy(T record) {
    return record;
  }

  @Override
  public final T copy(T record, T reuse) {
    return record;
  }

  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }
}
