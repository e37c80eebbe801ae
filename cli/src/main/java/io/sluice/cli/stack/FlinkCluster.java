package io.sluice.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A standalone Flink cluster on this machine: a job manager and task managers, each a process of
 * its own that ends with this one however that ends. They have the class path of this process, so
 * that a job's classes are there and no jar is shipped.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final int REST_TIMEOUT_MS = 2_000;
  private static final Pattern TASK_MANAGERS = Pattern.compile("\"taskmanagers\":(\\d+)");

  private final Configuration flink;
  private final Path folder;
  private final List<ChildProcess> taskManagers = new ArrayList<>();
  private ChildProcess jobManager;
  private int started;

  private FlinkCluster(Configuration flink, Path folder) {
    this.flink = flink;
    this.folder = folder;
  }

  /**
   * Starts one and waits until its task managers have registered.
   *
   * @param profile what Flink is told beside addresses and memory
   * @param folder for its configuration, logs and temporary files; made when missing, and kept
   * @param taskManagers how many, from 0 on
   * @param slots of each of them
   * @throws StackException when it does not start: what is wrong and the end of its log
   */
  public static FlinkCluster start(Configuration profile, Path folder, int taskManagers, int slots)
      throws IOException, InterruptedException {
    FlinkCluster cluster =
        new FlinkCluster(configuration(profile, folder.toAbsolutePath(), slots), folder);
    try {
      cluster.launch();
      for (int i = 0; i < taskManagers; i++) {
        cluster.addTaskManager();
      }
      cluster.awaitTaskManagers(taskManagers);
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static Configuration configuration(Configuration profile, Path folder, int slots) {
    Configuration flink = new Configuration(profile);
    int rpcPort = FreePort.orAny(0, 0);
    flink.set(JobManagerOptions.ADDRESS, "localhost");
    flink.set(JobManagerOptions.BIND_HOST, "localhost");
    flink.set(JobManagerOptions.PORT, rpcPort);
    flink.set(RestOptions.ADDRESS, "localhost");
    flink.set(RestOptions.BIND_ADDRESS, "localhost");
    flink.set(RestOptions.PORT, FreePort.orAny(0, rpcPort));
    flink.set(TaskManagerOptions.HOST, "localhost");
    flink.set(TaskManagerOptions.BIND_HOST, "localhost");
    flink.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    flink.set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString());
    orDefault(flink, TaskManagerOptions.TOTAL_PROCESS_MEMORY, "1280m");
    orDefault(flink, TaskManagerOptions.JVM_METASPACE, "192m");
    orDefault(flink, TaskManagerOptions.JVM_OVERHEAD_MIN, "64m");
    orDefault(flink, TaskManagerOptions.JVM_OVERHEAD_MAX, "128m");
    return flink;
  }

  private static void orDefault(Configuration flink, ConfigOption<MemorySize> option, String size) {
    if (!flink.contains(option)) {
      flink.set(option, MemorySize.parse(size));
    }
  }

  private void launch() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("conf"));
    Files.write(
        folder.resolve("conf").resolve("config.yaml"),
        ConfigurationUtils.convertConfigToWritableLines(flink, true));
    jobManager =
        jvm("the job manager", StandaloneSessionClusterEntrypoint.class, List.of("-Xmx384m"))
            .start(List.of("--configDir", conf()));
    awaitTaskManagers(0);
  }

  private String conf() {
    return folder.resolve("conf").toAbsolutePath().toString();
  }

  private BoundJvm jvm(String name, Class<?> main, List<String> options) {
    Path log = folder.resolve(name.replace("the ", "").replace(' ', '-') + ".log");
    return new BoundJvm(name, main.getName(), options, Map.of(), log);
  }

  /** Starts one more; {@link #awaitTaskManagers} waits for it. */
  public void addTaskManager() throws IOException {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(flink);
    List<String> options = words(ProcessMemoryUtils.generateJvmParametersStr(memory));
    List<String> arguments = new ArrayList<>(List.of("--configDir", conf()));
    arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    started++;
    taskManagers.add(
        jvm("the task manager " + started, TaskManagerRunner.class, options).start(arguments));
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.strip().split("\\s+"));
  }

  /** Ends the task manager that was started first, at once, as kill -9 does. */
  public void killTaskManager() {
    taskManagers.remove(0).kill();
  }

  /** Ends everything at once, as kill -9 does. */
  public void kill() {
    jobManager.kill();
    taskManagers.forEach(ChildProcess::kill);
    taskManagers.clear();
  }

  /** Waits until at least so many have registered with the job manager. */
  public void awaitTaskManagers(int count) throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (registered() < count) {
      jobManager.awaitStart(deadline, "does not have " + count + " task managers");
      for (ChildProcess taskManager : taskManagers) {
        taskManager.awaitStart(deadline, "does not register");
      }
    }
  }

  /** How many task managers the job manager says it has; -1 where it says nothing. */
  private int registered() {
    try {
      URL overview = URI.create("http://" + restAddress() + "/overview").toURL();
      HttpURLConnection asked = (HttpURLConnection) overview.openConnection();
      asked.setConnectTimeout(REST_TIMEOUT_MS);
      asked.setReadTimeout(REST_TIMEOUT_MS);
      String answer = new String(asked.getInputStream().readAllBytes());
      Matcher matcher = TASK_MANAGERS.matcher(answer);
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    } catch (IOException notYet) {
      return -1;
    }
  }

  /** {@code host:port} of the REST interface and the web UI. */
  public String restAddress() {
    return "localhost:" + restPort();
  }

  public int restPort() {
    return flink.get(RestOptions.PORT);
  }

  /** Ends it in good order; its folder stays, except for temporary files. */
  @Override
  public void close() {
    taskManagers.forEach(ChildProcess::stop);
    taskManagers.clear();
    if (jobManager != null) {
      jobManager.stop();
    }
    try {
      Folder.delete(folder.resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
