package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.jobs.config.ConfigurationFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelDemoTest {
  private static final int TRADES = 9_000;
  private static final int SECONDS_BETWEEN = 20;

  @TempDir static Path folder;
  private static final StringWriter OUT = new StringWriter();
  private static boolean isDone;
  private static Results results;

  @BeforeAll
  static void run() throws IOException {
    Path trades = SwingingTrades.write(folder.resolve("trades.csv"), TRADES, SECONDS_BETWEEN);
    results = new Results(folder.resolve("model"));
    CommandLine sluice = Main.commandLine().setOut(new PrintWriter(OUT, true));
    isDone = new ModelDemo(sluice, results.folder()).run(trades);
  }

  @Test
  void aModelOfTheFirstHalfTradesTheSecond() throws IOException {
    assertThat(isDone).as(OUT.toString()).isTrue();
    assertThat(OUT.toString())
        .contains("./sluice train --trades ")
        .contains("./sluice replay --trades ")
        .containsPattern("there is (an edge|NO edge) out of sample")
        .contains("journal lines of 2 groups");
    Path bundle = results.folder().resolve("bundle");
    ModelBundle model =
        ModelBundle.read("bundle", Files.readAllBytes(bundle.resolve(ModelBundle.FILE)));
    long halfUs = (SwingingTrades.FIRST_S + SECONDS_BETWEEN * (TRADES / 2)) * 1_000_000;
    assertThat(model.training().fromUs()).isLessThan(model.training().toUs());
    assertThat(model.training().toUs()).isLessThan(halfUs);
    List<JsonNode> decisions = results.decisions();
    assertThat(decisions).hasSizeGreaterThan(5);
    assertThat(decisions)
        .allSatisfy(
            decision -> {
              assertThat(decision.path("account").textValue()).isEqualTo("model");
              assertThat(decision.path("event_time_us").longValue()).isGreaterThan(halfUs);
              assertThat(decision.path("strategy").textValue()).isEqualTo("direction");
              assertThat(decision.path("origin").textValue()).isEqualTo("MODEL");
              assertThat(decision.path("model_version").textValue()).isEqualTo(model.version());
            });
    assertThat(decisions)
        .anySatisfy(
            decision ->
                assertThat(new BigDecimal(decision.path("approved_qty").textValue())).isPositive());
  }

  @Test
  void itsAccountHasTheLimitsOfTheDemo() {
    Configuration demo = ConfigurationFile.packaged();
    Configuration model = ConfigurationFile.read(results.folder().resolve("demo-model.yaml"));
    assertThat(model.instruments()).isEqualTo(demo.instruments());
    assertThat(model.limits()).isEqualTo(demo.limits());
    assertThat(model.crashRules()).isEqualTo(demo.crashRules());
    assertThat(model.accounts()).containsOnlyKeys("model");
    assertThat(model.strategies()).isEmpty();
  }
}
