package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer;

/**
 * A process of a Flink cluster, as Flink's own scripts start it: its entry point, and the JVM's
 * memory by what Flink makes of its configuration.
 *
 * @param name such as {@code job manager 1}
 * @param options of its JVM
 * @param arguments of its main class
 */
record ClusterProcess(String name, String mainClass, List<String> options, List<String> arguments) {
  /** By name: it is in an artifact that only the cluster has. */
  private static final String APPLICATION =
      "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";

  private static final String CONF = "--configDir";

  /**
   * @param number from 1 on
   * @param restPort of its REST interface and web UI
   */
  static ClusterProcess jobManager(
      ClusterPlan plan, Configuration flink, int number, int restPort) {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(flink);
    List<String> options =
        new ArrayList<>(words(JobManagerProcessUtils.generateJvmParametersStr(memory, flink)));
    options.addAll(own(flink, CoreOptions.FLINK_JM_JVM_OPTIONS));
    List<String> arguments = new ArrayList<>(List.of(CONF, conf(plan)));
    arguments.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    arguments.add("-D" + RestOptions.PORT.key() + "=" + restPort);
    String main = StandaloneSessionClusterEntrypoint.class.getName();
    if (!plan.application().isEmpty()) {
      main = APPLICATION;
      arguments.addAll(List.of("--job-classname", plan.application().get(0)));
      // Local: taken from where it is, and not copied.
      arguments.addAll(List.of("--jars", "local://" + ClusterBuild.found().jobJar()));
      // What follows is the job's: --config would be taken for --configDir.
      arguments.add("--");
      arguments.addAll(plan.application().subList(1, plan.application().size()));
    }
    return new ClusterProcess("job manager " + number, main, options, arguments);
  }

  /**
   * @param number from 1 on
   */
  static ClusterProcess taskManager(ClusterPlan plan, Configuration flink, int number) {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(flink);
    List<String> options =
        new ArrayList<>(words(ProcessMemoryUtils.generateJvmParametersStr(memory)));
    options.addAll(own(flink, CoreOptions.FLINK_TM_JVM_OPTIONS));
    String name = "task manager " + number;
    List<String> arguments = new ArrayList<>(List.of(CONF, conf(plan)));
    arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    arguments.add("-Dtaskmanager.resource-id=" + fileName(name));
    return new ClusterProcess(name, TaskManagerRunner.class.getName(), options, arguments);
  }

  /** One server, as good as the machine that it shares with all it is there for. */
  static ClusterProcess zooKeeper(ClusterPlan plan, Configuration flink) throws IOException {
    Path file = ClusterConfiguration.in(plan.folder()).resolve("zoo.cfg");
    Path data = Files.createDirectories(plan.folder().resolve("zookeeper"));
    Files.write(
        file,
        List.of(
            "tickTime=1000",
            "dataDir=" + data,
            "clientPort=" + zooKeeperPort(flink),
            "clientPortAddress=localhost",
            "admin.enableServer=false"));
    return new ClusterProcess(
        "ZooKeeper",
        FlinkZooKeeperQuorumPeer.class.getName(),
        List.of("-Xmx128m"),
        List.of("--zkConfigFile", file.toString(), "--peerId", "1"));
  }

  static int zooKeeperPort(Configuration flink) {
    String address = flink.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM);
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  /** Its name in files, and a task manager's to its job manager. */
  String fileName() {
    return fileName(name);
  }

  private static String fileName(String name) {
    return name.replace(' ', '-').toLowerCase(Locale.ROOT);
  }

  /** Starts it. */
  ChildProcess start(ClusterPlan plan) throws IOException {
    List<String> all = new ArrayList<>();
    // First, because of a long command line the system shows the beginning only.
    all.add(ClusterRecord.MARK + plan.folder());
    all.addAll(logging());
    all.addAll(options);
    Path log = plan.folder().resolve(fileName() + ".log");
    return new Jvm("the " + name, mainClass, plan.classPath(), all, Map.of(), log)
        .start(plan.life(), arguments);
  }

  /** It says in its log what happens to it, and why it ended where it does not start. */
  private static List<String> logging() {
    String home = System.getProperty("sluice.home");
    return home != null
        ? List.of(
            "-Dlog4j2.configurationFile="
                + Path.of(home, "flink-conf", "log4j2.properties").toAbsolutePath())
        : List.of();
  }

  private static String conf(ClusterPlan plan) {
    return ClusterConfiguration.in(plan.folder()).toString();
  }

  private static List<String> own(Configuration flink, ConfigOption<String> ofRole) {
    List<String> options = new ArrayList<>(words(flink.get(CoreOptions.FLINK_JVM_OPTIONS)));
    options.addAll(words(flink.get(ofRole)));
    return options;
  }

  private static List<String> words(String text) {
    return text == null || text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
  }
}
