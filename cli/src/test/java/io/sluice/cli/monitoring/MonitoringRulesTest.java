package io.sluice.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prometheus's own program takes the rules, and finds that they do what their tests say. */
class MonitoringRulesTest {
  @Test
  void promtoolTakesTheConfiguration() throws Exception {
    Prometheus.install();
    Prometheus.Run run = Prometheus.run("promtool", "check", "config", "prometheus.yml");
    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output()).contains("7 rules found", "11 rules found");
  }

  @Test
  void theRulesDoWhatTheirTestsSay() throws Exception {
    Prometheus.install();
    List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
    try (Stream<Path> tests = Files.list(Prometheus.MONITORING.resolve("tests"))) {
      tests.map(Path::toString).sorted().forEach(command::add);
    }
    assertThat(command).hasSize(5);
    Prometheus.Run run = Prometheus.run(command.toArray(new String[0]));
    assertThat(run.code()).as(run.output()).isZero();
  }

  @Test
  void everyNameAndEveryAlertHasARow() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "monitoring.md"));
    assertThat(rows(page, "## Names", "## Alerts")).isEqualTo(all("recording-rules.yml", "record"));
    assertThat(rows(page, "## Alerts", "\n# ")).isEqualTo(all("alert-rules.yml", "alert"));
    for (JsonNode rule : rules("alert-rules.yml")) {
      String severity = rule.path("labels").path("severity").textValue();
      assertThat(page).contains("| `" + rule.path("alert").textValue() + "` | " + severity + " |");
    }
  }

  @Test
  void everyProfileOfFlinkReportsToPrometheus() throws Exception {
    try (Stream<Path> profiles = Files.list(Path.of("..", "flink-conf"))) {
      for (Path profile : profiles.filter(Files::isDirectory).toList()) {
        assertThat(Files.readString(profile.resolve("config.yaml")))
            .as(profile.toString())
            .contains("org.apache.flink.metrics.prometheus.PrometheusReporterFactory")
            .contains("port: 9249-9299");
      }
    }
  }

  private static Set<String> all(String file, String key) throws IOException {
    Set<String> names = new TreeSet<>();
    rules(file).forEach(rule -> names.add(rule.path(key).textValue()));
    return names;
  }

  private static List<JsonNode> rules(String file) throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    JsonNode root = new YAMLMapper().readTree(Prometheus.MONITORING.resolve(file).toFile());
    root.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  private static Set<String> rows(String page, String from, String to) {
    int start = page.indexOf(from);
    int end = page.indexOf(to, start);
    String section = page.substring(start, end < 0 ? page.length() : end);
    Set<String> names = new TreeSet<>();
    Pattern.compile("(?m)^\\| `([^`]+)` \\|")
        .matcher(section)
        .results()
        .forEach(row -> names.add(row.group(1)));
    return names;
  }
}
