package io.sluice.cli.stack;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The local ClickHouse's program: a folder of the checkout, and what npm installs for it. */
public final class ClickHousePackage {
  /** Names the folder. */
  static final String FOLDER_PROPERTY = "sluice.clickhouse";

  private static final String SERVER = "server.js";
  private static final String LOCK = "package-lock.json";

  private final Path folder;
  private final Path node;
  private final Path npm;

  private ClickHousePackage(Path folder, Path node, Path npm) {
    this.folder = folder;
    this.node = node;
    this.npm = npm;
  }

  /** Why this machine cannot run ClickHouse, in a sentence; empty when it can. */
  public static Optional<String> missing() {
    if (!isPlatform()) {
      return Optional.of(
          "the local ClickHouse runs on Linux x86-64 only: give the address of a ClickHouse server");
    }
    for (String program : new String[] {"node", "npm"}) {
      if (onPath(program).isEmpty()) {
        return Optional.of(
            "the local ClickHouse needs Node 18 or newer with npm, there is no "
                + program
                + " on the PATH: install it, or give the address of a ClickHouse server");
      }
    }
    return Optional.empty();
  }

  /**
   * Finds the program, and has npm install what it needs when that is not there yet.
   *
   * @param progress told a line when there is something to wait for
   * @throws StackException when something is missing, or npm fails: what it said
   */
  public static ClickHousePackage installed(Consumer<String> progress)
      throws IOException, InterruptedException {
    missing()
        .ifPresent(
            why -> {
              throw new StackException(why);
            });
    String name = System.getProperty(FOLDER_PROPERTY);
    if (name == null || !Files.exists(Path.of(name, SERVER))) {
      throw new StackException(
          "the local ClickHouse is not known: system property "
              + FOLDER_PROPERTY
              + " is "
              + name
              + ", expected the folder clickhouse of the checkout; ./sluice passes it on");
    }
    Path folder = Path.of(name).toAbsolutePath();
    ClickHousePackage program =
        new ClickHousePackage(folder, onPath("node").get(), onPath("npm").get());
    program.install(progress);
    return program;
  }

  Path node() {
    return node;
  }

  Path server() {
    return folder.resolve(SERVER);
  }

  private void install(Consumer<String> progress) throws IOException, InterruptedException {
    if (isInstalled()) {
      return;
    }
    // One at a time; who waited finds the other's work done.
    Path lockFile = Files.createDirectories(folder.resolve("node_modules")).resolve(".sluice-lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !isInstalled()) {
        progress.accept("installing ClickHouse (some 550 MB, once) ...");
        npmInstall();
        Files.copy(folder.resolve(LOCK), stamp(), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private boolean isInstalled() throws IOException {
    return Files.exists(stamp()) && Files.mismatch(folder.resolve(LOCK), stamp()) < 0;
  }

  /** The lock file that is installed, put there last. */
  private Path stamp() {
    return folder.resolve("node_modules").resolve(".sluice-installed.json");
  }

  /** Not {@code npm ci}, which begins by deleting the folder that the others wait in. */
  private void npmInstall() throws IOException, InterruptedException {
    Path log = Files.createTempFile("sluice-npm-", ".log");
    try {
      Process process =
          new ProcessBuilder(
                  npm.toString(),
                  "install",
                  "--no-save",
                  "--no-audit",
                  "--no-fund",
                  "--no-update-notifier",
                  "--loglevel=error")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(log.toFile())
              .start();
      int code = process.waitFor();
      if (code != 0) {
        throw new StackException(
            "npm could not install ClickHouse (exit code "
                + code
                + "): see that it reaches its registry, then try again"
                + new ChildProcess("npm", process, log).tail());
      }
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static boolean isPlatform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    return system.equals("linux") && (machine.equals("amd64") || machine.equals("x86_64"));
  }

  private static Optional<Path> onPath(String program) {
    String path = System.getenv("PATH");
    for (String directory : path == null ? new String[0] : path.split(File.pathSeparator)) {
      Path file = Path.of(directory, program);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return Optional.of(file.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}
