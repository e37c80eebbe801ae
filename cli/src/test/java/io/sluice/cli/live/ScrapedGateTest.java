package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.monitoring.Prometheus;
import io.sluice.cli.stack.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes a gate that runs, and the promised names are there with its figures.
 */
class ScrapedGateTest {
  private static final List<String> OF_ACCOUNTS =
      List.of(
          "adaptive_risk_portfolio_risk",
          "adaptive_risk_win_rate",
          "adaptive_risk_drawdown",
          "adaptive_risk_sharpe_ratio");

  /** What alerts look at that no promised name is made of. */
  private static final List<String> OF_ALERTS =
      List.of(
          "flink_jobmanager_job_numRestarts{job_name=\"sluice risk gate\"}",
          "flink_jobmanager_job_numberOfCompletedCheckpoints{job_name=\"sluice risk gate\"}",
          "flink_taskmanager_job_task_operator_sluice_deadLetters{job_name=\"sluice risk gate\"}",
          "flink_taskmanager_job_task_operator_sluice_group_seq{group=\"firm\"}",
          "flink_taskmanager_job_task_operator_sluice_type_events{type=\"COMMAND_REFUSED\"}");

  @TempDir Path folder;

  @Test
  void thePromisedNamesCarryTheGatesFigures() throws Exception {
    Prometheus.install();
    int port = FreePort.orAny(0, 0);
    try (Desk desk = Desk.open(SharedBroker.get().settings().withPrefix("scraped."));
        EmbeddedGate gate = EmbeddedGate.unbounded(reporting(desk.options(folder, 1), port));
        Prometheus prometheus = Prometheus.start(folder, port)) {
      desk.trade("100");
      int sent = desk.intentsUntilOneIsAllowed();
      desk.intent("too-little", "0.0001");
      Desk.awaitThat(
          () ->
              value(prometheus, "adaptive_risk_trades_approved") == 1
                  && value(prometheus, "adaptive_risk_trades_rejected") == sent,
          "one order approved and the others rejected");
      // 100 of a million, before the instrument's volatility is known.
      String own = "adaptive_risk_portfolio_risk{group=\"firm\",account=\"one\"}";
      Desk.awaitThat(() -> value(prometheus, own) >= 1e-4, "the order's risk");
      assertThat(value(prometheus, own)).isLessThan(1.1e-4);
      for (String name : OF_ACCOUNTS) {
        Desk.awaitThat(
            () -> prometheus.query(name + "{account=~\"one|two\"}").size() == 2,
            name + " of both accounts");
      }
      Desk.awaitThat(
          () -> value(prometheus, "adaptive_risk_assessment_latency{quantile=\"0.99\"}") >= 0,
          "latency");
      assertThat(value(prometheus, "up{job=\"sluice\"}")).isEqualTo(1);
      for (String alertedOn : OF_ALERTS) {
        Desk.awaitThat(() -> !prometheus.query(alertedOn).isEmpty(), alertedOn);
      }
      assertThat(gate.jobId()).isNotNull();
    }
  }

  /** The same gate, reporting at a port that nobody else takes. */
  private EmbeddedGate.Options reporting(EmbeddedGate.Options options, int port)
      throws IOException {
    Path profile = Files.createDirectories(folder.resolve("flink-conf"));
    String local = Files.readString(options.flinkConf().resolve("config.yaml"));
    Files.writeString(
        profile.resolve("config.yaml"), local.replace("port: 9249-9299", "port: " + port));
    return new EmbeddedGate.Options(
        options.configuration(), profile, folder, options.parallelism(), options.uiPort());
  }

  /** NaN where there is no sample. */
  private static double value(Prometheus prometheus, String expression) {
    List<JsonNode> samples = prometheus.query(expression);
    return samples.isEmpty()
        ? Double.NaN
        : Double.parseDouble(samples.get(0).path("value").path(1).textValue());
  }
}
