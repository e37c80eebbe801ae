package io.sluice.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a broker that was left running: the content of {@code stack.json}.
 *
 * @param pid of its process
 * @param startedAt when that process started, as the system tells it
 * @param port where clients reach it
 * @param controllerPort where its controller listens
 * @param data its data folder
 */
record StackRecord(long pid, Instant startedAt, int port, int controllerPort, Path data) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static StackRecord of(ProcessHandle process, BrokerOptions options) {
    KnownProcess known = KnownProcess.of(process);
    return new StackRecord(
        known.pid(), known.startedAt(), options.port(), options.controllerPort(), options.data());
  }

  String bootstrap() {
    return "localhost:" + port;
  }

  /**
   * The broker's process, if it still runs: the same process id, started at the same time, with the
   * broker and its data folder on its command line. Anything else under that id is a stranger.
   */
  Optional<ProcessHandle> running() {
    return new KnownProcess(pid, startedAt).running().filter(this::isTheBroker);
  }

  private boolean isTheBroker(ProcessHandle process) {
    String commandLine = process.info().commandLine().orElse("");
    return commandLine.contains(BrokerProcess.MAIN) && commandLine.contains(data.toString());
  }

  ObjectNode toJson() {
    return JSON.createObjectNode()
        .put("pid", pid)
        .put("started_at", startedAt.toString())
        .put("bootstrap", bootstrap())
        .put("kafka_port", port)
        .put("controller_port", controllerPort)
        .put("data", data.toString());
  }

  void write(Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, toJson().toPrettyString() + System.lineSeparator());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What the file says; empty when there is none. */
  static Optional<StackRecord> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return Optional.of(
          new StackRecord(
              json.required("pid").longValue(),
              Instant.parse(json.required("started_at").textValue()),
              json.required("kafka_port").intValue(),
              json.required("controller_port").intValue(),
              Path.of(json.required("data").textValue())));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new StackException(
          file
              + " cannot be read as what ./sluice up writes: if no broker of it runs, delete it and"
              + " call ./sluice up again");
    }
  }
}
