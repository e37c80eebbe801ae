package io.sluice.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.validation.Finding.Grade;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** What Flink says of a job: that it runs, that it checkpoints, and how much room it has. */
final class FlinkFindings {
  private static final String HEALTH = "health";
  private static final String RESOURCES = "resources";
  private static final String HEAP_USED = "Status.JVM.Memory.Heap.Used";
  private static final String HEAP_MAX = "Status.JVM.Memory.Heap.Max";
  private static final String CPU = "Status.JVM.CPU.Load";
  private static final double FULL = 0.85;
  private static final double BUSY = 0.8;

  /** Flink gathers metrics when it is first asked for them. */
  private static final int TRIES = 50;

  private static final long PAUSE_NANOS = 200_000_000L;

  private final FlinkRest flink;
  private final List<Finding> findings = new ArrayList<>();

  private FlinkFindings(FlinkRest flink) {
    this.flink = flink;
  }

  static List<Finding> of(FlinkRest flink, String jobName, long nowMs) throws InterruptedException {
    FlinkFindings looked = new FlinkFindings(flink);
    looked.look(jobName, nowMs);
    return looked.findings;
  }

  private void look(String jobName, long nowMs) throws InterruptedException {
    List<JsonNode> running = new ArrayList<>();
    for (JsonNode job : flink.get("/jobs/overview").path("jobs")) {
      if (job.path("name").asText().equals(jobName)
          && job.path("state").asText().equals("RUNNING")) {
        running.add(job);
      }
    }
    findings.add(
        Finding.of(
            running.size() == 1,
            Grade.FAIL,
            HEALTH,
            jobName,
            running.size() + " running",
            "1 running",
            running.isEmpty()
                ? "the job's exceptions in Flink's web UI"
                : "two versions would both decide: stop one"));
    if (running.isEmpty()) {
      return;
    }
    JsonNode job = running.get(0);
    tasks(job);
    String id = job.path("jid").asText();
    checkpoints(id, nowMs);
    processes();
    busy(id);
  }

  private void tasks(JsonNode job) {
    JsonNode tasks = job.path("tasks");
    findings.add(
        Finding.of(
            tasks.path("running").asInt() == tasks.path("total").asInt(),
            Grade.FAIL,
            HEALTH,
            "tasks",
            tasks.path("running").asInt() + " of " + tasks.path("total").asInt() + " running",
            "all",
            "wait until it has started, or see the job's exceptions"));
  }

  private void checkpoints(String id, long nowMs) throws InterruptedException {
    JsonNode all = flink.get("/jobs/" + id + "/checkpoints");
    long intervalMs = flink.get("/jobs/" + id + "/checkpoints/config").path("interval").asLong();
    JsonNode newest = all.at("/latest/completed");
    long ageMs = newest.isObject() ? nowMs - newest.path("latest_ack_timestamp").asLong() : -1;
    long failed = all.at("/counts/failed").asLong();
    findings.add(
        Finding.of(
            ageMs >= 0 && ageMs <= 3 * intervalMs + newest.path("end_to_end_duration").asLong(),
            Grade.WARN,
            HEALTH,
            "newest checkpoint",
            ageMs < 0 ? "none yet" : ageMs / 1_000 + " s old",
            "at most " + 3 * intervalMs / 1_000 + " s old",
            "a crash folds all since again; the checkpoint's failure is in Flink's web UI"));
    findings.add(
        Finding.of(
            failed == 0,
            Grade.WARN,
            HEALTH,
            "failed checkpoints",
            String.valueOf(failed),
            "0",
            "see why in Flink's web UI: the object store, or a time-out"));
  }

  private void busy(String id) throws InterruptedException {
    for (JsonNode vertex : flink.get("/jobs/" + id).path("vertices")) {
      Map<String, Double> metrics =
          numbers(
              "/jobs/"
                  + id
                  + "/vertices/"
                  + vertex.path("id").asText()
                  + "/subtasks/metrics?agg=max&get=backPressuredTimeMsPerSecond",
              List.of(),
              "max");
      double share = metrics.getOrDefault("backPressuredTimeMsPerSecond", 0.0) / 1_000;
      if (share > BUSY / 2) {
        findings.add(
            new Finding(
                RESOURCES,
                "back pressure",
                Grade.WARN,
                percent(share) + " of the time in " + vertex.path("name").asText(),
                "at most " + percent(BUSY / 2),
                "what comes after it is too slow: more parallel gates, or a faster broker"));
      }
    }
  }

  private void processes() throws InterruptedException {
    int spare = flink.get("/overview").path("slots-available").asInt();
    findings.add(
        Finding.of(
            spare > 0,
            Grade.WARN,
            RESOURCES,
            "spare slots",
            String.valueOf(spare),
            "at least 1",
            "add a TaskManager: one that dies is replaced at once then"));
    for (JsonNode manager : flink.get("/taskmanagers").path("taskmanagers")) {
      String name = "TaskManager " + manager.path("id").asText();
      Map<String, Double> metrics =
          numbers(
              "/taskmanagers/"
                  + manager.path("id").asText()
                  + "/metrics?get="
                  + String.join(",", HEAP_USED, HEAP_MAX, CPU),
              List.of(HEAP_USED, HEAP_MAX, CPU),
              "value");
      if (!metrics.keySet().containsAll(List.of(HEAP_USED, HEAP_MAX, CPU))) {
        findings.add(
            new Finding(RESOURCES, name, Grade.WARN, "no metrics", "heap and CPU", "is it well?"));
        continue;
      }
      double heap = metrics.get(HEAP_USED) / metrics.get(HEAP_MAX);
      findings.add(
          Finding.of(
              heap <= FULL,
              Grade.WARN,
              RESOURCES,
              name + " heap",
              String.format(
                  Locale.ROOT,
                  "%.0f of %.0f MB (%s)",
                  metrics.get(HEAP_USED) / 1e6,
                  metrics.get(HEAP_MAX) / 1e6,
                  percent(heap)),
              "at most " + percent(FULL),
              "more memory, or state in RocksDB (profile durable)"));
      findings.add(
          Finding.of(
              metrics.get(CPU) <= BUSY,
              Grade.WARN,
              RESOURCES,
              name + " CPU",
              percent(metrics.get(CPU)),
              "at most " + percent(BUSY),
              "more cores, or more TaskManagers up to the number of risk groups"));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  /** Waits for what Flink has only begun to gather. */
  private Map<String, Double> numbers(String path, List<String> names, String field)
      throws InterruptedException {
    Map<String, Double> numbers = new TreeMap<>();
    for (int i = 0; i < TRIES; i++) {
      for (JsonNode metric : flink.get(path)) {
        numbers.put(metric.path("id").asText(), metric.path(field).asDouble());
      }
      if (numbers.keySet().containsAll(names)) {
        break;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return numbers;
  }
}
