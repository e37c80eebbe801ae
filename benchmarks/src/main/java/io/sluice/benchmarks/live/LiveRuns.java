package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Repeats one kind of live run, prints each figure's median, smallest and largest, and writes all
 * of them as lines of JSON.
 *
 * <pre>
 * LiveRuns kind runs out-file [quick]
 * </pre>
 *
 * <p>{@code GATE_OPTS} are the JVM options of the gate and of the control job, {@code GATE_JFR} is
 * a file to record the gate's JVM into.
 */
public final class LiveRuns {
  /** As docs/live.md has it for a desk; inlining as the launcher has it. */
  private static final String DEFAULT_OPTIONS =
      "-Xms6g -Xmx6g -Xmn1500m -XX:MaxTenuringThreshold=1 -XX:+AlwaysPreTouch -XX:+UseParallelGC"
          + " -XX:FreqInlineSize=150 -XX:InlineSmallCode=1000";

  private LiveRuns() {}

  private interface Runs {
    List<ObjectNode> run(List<String> gateOptions, int runs) throws Exception;
  }

  private interface Run {
    ObjectNode run(List<String> gateOptions) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    boolean isQuick = args.length > 3;
    Runs all = runsOf(args[0], isQuick);
    int runs = Integer.parseInt(args[1]);
    Path out = Path.of(args[2]);
    String line = System.getenv().getOrDefault("GATE_OPTS", DEFAULT_OPTIONS);
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    List<ObjectNode> results = all.run(LiveStack.options(line), runs);
    for (ObjectNode result : results) {
      result.put("load_average_before", load).put("kind", args[0]).put("gate_options", line);
    }
    Files.write(out, results.stream().map(ObjectNode::toString).toList());
    print(args[0], results);
    System.exit(0);
  }

  private static Runs runsOf(String kind, boolean isQuick) {
    int warmUpS = isQuick ? 10 : 180;
    return switch (kind) {
      case "latency" -> latency(isQuick)::run;
      case "sustained" -> new LatencyRun(20_000, 100_000 / 60.0, warmUpS, isQuick ? 15 : 300)::run;
      case "throughput" -> repeated(new ThroughputRun(isQuick ? 600_000 : 3_000_000)::run);
      case "memory" -> repeated(new MemoryRun(isQuick ? 60_000 : 1_000_000)::run);
      // A fifth of the load: ClickHouse and the archive's job want the same two cores.
      case "archive-latency" ->
          new ArchiveLatencyRun(new LatencyRun(4_000, 200, isQuick ? 10 : 90, isQuick ? 10 : 60))
              ::run;
      case "archive" -> repeated(new ArchiveRun(isQuick ? 20_000 : 200_000)::run);
      default ->
          throw new IllegalArgumentException(
              "the kind is "
                  + kind
                  + ", expected latency, sustained, throughput, memory, archive or archive-latency");
    };
  }

  private static LatencyRun latency(boolean isQuick) {
    return new LatencyRun(20_000, 1_000, isQuick ? 10 : 180, isQuick ? 10 : 60);
  }

  private static Runs repeated(Run run) {
    return (options, runs) -> {
      List<ObjectNode> results = new ArrayList<>();
      for (int i = 1; i <= runs; i++) {
        results.add(run.run(options));
        System.err.println("  " + i + " of " + runs + ": " + results.get(i - 1));
      }
      return results;
    };
  }

  private static void print(String kind, List<ObjectNode> results) {
    System.out.printf(Locale.ROOT, "%-28s %12s %12s %12s%n", kind, "median", "smallest", "largest");
    results.get(0).fieldNames().forEachRemaining(name -> row(name, results));
  }

  private static void row(String name, List<ObjectNode> results) {
    if (!results.get(0).path(name).isNumber()) {
      return;
    }
    double[] sorted =
        results.stream().mapToDouble(result -> result.path(name).doubleValue()).sorted().toArray();
    int half = sorted.length / 2;
    double median =
        sorted.length % 2 == 1
            ? sorted[half]
            : Arrays.stream(sorted, half - 1, half + 1).average().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%-28s %12.2f %12.2f %12.2f%n",
        name,
        median,
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
