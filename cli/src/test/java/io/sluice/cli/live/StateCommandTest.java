package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.Cli;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints that an earlier build has left, looked at from outside. */
class StateCommandTest {
  private static final Path SAVEPOINT = StoredSavepoint.ALL.resolve("state-1-rules-1-rocksdb");
  @TempDir Path folder;

  private static JsonNode group(JsonNode report, String name) {
    for (JsonNode group : report.path("groups")) {
      if (group.path("group").asText().equals(name)) {
        return group;
      }
    }
    throw new AssertionError("no group " + name + " in " + report);
  }

  @Test
  void itShowsAccountsPositionsHaltsAndLimits() throws Exception {
    JsonNode report =
        Desk.json(Cli.done("state", "--savepoint", SAVEPOINT, "--json").out().strip().getBytes());
    JsonNode first = group(report, "first");
    JsonNode a1 = first.path("accounts").path(0);
    assertThat(a1.path("account").asText()).isEqualTo("a1");
    assertThat(a1.path("cash").asText()).isEqualTo("99980");
    JsonNode position = a1.path("positions").path(0);
    assertThat(position.path("qty").asText()).isEqualTo("50.2");
    assertThat(position.path("reserved_buy").asText()).isEqualTo("0.3");
    assertThat(a1.path("orders").path(0).path("intent_id").asText()).isEqualTo("open-1");
    assertThat(first.path("accounts").path(1).path("consecutive_losses").asInt()).isEqualTo(2);
    assertThat(first.path("duplicate_intents").asInt()).isEqualTo(1);
    JsonNode halt = group(report, "third").path("halts").path(0);
    assertThat(halt.path("scope").asText()).isEqualTo("account:c");
    assertThat(halt.path("until_us").isNull()).isTrue();
    JsonNode limits = group(report, "second").path("limits");
    assertThat(limits.toString()).contains("\"max_qty\":\"1.5\"", "\"max_notional\":\"2000\"");

    // Another reader of the same savepoint comes to the same groups and heads.
    GateStates.read(SAVEPOINT.toAbsolutePath())
        .forEach(
            (name, parts) ->
                assertThat(group(report, name).path("hash").asText())
                    .isEqualTo(Desk.json(parts.get("head").getBytes()).path("hash").asText()));
  }

  @Test
  void asTablesItSaysTheSame() {
    Cli.Run run = Cli.done("state", "--savepoint", SAVEPOINT, "--group", "third");
    assertThat(run.out())
        .contains("risk group third", "positions", "TEST:BBBUSD", "halts", "account:c", "for good")
        .doesNotContain("risk group first");
    assertThat(run.out().lines().filter(line -> line.contains("account:c")))
        .anyMatch(line -> line.contains("c-1"));
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    Cli.Run none = Cli.run("state", "--savepoint", folder);
    assertThat(none.code()).isEqualTo(3);
    assertThat(none.err()).contains("holds no savepoint, expected a folder with a file _metadata");
    Files.writeString(folder.resolve("_metadata"), "nonsense");
    Cli.Run broken = Cli.run("state", "--savepoint", folder);
    assertThat(broken.code()).isEqualTo(3);
    assertThat(broken.err()).contains("does not read");
    Cli.Run group = Cli.run("state", "--savepoint", SAVEPOINT, "--group", "x");
    assertThat(group.code()).isEqualTo(2);
    assertThat(group.err()).contains("--group is x, expected one of [first, second, third");
  }

  @Test
  void differencesFromAStatementBecomeACommand() throws Exception {
    Path config = folder.resolve("gate.yaml");
    Files.writeString(config, UpgradeScenario.CONFIGURATION.formatted("kafka:1", ""));
    Path statement = folder.resolve("broker.csv");
    Files.writeString(
        statement,
        """
        account,currency,instrument,qty,avg_price,as_of
        a1,USD,,99980,,2026-11-29T12:00:00Z
        a1,USD,TEST:AAAUSD,48,50,2026-11-29T12:00:00Z
        c,USD,,100000,,2026-11-29T12:00:00Z
        c,USD,TEST:BBBUSD,10,50,2026-11-29T12:00:00Z
        """);
    Object[] correct = {
      "state", "correct", "--savepoint", SAVEPOINT, "--config", config, "--statement", statement
    };
    Cli.Run looked = Cli.run(correct);
    assertThat(looked.code()).isEqualTo(1);
    assertThat(looked.out()).contains("a1  TEST:AAAUSD  booked 50.2, statement 48");
    assertThat(looked.out().lines()).hasSize(1);

    Path fix = folder.resolve("fix");
    Object[] write = Arrays.copyOf(correct, correct.length + 4);
    Object[] more = {"--write", fix, "--reason", "transfer"};
    System.arraycopy(more, 0, write, correct.length, more.length);
    Cli.done(write);
    assertThat(fix).isDirectoryContaining(file -> file.endsWith("adopt-a1.json"));
    Command command = (Command) WireReader.read(Files.readAllBytes(fix.resolve("adopt-a1.json")));
    assertThat(command.command()).isEqualTo("ADOPT");
    assertThat(command.scope()).isEqualTo("account:a1");
    assertThat(command.body().toString())
        .isEqualTo(
            "{\"as_of_us\":1795953600000000,\"positions\":[{\"avg_price\":\"50\",\"booked\":\"50.2\",\"correct\":\"48\",\"instrument\":\"TEST:AAAUSD\"}]}");
  }
}
