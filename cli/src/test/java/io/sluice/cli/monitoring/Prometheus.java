package io.sluice.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.stack.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Prometheus: its program for rules, and a real server. */
public final class Prometheus implements AutoCloseable {
  static final Path MONITORING = Path.of("..", "monitoring").toAbsolutePath().normalize();

  private final Process server;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private Prometheus(Process server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Installs it where it is missing; only root can, and others skip the test. */
  public static void install() throws IOException, InterruptedException {
    boolean isThere = run("bash", "-c", "command -v prometheus promtool").code() == 0;
    assumeTrue(
        isThere || System.getProperty("user.name").equals("root"),
        "prometheus is missing and this user cannot run monitoring/install");
    Run installed = run(MONITORING.resolve("install").toString());
    assertThat(installed.code()).as(installed.output()).isZero();
  }

  /** What a program said, and its exit code. */
  record Run(int code, String output) {}

  static Run run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("prometheus", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(MONITORING.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
      return new Run(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** A server with the rules of this repository that scrapes a port of this machine. */
  public static Prometheus start(Path folder, int scraped) throws IOException {
    int port = FreePort.orAny(0, scraped);
    // As packaged, but for the target and the pace.
    String configuration =
        Files.readString(MONITORING.resolve("prometheus.yml"))
            .replace("localhost:9249", "localhost:" + scraped)
            .replace("_interval: 5s", "_interval: 1s");
    Files.writeString(folder.resolve("prometheus.yml"), configuration);
    List<String> rules = List.of("recording-rules.yml", "alert-rules.yml");
    for (String file : rules) {
      Files.writeString(
          folder.resolve(file),
          Files.readString(MONITORING.resolve(file)).replace("interval: 5s", "interval: 1s"));
    }
    List<String> command = new ArrayList<>(List.of("prometheus"));
    command.add("--config.file=" + folder.resolve("prometheus.yml"));
    command.add("--storage.tsdb.path=" + folder.resolve("data"));
    command.add("--web.listen-address=localhost:" + port);
    Process server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new Prometheus(server, port);
  }

  /** The samples of a query; none while the server does not answer. */
  public List<JsonNode> query(String expression) {
    String address =
        "http://localhost:%d/api/v1/query?query=%s"
            .formatted(port, URLEncoder.encode(expression, StandardCharsets.UTF_8));
    List<JsonNode> samples = new ArrayList<>();
    try {
      String answer =
          http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
              .body();
      new ObjectMapper().readTree(answer).path("data").path("result").forEach(samples::add);
    } catch (IOException notYet) {
      assertThat(server.isAlive()).as("prometheus runs").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return samples;
  }

  @Override
  public void close() throws InterruptedException {
    server.destroy();
    if (!server.waitFor(20, TimeUnit.SECONDS)) {
      server.destroyForcibly().waitFor();
    }
  }
}
