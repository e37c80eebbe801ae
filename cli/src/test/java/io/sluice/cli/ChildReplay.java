package io.sluice.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command in a JVM of its own, to be killed. */
final class ChildReplay {
  private static final String[] OPENED = {
    "java.lang",
    "java.net",
    "java.nio",
    "java.time",
    "java.util",
    "java.util.concurrent",
    "sun.nio.ch"
  };

  private final Process process;
  private final Path output;

  private ChildReplay(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ChildReplay start(Path folder, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx600m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    for (String opened : OPENED) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    command.addAll(arguments);
    Path output = folder.resolve("child-output-" + System.nanoTime() + ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new ChildReplay(process, output);
  }

  /** Surefire may hide the class path in a jar of its own. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
  }

  /**
   * Kills the process, as kill -9 does, once a checkpoint is complete that was not there before.
   */
  void killAfterCheckpoint(Path checkpointDir, Set<Path> before) throws Exception {
    killOnce(() -> !completed(checkpointDir).equals(before));
  }

  /** Kills the process, as kill -9 does, once something is so. */
  void killOnce(Callable<Boolean> isSo) throws Exception {
    while (!isSo.call()) {
      if (process.waitFor(2, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it ended by itself: " + output());
      }
    }
    process.destroyForcibly();
    process.waitFor();
    if (process.exitValue() != 137) {
      throw new AssertionError("it was not killed: " + process.exitValue() + " " + output());
    }
  }

  /** The checkpoints that are complete; of one that is being removed nothing is said. */
  static Set<Path> completed(Path checkpointDir) throws IOException {
    Path checkpoints = checkpointDir.resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return Set.of();
    }
    for (; ; ) {
      try (Stream<Path> files = Files.walk(checkpoints, 3)) {
        return files.filter(file -> file.endsWith("_metadata")).collect(Collectors.toSet());
      } catch (java.io.UncheckedIOException removedMeanwhile) {
        continue;
      }
    }
  }

  Process process() {
    return process;
  }

  String output() throws IOException {
    return Files.readString(output);
  }
}
