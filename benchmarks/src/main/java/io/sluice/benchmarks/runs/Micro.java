package io.sluice.benchmarks.runs;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the JMH benchmarks that JMH's own arguments name and prints a table: the median of all
 * iterations, the fastest and the slowest, and bytes allocated. Where entries are prepared between
 * invocations the bytes would count those too, so that they are left out.
 */
public final class Micro {
  private static final String BYTES = "gc.alloc.rate.norm";

  private Micro() {}

  public static void main(String[] args) throws Exception {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(args))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    Collection<RunResult> results = new Runner(options.build()).run();
    print("%-44s %10s %10s %10s %12s %8s%n", "", "median", "fastest", "slowest", "median", "");
    print("%-44s %10s %10s %10s %12s %8s%n", "", "us/op", "us/op", "us/op", "op/s", "B/op");
    results.forEach(Micro::row);
  }

  private static void row(RunResult run) {
    double[] times =
        run.getBenchmarkResults().stream()
            .flatMapToDouble(
                fork ->
                    fork.getIterationResults().stream()
                        .flatMapToDouble(i -> DoubleStream.of(i.getPrimaryResult().getScore())))
            .sorted()
            .toArray();
    double median = median(times);
    String name = run.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
    String kind = run.getParams().getParam("kind");
    String desk = run.getParams().getParam("desk");
    boolean hasPreparation = name.startsWith("Fold") || name.startsWith("Checkpoint");
    Result<?> bytes = run.getSecondaryResults().get(BYTES);
    print(
        "%-44s %10.3f %10.3f %10.3f %12.0f %8s%n",
        name + (kind == null ? "" : " " + kind) + (desk == null ? "" : " " + desk),
        median,
        times[0],
        times[times.length - 1],
        1e6 / median,
        hasPreparation || bytes == null ? "" : String.format("%.0f", bytes.getScore()));
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[half]
        : Arrays.stream(sorted, half - 1, half + 1).average().orElseThrow();
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
