package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * What a Flink cluster on this machine is to consist of.
 *
 * @param flink what it is told beside addresses and folders
 * @param folder for configuration, logs, checkpoints and temporary files; made when missing, and
 *     kept
 * @param jobManagers how many, from 1 on; more than one need high availability
 * @param taskManagers how many, from 0 on
 * @param classPath of every process
 * @param life what becomes of the processes when this one ends
 * @param application main class and arguments of its one job, which is in the job's jar; empty for
 *     a session, which takes any job
 */
public record ClusterPlan(
    Configuration flink,
    Path folder,
    int jobManagers,
    int taskManagers,
    String classPath,
    Life life,
    List<String> application) {

  public ClusterPlan {
    folder = folder.toAbsolutePath().normalize();
    flink = new Configuration(flink);
    application = List.copyOf(application);
  }

  /**
   * A session cluster with the classes of this process, a job's among them, so that no jar is
   * shipped; it ends with this process.
   */
  public static ClusterPlan ofThisProcess(
      Configuration flink, Path folder, int taskManagers, int slots) {
    Configuration all = new Configuration(flink);
    all.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    String classPath = System.getProperty("java.class.path");
    return new ClusterPlan(all, folder, 1, taskManagers, classPath, Life.BOUND, List.of());
  }

  /** A session cluster of Flink alone, which ends with this process. */
  public static ClusterPlan bound(
      Configuration flink, Path folder, int jobManagers, int taskManagers) throws IOException {
    String classPath = ClusterBuild.found().classPath();
    return new ClusterPlan(
        flink, folder, jobManagers, taskManagers, classPath, Life.BOUND, List.of());
  }

  /** The same for other processes. */
  ClusterPlan with(Life other) {
    return new ClusterPlan(flink, folder, jobManagers, taskManagers, classPath, other, application);
  }

  /** The same with one job in place of a session. */
  public ClusterPlan running(List<String> job) {
    return new ClusterPlan(flink, folder, jobManagers, taskManagers, classPath, life, job);
  }
}
