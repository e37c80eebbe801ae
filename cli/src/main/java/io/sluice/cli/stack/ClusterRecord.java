package io.sluice.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a Flink cluster that was left running: the content of {@code cluster.json} in
 * its folder.
 *
 * @param folder of the cluster
 * @param processes in the order in which they were started
 */
public record ClusterRecord(Path folder, List<Member> processes) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "cluster.json";

  /** On the command line of each process of a cluster, with the cluster's folder. */
  static final String MARK = "-Dsluice.cluster.folder=";

  public ClusterRecord {
    processes = List.copyOf(processes);
  }

  /**
   * A process of a cluster.
   *
   * @param name such as {@code job-manager-1}
   * @param ui where it serves Flink's web UI and REST interface; empty where it does not
   */
  public record Member(String name, KnownProcess process, String ui) {
    /** The same process, with the mark on its command line: anything else is a stranger. */
    Optional<ProcessHandle> running(Path folder) {
      return process
          .running()
          .filter(handle -> handle.info().commandLine().orElse("").contains(MARK + folder));
    }
  }

  /** What is to be told of each of its processes, a line each. */
  public List<String> lines() {
    List<Member> running = running();
    return processes.stream()
        .map(
            member ->
                member.name()
                    + (running.contains(member) ? " is up (process " : " is GONE (was process ")
                    + member.process().pid()
                    + ")"
                    + (member.ui().isEmpty() ? "" : ", Flink's web UI at " + member.ui()))
        .toList();
  }

  /** Those that still run. */
  public List<Member> running() {
    return processes.stream().filter(member -> member.running(folder).isPresent()).toList();
  }

  void write() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode array = json.putArray("processes");
    for (Member member : processes) {
      array
          .addObject()
          .put("name", member.name())
          .put("pid", member.process().pid())
          .put("started_at", member.process().startedAt().toString())
          .put("ui", member.ui());
    }
    Path next = folder.resolve(FILE + ".next");
    Files.writeString(next, json.toPrettyString() + System.lineSeparator());
    Files.move(
        next,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** What the file in a cluster's folder says; empty when there is none. */
  static Optional<ClusterRecord> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<Member> processes = new ArrayList<>();
      for (JsonNode member : JSON.readTree(Files.readString(file)).required("processes")) {
        processes.add(
            new Member(
                member.required("name").textValue(),
                new KnownProcess(
                    member.required("pid").longValue(),
                    Instant.parse(member.required("started_at").textValue())),
                member.required("ui").textValue()));
      }
      return Optional.of(new ClusterRecord(folder, processes));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new StackException(
          file
              + " cannot be read as what ./sluice up --cluster writes: if no cluster of it runs,"
              + " delete it and call ./sluice up --cluster again");
    }
  }

  static void forget(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }
}
