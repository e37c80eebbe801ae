package io.sluice.cli;

import io.sluice.cli.validation.Finding;
import io.sluice.cli.validation.Finding.Grade;
import io.sluice.cli.validation.Validation;
import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;
import io.sluice.jobs.config.JobConfiguration;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a gate is validated. */
final class ValidationChoice {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--account",
      paramLabel = "ID",
      defaultValue = "probe",
      description = "The probe account. Default: ${DEFAULT-VALUE}.")
  private String account;

  @Option(
      names = "--instrument",
      paramLabel = "ID",
      defaultValue = "PROBE:PROBE",
      description = "The probe instrument. Default: ${DEFAULT-VALUE}.")
  private String instrument;

  @Option(names = "--without-probes", description = "Send no probes; only look.")
  private boolean isWithoutProbes;

  @Option(
      names = "--latency-probes",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many probes the latency is measured with. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--max-latency-ms",
      paramLabel = "N",
      defaultValue = "100",
      description = "The p99 of a round trip that is still well. Default: ${DEFAULT-VALUE}.")
  private double mostMs;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "15s",
      description = "How long to wait for an answer. Default: ${DEFAULT-VALUE}.")
  private String wait;

  /**
   * @throws ParameterException where an option is not what it has to be
   * @throws io.sluice.domain.config.ConfigurationException where a probe could trade
   */
  void check(JobConfiguration configuration) {
    Validation.check(configuration, options(Optional.empty()));
  }

  private Validation.Options options(Optional<String> flink) {
    Long us = Durations.parseUs(wait);
    if (us == null || us == 0) {
      throw new ParameterException(
          spec.commandLine(), "--wait is " + wait + ", expected a duration such as 15s");
    }
    if (repeats < 1 || repeats > 10_000) {
      throw new ParameterException(
          spec.commandLine(), "--latency-probes is " + repeats + ", expected 1 to 10000");
    }
    return new Validation.Options(
        flink,
        isWithoutProbes ? null : account,
        instrument,
        repeats,
        mostMs,
        Duration.of(us, ChronoUnit.MICROS));
  }

  /**
   * Validates the gate, and prints what is found.
   *
   * @param flink Flink's REST address; empty to ask nothing of Flink
   * @param isJson whether it is printed as JSON
   * @return the exit code
   */
  int report(
      JobConfiguration configuration, Optional<String> flink, boolean isJson, PrintWriter out)
      throws InterruptedException {
    List<Finding> findings = Validation.of(configuration, options(flink));
    boolean isWell = findings.stream().noneMatch(finding -> finding.grade() == Grade.FAIL);
    if (isJson) {
      out.println(toJson(findings, isWell));
    } else {
      print(findings, isWell, out);
    }
    out.flush();
    return isWell ? ExitCode.DONE : ExitCode.NO;
  }

  private static void print(List<Finding> findings, boolean isWell, PrintWriter out) {
    for (Finding finding : findings) {
      out.printf(
          Locale.ROOT,
          "%-7s %-9s %-28s %s%n",
          finding.grade().name().toLowerCase(Locale.ROOT),
          finding.area(),
          finding.check(),
          finding.observed());
      if (!finding.advice().isEmpty()) {
        out.println("        expected " + finding.expected() + "; " + finding.advice());
      }
    }
    Map<Grade, Integer> counts = new EnumMap<>(Grade.class);
    findings.forEach(finding -> counts.merge(finding.grade(), 1, Integer::sum));
    out.println(
        (isWell ? "well: " : "NOT WELL: ")
            + counts.getOrDefault(Grade.OK, 0)
            + " ok, "
            + counts.getOrDefault(Grade.WARN, 0)
            + " to look at, "
            + counts.getOrDefault(Grade.FAIL, 0)
            + " failed, "
            + counts.getOrDefault(Grade.SKIPPED, 0)
            + " skipped");
  }

  private static String toJson(List<Finding> findings, boolean isWell) {
    JsonWriter json = new JsonWriter().beginObject().name("well").value(isWell);
    json.name("findings").beginArray();
    for (Finding finding : findings) {
      json.beginObject().name("area").value(finding.area()).name("check").value(finding.check());
      json.name("grade").value(finding.grade()).name("observed").value(finding.observed());
      json.name("expected").value(finding.expected()).name("advice").value(finding.advice());
      json.endObject();
    }
    return json.endArray().endObject().toString();
  }
}
