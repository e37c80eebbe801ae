package io.sluice.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM beside this one with the same class path, ended with it at the latest. */
final class JavaProcess implements AutoCloseable {
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.net",
          "java.nio",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "sun.nio.ch");

  private final Process process;
  private final Path log;
  private final Thread onExit;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.onExit = new Thread(process::destroyForcibly, "end-of-" + process.pid());
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  static JavaProcess start(Path log, List<String> options, String main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.add("-Dsluice.home=" + System.getProperty("sluice.home", "."));
    command.add("-Dsluice.log=ERROR");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new JavaProcess(process, log);
  }

  long pid() {
    return process.pid();
  }

  void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "a process of the run ended with "
              + process.exitValue()
              + "; it said: "
              + Files.readString(log));
    }
  }

  /** Waits until it has printed that. */
  void await(String text) throws IOException, InterruptedException {
    while (!Files.readString(log).contains(text)) {
      requireAlive();
      Thread.sleep(50);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Live bytes on its heap after a full collection. */
  long liveBytes() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String total =
        new String(jcmd.getInputStream().readAllBytes())
            .lines()
            .filter(line -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow(() -> new IOException("jcmd gives no histogram of the heap"));
    return Long.parseLong(total.strip().split("\\s+")[2]);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    Runtime.getRuntime().removeShutdownHook(onExit);
  }
}
