package io.sluice.cli.state;

import io.sluice.jobs.input.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.runtime.SavepointLoader;

/**
 * The operators of which a savepoint or checkpoint holds something.
 *
 * @param names by id: the uid where the savepoint says it, else the id
 */
public record StoredOperators(Map<OperatorID, String> names) {

  /**
   * @param savepoint its folder
   * @throws InputException where it does not read
   */
  public static StoredOperators in(Path savepoint) throws IOException {
    Map<OperatorID, String> names = new HashMap<>();
    try {
      String path = savepoint.toAbsolutePath().toUri().toString();
      for (OperatorState each : SavepointLoader.loadSavepointMetadata(path).getOperatorStates()) {
        if (hasState(each)) {
          OperatorID id = each.getOperatorID();
          names.put(id, each.getOperatorUid().orElse(id.toHexString()));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new InputException(savepoint + " does not read: " + e.getMessage());
    }
    return new StoredOperators(names);
  }

  /** What Flink looks at before it leaves an operator's state behind. */
  private static boolean hasState(OperatorState operator) {
    return operator.getCoordinatorState() != null
        || operator.getStates().stream().anyMatch(OperatorSubtaskState::hasState);
  }

  /**
   * Those that a job does not have.
   *
   * @param uids of its operators
   */
  public Set<String> unknownTo(Set<String> uids) {
    Map<OperatorID, String> unknown = new HashMap<>(names);
    uids.forEach(uid -> unknown.remove(OperatorIdentifier.forUid(uid).getOperatorId()));
    return new TreeSet<>(unknown.values());
  }
}
