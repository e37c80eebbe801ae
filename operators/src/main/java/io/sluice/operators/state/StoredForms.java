package io.sluice.operators.state;

import io.sluice.operators.edge.EdgeType;
import java.util.Map;

/** The serializers of this build whose names and records stand in savepoints of a live gate. */
public final class StoredForms {
  private static final int OF_PARTS = 1;

  private StoredForms() {}

  /** The newest form that each reads and the one that it writes, by its name. */
  public static Map<String, Integer> versions() {
    return Map.of(
        PartSerializer.class.getSimpleName(),
        OF_PARTS,
        EdgeType.CRASH_CANDIDATE.serializerName(),
        EdgeType.CRASH_CANDIDATE.version());
  }
}
