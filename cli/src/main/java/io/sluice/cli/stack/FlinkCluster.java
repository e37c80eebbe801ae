package io.sluice.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;

/**
 * A standalone Flink cluster on this machine: job managers and task managers, each a process of its
 * own, by Flink's own entry points. Where high availability is asked for and no ensemble named, a
 * ZooKeeper server too, which Flink's artifacts bring along.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);

  private final ClusterPlan plan;
  private final Configuration flink;
  private final Deque<JobManager> jobManagers = new ArrayDeque<>();
  private final Deque<TaskManager> taskManagers = new ArrayDeque<>();
  private final List<ClusterRecord.Member> members = new ArrayList<>();
  private int jobManagersStarted;
  private int taskManagersStarted;
  private ChildProcess zooKeeper;
  private boolean isClosed;

  private record JobManager(ChildProcess process, FlinkRest rest) {}

  private record TaskManager(String id, ChildProcess process) {}

  private FlinkCluster(ClusterPlan plan) {
    this.plan = plan;
    this.flink = ClusterConfiguration.of(plan);
  }

  /**
   * Starts a session cluster with the classes of this process, which ends with it, and waits until
   * its task managers have registered.
   *
   * @param profile what Flink is told beside addresses and memory
   * @param folder for its configuration, logs and temporary files; made when missing, and kept
   * @param taskManagers how many, from 0 on
   * @param slots of each of them
   * @throws StackException when it does not start: what is wrong and the end of its log
   */
  public static FlinkCluster start(Configuration profile, Path folder, int taskManagers, int slots)
      throws IOException, InterruptedException {
    return start(ClusterPlan.ofThisProcess(profile, folder, taskManagers, slots));
  }

  /**
   * Starts a cluster and waits until its task managers have registered.
   *
   * @throws StackException when it does not start: what is wrong and the end of a log; nothing is
   *     left running then
   */
  public static FlinkCluster start(ClusterPlan plan) throws IOException, InterruptedException {
    FlinkCluster cluster = new FlinkCluster(plan);
    // Processes that are to outlive this one do so only once they are up.
    try (OnExit abandon = new OnExit("abandon-cluster", cluster::close)) {
      cluster.launch();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void launch() throws IOException, InterruptedException {
    Files.createDirectories(plan.folder().resolve("tmp"));
    ClusterConfiguration.write(flink, plan.folder());
    if (ClusterConfiguration.needsZooKeeper(plan.flink())) {
      startZooKeeper();
    }
    addJobManager();
    awaitTaskManagers(0);
    while (jobManagersStarted < plan.jobManagers()) {
      addJobManager();
    }
    for (int i = 0; i < plan.taskManagers(); i++) {
      addTaskManager();
    }
    awaitTaskManagers(plan.taskManagers());
  }

  private void startZooKeeper() throws IOException, InterruptedException {
    int port = ClusterProcess.zooKeeperPort(flink);
    zooKeeper = start(ClusterProcess.zooKeeper(plan, flink), "");
    long deadline = System.nanoTime() + START.toNanos();
    while (FreePort.isFree(port)) {
      zooKeeper.awaitStart(deadline, "does not answer");
    }
  }

  /** Starts one more, the first or one that stands by. */
  public void addJobManager() throws IOException {
    jobManagersStarted++;
    int first = flink.get(RestOptions.PORT);
    int port = jobManagersStarted == 1 ? first : FreePort.orAny(0, first);
    FlinkRest rest = new FlinkRest("localhost:" + port);
    ClusterProcess process = ClusterProcess.jobManager(plan, flink, jobManagersStarted, port);
    jobManagers.add(new JobManager(start(process, rest.url()), rest));
  }

  /** Starts one more; {@link #awaitTaskManagers} waits for it. */
  public void addTaskManager() throws IOException {
    taskManagersStarted++;
    ClusterProcess process = ClusterProcess.taskManager(plan, flink, taskManagersStarted);
    taskManagers.add(new TaskManager(process.fileName(), start(process, "")));
  }

  /**
   * @param ui where it serves Flink's web UI; empty where it does not
   */
  private synchronized ChildProcess start(ClusterProcess process, String ui) throws IOException {
    if (isClosed) {
      throw new StackException(
          "interrupted before the " + process.name() + " was started: nothing is up");
    }
    ChildProcess started = process.start(plan);
    members.add(
        new ClusterRecord.Member(process.fileName(), KnownProcess.of(started.handle()), ui));
    if (plan.life() == Life.DETACHED) {
      new ClusterRecord(plan.folder(), members).write();
    }
    return started;
  }

  /** Ends the task manager that was started first, at once, as kill -9 does. */
  public void killTaskManager() {
    taskManagers.remove().process().kill();
  }

  /**
   * Ends a task manager that works, at once, as kill -9 does.
   *
   * @return which one
   * @throws StackException where none does
   */
  public String killBusyTaskManager() {
    Optional<TaskManager> busy =
        jobManagers.stream()
            .flatMap(one -> one.rest().busyTaskManagers().stream())
            .flatMap(id -> taskManagers.stream().filter(one -> one.id().equals(id)))
            .findFirst();
    TaskManager killed =
        busy.orElseThrow(() -> new StackException("no task manager of the cluster works"));
    taskManagers.remove(killed);
    killed.process().kill();
    return killed.id();
  }

  /** Ends the job manager that was started first, at once, as kill -9 does. */
  public void killJobManager() {
    jobManagers.remove().process().kill();
  }

  /** Ends everything at once, as kill -9 does. */
  public void kill() {
    jobManagers.forEach(jobManager -> jobManager.process().kill());
    jobManagers.clear();
    taskManagers.forEach(taskManager -> taskManager.process().kill());
    taskManagers.clear();
    if (zooKeeper != null) {
      zooKeeper.kill();
    }
  }

  /** Waits until at least so many have registered with the job manager. */
  public void awaitTaskManagers(int count) throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (registered() < count) {
      for (JobManager jobManager : jobManagers) {
        jobManager.process().awaitStart(deadline, "does not have " + count + " task managers");
      }
      for (TaskManager taskManager : taskManagers) {
        taskManager.process().awaitStart(deadline, "does not register");
      }
    }
  }

  /** How many task managers there are by what a job manager says; -1 where none says anything. */
  private int registered() {
    return jobManagers.stream().mapToInt(one -> one.rest().taskManagers()).max().orElse(-1);
  }

  /** {@code host:port} of a job manager's REST interface and web UI. */
  public String restAddress() {
    return jobManagers.element().rest().address();
  }

  /** What a client is told to find it. */
  public Configuration client() {
    Configuration client = new Configuration(flink);
    client.set(RestOptions.PORT, Integer.parseInt(restAddress().replaceAll(".*:", "")));
    return client;
  }

  /** Ends it in good order; its folder stays, except for temporary files. */
  @Override
  public synchronized void close() {
    isClosed = true;
    taskManagers.forEach(taskManager -> taskManager.process().stop());
    taskManagers.clear();
    jobManagers.forEach(jobManager -> jobManager.process().stop());
    jobManagers.clear();
    if (zooKeeper != null) {
      zooKeeper.stop();
    }
    try {
      ClusterRecord.forget(plan.folder());
      Folder.delete(plan.folder().resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
