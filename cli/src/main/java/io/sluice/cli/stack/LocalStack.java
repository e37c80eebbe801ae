package io.sluice.cli.stack;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topics;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Kafka broker that stays up between commands, a ClickHouse where that can run, and a Flink
 * cluster where that is asked for. Its folder holds {@code stack.json} while the broker is up,
 * {@code kafka.log}, its data in {@code kafka/}, and the cluster's in {@code flink/}.
 */
public final class LocalStack {
  private static final int USUAL_PORT = 9_092;
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Path folder;
  private final LocalArchive archive;
  private final LocalCluster cluster;

  public LocalStack(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    this.archive = new LocalArchive(this.folder);
    this.cluster = new LocalCluster(this.folder.resolve("flink"));
  }

  /** The folder of the checkout this was started from, else of the working directory. */
  public static Path defaultFolder() {
    return Path.of(System.getProperty("sluice.home", ""), ".sluice").toAbsolutePath().normalize();
  }

  /**
   * A broker that runs.
   *
   * @param settings how it is reached
   */
  public record Up(
      long pid, String startedAt, KafkaSettings settings, int controllerPort, Path data) {
    private static Up of(StackRecord known) {
      return new Up(
          known.pid(),
          known.startedAt().toString(),
          KafkaSettings.local(known.bootstrap()),
          known.controllerPort(),
          known.data());
    }
  }

  public Path folder() {
    return folder;
  }

  /** Where the broker logs. */
  public Path log() {
    return folder.resolve("kafka.log");
  }

  private Path file() {
    return folder.resolve("stack.json");
  }

  private Path data() {
    return folder.resolve("kafka");
  }

  /** The broker that runs; empty when none does. */
  public Optional<Up> running() throws IOException {
    return known().map(Up::of);
  }

  private Optional<StackRecord> known() throws IOException {
    return StackRecord.read(file()).filter(known -> known.running().isPresent());
  }

  /**
   * Starts the broker, which outlives this process, and makes the topics.
   *
   * @param port where clients reach it, 0 for 9092 or any free port
   * @param controllerPort where its controller listens, 0 for any free port
   * @throws StackException when one is up already, or it does not start; nothing is left running
   *     then
   */
  public Up up(int port, int controllerPort) throws IOException, InterruptedException {
    int chosen = port == 0 ? FreePort.usualOrAny(USUAL_PORT) : port;
    BrokerOptions given = BrokerOptions.temporary().in(data()).at(chosen, controllerPort);
    Files.createDirectories(folder);
    try (FileChannel lock = lock()) {
      Optional<StackRecord> known = known();
      if (known.isPresent()) {
        throw new StackException(
            "Kafka is up already at "
                + known.get().bootstrap()
                + " (process "
                + known.get().pid()
                + "): use it, or ./sluice down first");
      }
      BrokerOptions options = given.resolved();
      Attempt attempt = new Attempt();
      Runtime.getRuntime().addShutdownHook(attempt.onExit);
      try {
        return attempt.succeed(options);
      } catch (IOException | InterruptedException | RuntimeException e) {
        attempt.abandon();
        throw e;
      } finally {
        attempt.over();
      }
    }
  }

  /**
   * Starts ClickHouse too, which outlives this process, unless it is up, and makes the archive's
   * tables.
   *
   * @param port where clients reach it, 0 for any free port
   * @param progress told a line when there is something to wait for
   * @throws StackException when it cannot run here, or does not start
   */
  public ClickHouseSettings archiveUp(int port, Consumer<String> progress)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (FileChannel lock = lock()) {
      return archive.up(port, progress);
    }
  }

  /**
   * Starts a Flink cluster, which outlives this process.
   *
   * @throws StackException when one is up already, or it does not start; nothing of it is left
   *     running then
   */
  public ClusterRecord clusterUp(ClusterPlan plan) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (FileChannel lock = lock()) {
      return cluster.up(plan);
    }
  }

  /**
   * Ends broker and ClickHouse when what they were started for came to nothing; their data stays.
   */
  public void abandon() throws IOException {
    StackRecord.read(file())
        .flatMap(StackRecord::running)
        .ifPresent(running -> ChildProcess.end(running, STOP));
    Files.deleteIfExists(file());
    archive.down(false);
  }

  /** The Flink cluster, whether it is up or not. */
  public LocalCluster cluster() {
    return cluster;
  }

  /** One attempt to start the broker, which leaves nothing running when it comes to nothing. */
  private final class Attempt {
    private final Thread onExit = new Thread(this::abandon, "abandon");
    private BrokerProcess broker;
    private boolean isAbandoned;

    private Up succeed(BrokerOptions options) throws IOException, InterruptedException {
      StackRecord record = begin(options);
      record.write(file());
      broker.awaitAnswer(START);
      Up up = Up.of(record);
      try (Topics topics = Topics.open(up.settings())) {
        topics.createMissing();
      }
      return up;
    }

    private synchronized StackRecord begin(BrokerOptions options) throws IOException {
      if (isAbandoned) {
        throw new StackException("interrupted before Kafka was started: nothing is up");
      }
      broker = BrokerProcess.start(options, log(), Life.DETACHED);
      return StackRecord.of(broker.handle(), options);
    }

    private synchronized void abandon() {
      isAbandoned = true;
      if (broker == null) {
        return;
      }
      broker.stop();
      try {
        Files.deleteIfExists(file());
      } catch (IOException e) {
        // It names a process that is gone, which the next command notices.
      }
    }

    private void over() {
      try {
        Runtime.getRuntime().removeShutdownHook(onExit);
      } catch (IllegalStateException exiting) {
        // Then it runs now.
      }
    }
  }

  /**
   * Ends the cluster, the broker and ClickHouse in good order.
   *
   * @param isDataDeleted whether their data is deleted too
   * @return what was up, by its name
   */
  public List<String> down(boolean isDataDeleted) throws IOException {
    List<String> wasUp = new ArrayList<>();
    if (!Files.exists(folder)) {
      return wasUp;
    }
    try (FileChannel lock = lock()) {
      if (cluster.down(isDataDeleted)) {
        wasUp.add("Flink");
      }
      Optional<ProcessHandle> process = StackRecord.read(file()).flatMap(StackRecord::running);
      process.ifPresent(running -> ChildProcess.end(running, STOP));
      if (process.isPresent() && process.get().isAlive()) {
        throw new StackException(
            "process " + process.get().pid() + " does not end: end it yourself, then try again");
      }
      Files.deleteIfExists(file());
      process.ifPresent(ended -> wasUp.add("Kafka"));
      if (archive.down(isDataDeleted)) {
        wasUp.add("ClickHouse");
      }
      if (isDataDeleted) {
        Folder.delete(data());
        Files.deleteIfExists(log());
      }
      return wasUp;
    }
  }

  /** One command at a time starts or ends the broker of a folder. */
  private FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException here) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new StackException(
          "another ./sluice up or down is at work in " + folder + ": wait for it, then try again");
    }
    return channel;
  }
}
