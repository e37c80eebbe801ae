package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.stack.ClickHousePackage;
import io.sluice.cli.stack.FreePort;
import io.sluice.jobs.kafka.Topic;
import io.sluice.sinks.clickhouse.Migration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up}, {@code status} and {@code down} as they are called. */
class LocalStackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @AfterEach
  void leaveNothing() {
    Cli.run("down", "--dir", folder);
  }

  private Cli.Run call(Object... arguments) {
    Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--dir";
    all[arguments.length + 1] = folder;
    return Cli.run(all);
  }

  private JsonNode status() throws Exception {
    return JSON.readTree(call("status", "--json").out());
  }

  @Test
  void upStatusDown() throws Exception {
    assertThat(call("status").code()).isEqualTo(ExitCode.NO);
    assertThat(call("status", "--json").out()).isEqualToIgnoringNewLines("{\"up\":false}");
    assertThat(call("down").out()).contains("nothing was up");

    int port = FreePort.orAny(0, 0);
    Cli.Run up = call("up", "--kafka-port", port, "--clickhouse-port", FreePort.orAny(0, port));
    assertThat(up.code()).as(up.err()).isZero();
    Optional<ProcessHandle> clickHouse = clickHouse(up);
    JsonNode status = status();
    assertThat(up.out()).contains("Kafka is up at localhost:" + port);
    assertThat(status.get("bootstrap").textValue()).isEqualTo("localhost:" + port);
    assertThat(status.get("up").booleanValue()).isTrue();
    assertThat(status.get("topics")).hasSize(Topic.values().length);
    assertThat(status.get("topics").get(0).toString())
        .isEqualTo("{\"name\":\"market.trades\",\"partitions\":4,\"records\":0,\"unread\":null}");
    assertThat(call("status").out()).contains("risk.inputs", "control.commands");

    Cli.Run again = call("up");
    assertThat(again.code()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err())
        .contains("is up already at " + status.get("bootstrap").textValue(), "./sluice down");

    ProcessHandle broker = ProcessHandle.of(status.get("pid").longValue()).orElseThrow();
    strangerIsLeftAlone(broker);
    assertThat(call("down").out()).contains("Kafka is down");
    assertThat(broker.isAlive()).isFalse();
    assertThat(clickHouse.filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(folder.resolve("clickhouse.json")).doesNotExist();
    assertThat(folder.resolve("stack.json")).doesNotExist();
    assertThat(folder.resolve("kafka")).exists();

    assertThat(call("down", "--delete-data").out()).contains("deleted");
    assertThat(folder.resolve("kafka")).doesNotExist();
    assertThat(folder.resolve("kafka.log")).doesNotExist();
    assertThat(folder.resolve("clickhouse")).doesNotExist();
  }

  /** Where ClickHouse can run it is up with the archive's tables; where not, a line says why. */
  private Optional<ProcessHandle> clickHouse(Cli.Run up) throws Exception {
    Optional<String> missing = ClickHousePackage.missing();
    if (missing.isPresent()) {
      assertThat(up.out()).contains("the archive is off: " + missing.get());
      return Optional.empty();
    }
    JsonNode known = JSON.readTree(folder.resolve("clickhouse.json").toFile());
    String url = known.get("url").textValue();
    assertThat(up.out()).contains("ClickHouse is up at " + url + ", database sluice");
    Cli.Run migrated = Cli.run("migrate", "--url", url);
    assertThat(migrated.out()).isEqualToIgnoringNewLines(asItShouldBe());
    Optional<ProcessHandle> process = ProcessHandle.of(known.get("pid").longValue());
    assertThat(process.filter(ProcessHandle::isAlive)).isPresent();
    return process;
  }

  private static String asItShouldBe() {
    return "database sluice is at version " + Migration.all().size() + " and as it should be";
  }

  @Test
  void clickHouseCanBeLeftOut() {
    Cli.Run up = call("up", "--without-archive");
    assertThat(up.code()).as(up.err()).isZero();
    assertThat(up.out()).doesNotContain("ClickHouse", "archive");
    assertThat(folder.resolve("clickhouse.json")).doesNotExist();
  }

  /** A stack.json that outlived its broker may name a process id that is somebody else's now. */
  private void strangerIsLeftAlone(ProcessHandle broker) throws Exception {
    Path file = folder.resolve("stack.json");
    String truth = Files.readString(file);
    ObjectNode startedLongAgo = (ObjectNode) JSON.readTree(truth);
    startedLongAgo.put("started_at", "2020-01-01T00:00:00Z");
    ObjectNode otherData = (ObjectNode) JSON.readTree(truth);
    otherData.put("data", folder.resolve("elsewhere").toString());
    ObjectNode thisProcess = (ObjectNode) JSON.readTree(truth);
    thisProcess.put("pid", ProcessHandle.current().pid());
    for (ObjectNode stale : new ObjectNode[] {startedLongAgo, otherData, thisProcess}) {
      Files.writeString(file, stale.toString());
      // ClickHouse is its own, and goes.
      assertThat(call("down").out()).doesNotContain("Kafka");
      assertThat(broker.isAlive()).isTrue();
      assertThat(file).doesNotExist();
    }
    Files.writeString(file, truth);
  }

  @Test
  void aDamagedRecordIsSaid() throws Exception {
    Files.writeString(folder.resolve("stack.json"), "{\"pid\":");
    for (String command : new String[] {"up", "status", "down"}) {
      Cli.Run run = call(command);
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("stack.json cannot be read").doesNotContain("Exception");
    }
    Files.delete(folder.resolve("stack.json"));
  }
}
