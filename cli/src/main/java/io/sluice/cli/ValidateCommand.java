package io.sluice.cli;

import io.sluice.cli.live.RunRecord;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at a gate after a deployment. */
@Command(
    name = "validate",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Looks at a gate that runs: health, known answers to probes, latency, freshness, memory and CPU.",
      "No probe can trade: all are of an account whose max_qty is 0, on an instrument of their own.",
      "Exit code 0 when all is well (warnings allowed), 1 when something is not."
    })
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private GateChoice gate;

  @Option(
      names = "--flink",
      paramLabel = "URL",
      description = "Flink's REST address. Default: that of the gate which --state knows.")
  private String flink;

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

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Long us = Durations.parseUs(wait);
    if (us == null || us == 0) {
      throw new ParameterException(
          spec.commandLine(), "--wait is " + wait + ", expected a duration such as 15s");
    }
    if (repeats < 1 || repeats > 10_000) {
      throw new ParameterException(
          spec.commandLine(), "--latency-probes is " + repeats + ", expected 1 to 10000");
    }
    JobConfiguration configuration = gate.configuration();
    Optional<String> url =
        flink != null
            ? Optional.of(flink)
            : RunRecord.running(gate.folder(), configuration.kafka()).map(RunRecord::ui);
    List<Finding> findings =
        Validation.of(
            configuration,
            new Validation.Options(
                url,
                isWithoutProbes ? null : account,
                instrument,
                repeats,
                mostMs,
                Duration.of(us, ChronoUnit.MICROS)));
    boolean isWell = findings.stream().noneMatch(finding -> finding.grade() == Grade.FAIL);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
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
