package io.sluice.cli.state;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.StateParts;
import io.sluice.domain.group.StateReader;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.Checkpoints;
import io.sluice.jobs.input.InputException;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of a gate as it stands in a savepoint or checkpoint.
 *
 * @param path the folder of the savepoint
 * @param groups by name
 */
public record StoredState(Path path, Map<String, GroupState> groups) {

  /**
   * Reads one.
   *
   * @param place the folder of a savepoint or checkpoint, or one that holds some, such as a gate's
   *     state folder: then the newest
   * @throws InputException where there is none, or it does not read
   */
  public static StoredState read(Path place) throws IOException {
    Path savepoint = savepointIn(place);
    Map<String, GroupState> groups = new TreeMap<>();
    try {
      SavepointParts.read(savepoint)
          .forEach(
              (group, parts) ->
                  groups.put(group, StateReader.read(group, parts, new StateParts())));
    } catch (IOException | RuntimeException e) {
      throw new InputException(savepoint + " does not read: " + rootOf(e).getMessage());
    }
    if (groups.isEmpty()) {
      throw new InputException(
          savepoint
              + " holds no risk group, expected a savepoint of a gate that has folded entries");
    }
    return new StoredState(savepoint, groups);
  }

  /**
   * The newest version of a risk group's state in a savepoint or checkpoint, which may be one that
   * this build does not read.
   *
   * @param savepoint its folder
   * @throws InputException where it does not read
   */
  public static long versionIn(Path savepoint) throws IOException {
    long newest = 0;
    try {
      for (Map<String, byte[]> parts : SavepointParts.read(savepoint).values()) {
        newest = Math.max(newest, StateParts.versionOf(parts));
      }
    } catch (IOException | UnreadableException | RuntimeException e) {
      throw new InputException(savepoint + " does not read: " + rootOf(e).getMessage());
    }
    return newest;
  }

  /** The books of an account; empty where no group has it. */
  public Optional<AccountBook> bookOf(String account) {
    return groups.values().stream()
        .map(group -> group.book(account))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static Path savepointIn(Path place) throws IOException {
    if (Files.exists(place.resolve("_metadata"))) {
      return place;
    }
    Optional<Path> ofGate = LiveJob.newestIn(place);
    Optional<Path> newest = ofGate.isPresent() ? ofGate : Checkpoints.newestIn(place);
    return newest.orElseThrow(
        () ->
            new InputException(
                place
                    + " holds no savepoint, expected a folder with a file _metadata, or a gate's"
                    + " state folder"));
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && !(root instanceof IllegalStateException)) {
      root = root.getCause();
    }
    return root;
  }
}
