package io.sluice.cli.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.client.cli.CliFrontend;

/** Flink's own command line, in a JVM that has Flink's class path and nothing of Sluice. */
public final class FlinkClient {
  private FlinkClient() {}

  /**
   * Runs it to its end.
   *
   * @param conf folder with the {@code config.yaml} of the cluster
   * @param output told each line that it prints
   * @return its exit code
   */
  public static int run(Path conf, List<String> arguments, Consumer<String> output)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dlog4j2.level=OFF"));
    command.add(CliFrontend.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", ClusterBuild.found().classPath());
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    try (OnExit end = new OnExit("end-flink-client", process::destroyForcibly);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.accept(line);
      }
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }
}
