package io.sluice.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A ClickHouse that stays up between commands, beside the broker of a {@link LocalStack}. Its
 * folder holds {@code clickhouse.json} while it is up, {@code clickhouse.log}, and its data in
 * {@code clickhouse/}. Who starts or ends it holds the lock of the stack.
 */
final class LocalArchive {
  /** The database that is made in it. */
  static final String DATABASE = "sluice";

  private static final int USUAL_PORT = 8_123;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final Path folder;

  LocalArchive(Path folder) {
    this.folder = folder;
  }

  private Path file() {
    return folder.resolve("clickhouse.json");
  }

  private Path data() {
    return folder.resolve("clickhouse");
  }

  private Path log() {
    return folder.resolve("clickhouse.log");
  }

  private record Known(KnownProcess process, String url) {
    /** The same process, with ClickHouse and its data folder on its command line. */
    Optional<ProcessHandle> running(Path data) {
      return process
          .running()
          .filter(
              handle -> {
                String command = handle.info().commandLine().orElse("");
                return command.contains("server.js") && command.contains(data.toString());
              });
    }
  }

  private Optional<Known> known() throws IOException {
    if (!Files.exists(file())) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file()));
      return Optional.of(
          new Known(
              new KnownProcess(
                  json.required("pid").longValue(),
                  Instant.parse(json.required("started_at").textValue())),
              json.required("url").textValue()));
    } catch (IOException | RuntimeException e) {
      throw new StackException(
          file()
              + " cannot be read as what ./sluice up writes: if no ClickHouse of it runs, delete it");
    }
  }

  /** How the one that runs is reached; empty when none does. */
  Optional<ClickHouseSettings> running() throws IOException {
    return known()
        .filter(known -> known.running(data()).isPresent())
        .map(known -> ClickHouseSettings.local(known.url(), DATABASE));
  }

  /**
   * Starts it, unless it is up, and brings its database to this Sluice's schema.
   *
   * @param port where clients reach it, 0 for 8123 or any free port
   * @throws StackException when it cannot be started; nothing is left running then
   */
  ClickHouseSettings up(int port, Consumer<String> progress)
      throws IOException, InterruptedException {
    Optional<ClickHouseSettings> running = running();
    ClickHouseSettings settings = running.isPresent() ? running.get() : start(port, progress);
    try (Migrator migrator = Migrator.open(settings)) {
      migrator.plan(migrator.newest()).forEach(migrator::take);
    }
    return settings;
  }

  private ClickHouseSettings start(int port, Consumer<String> progress)
      throws IOException, InterruptedException {
    ClickHousePackage program = ClickHousePackage.installed(progress);
    Files.createDirectories(data());
    ClickHouseOptions options =
        ClickHouseOptions.temporary()
            .in(data())
            .at(port == 0 ? FreePort.usualOrAny(USUAL_PORT) : port);
    ClickHouseProcess process = ClickHouseProcess.start(program, options, log(), Life.DETACHED);
    try (OnExit abandon = new OnExit("abandon-clickhouse", process::stop)) {
      KnownProcess known = KnownProcess.of(process.handle());
      Files.writeString(
          file(),
          JSON.createObjectNode()
                  .put("pid", known.pid())
                  .put("started_at", known.startedAt().toString())
                  .put("url", options.url())
                  .toPrettyString()
              + System.lineSeparator());
      process.awaitAnswer(START);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.stop();
      Files.deleteIfExists(file());
      throw e;
    }
    return ClickHouseSettings.local(options.url(), DATABASE);
  }

  /**
   * Ends it in good order.
   *
   * @return whether it was up
   */
  boolean down(boolean isDataDeleted) throws IOException {
    Optional<ProcessHandle> process = known().flatMap(known -> known.running(data()));
    process.ifPresent(running -> ChildProcess.end(running, STOP));
    Files.deleteIfExists(file());
    if (isDataDeleted) {
      Folder.delete(data());
      Files.deleteIfExists(log());
    }
    return process.isPresent();
  }
}
