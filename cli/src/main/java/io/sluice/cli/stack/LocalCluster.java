package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * A Flink cluster that stays up between commands. Its folder holds {@code cluster.json} while it is
 * up, {@code conf/config.yaml}, a log of each process, checkpoints and savepoints.
 */
public final class LocalCluster {
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Path folder;

  LocalCluster(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** The one that runs, be it only in parts; empty where nothing of one does. */
  public Optional<ClusterRecord> running() throws IOException {
    return ClusterRecord.read(folder).filter(known -> !known.running().isEmpty());
  }

  /**
   * What Flink's clients are told to find it.
   *
   * @throws StackException where it is not up
   */
  public Configuration client() throws IOException {
    conf();
    return GlobalConfiguration.loadConfiguration(conf().toString());
  }

  /**
   * The folder that {@code FLINK_CONF_DIR} has to name.
   *
   * @throws StackException where it is not up
   */
  public Path conf() throws IOException {
    if (running().isEmpty()) {
      throw new StackException(
          "no Flink cluster is up in " + folder + ": start it:  ./sluice up --cluster");
    }
    return ClusterConfiguration.in(folder);
  }

  /**
   * Starts one whose processes outlive this one.
   *
   * @param plan with this folder
   * @throws StackException when one is up already, or it does not start; nothing is left running
   *     then
   */
  ClusterRecord up(ClusterPlan plan) throws IOException, InterruptedException {
    Optional<ClusterRecord> running = running();
    if (running.isPresent()) {
      throw new StackException(
          "a Flink cluster is up already in "
              + folder
              + " ("
              + running.get().running().stream()
                  .map(member -> member.name() + ": process " + member.process().pid())
                  .collect(Collectors.joining(", "))
              + "): use it, or ./sluice down first");
    }
    FlinkCluster.start(plan.with(Life.DETACHED));
    return running()
        .orElseThrow(() -> new StackException("the Flink cluster ended as soon as it was up"));
  }

  /**
   * Ends all of it in good order, those that were started last first.
   *
   * @return whether anything of it was up
   */
  boolean down(boolean isDataDeleted) throws IOException {
    Optional<ClusterRecord> known = ClusterRecord.read(folder);
    boolean wasUp = false;
    if (known.isPresent()) {
      List<ClusterRecord.Member> processes = known.get().running();
      for (int i = processes.size() - 1; i >= 0; i--) {
        wasUp = true;
        processes.get(i).running(folder).ifPresent(process -> ChildProcess.end(process, STOP));
      }
    }
    ClusterRecord.forget(folder);
    Folder.delete(isDataDeleted ? folder : folder.resolve("tmp"));
    return wasUp;
  }
}
