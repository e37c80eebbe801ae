package io.sluice.cli.validation;

import io.sluice.cli.live.GateStatus;
import io.sluice.cli.stack.StackException;
import io.sluice.cli.validation.Finding.Grade;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a gate that runs, from outside: what its topics tell, what it answers to probes, what
 * Flink says of its jobs, what has reached the archive.
 */
public final class Validation {
  /**
   * How it is done.
   *
   * @param flinkUrl Flink's REST address; empty to ask nothing of Flink
   * @param account the probe account; null for no probes
   * @param instrument the probe instrument
   * @param repeats how many probes the latency is measured with
   * @param mostMs the round trip's p99 that is still well, milliseconds
   * @param patience how long an answer, or a row of the archive, is waited for
   */
  public record Options(
      Optional<String> flinkUrl,
      String account,
      String instrument,
      int repeats,
      double mostMs,
      Duration patience) {}

  private static final String GATE = "sluice risk gate";

  private Validation() {}

  /**
   * Whether it could be done, before anything is.
   *
   * @throws io.sluice.domain.config.ConfigurationException where a probe could trade
   */
  public static void check(JobConfiguration configuration, Options options) {
    plan(configuration, options);
  }

  private static Optional<ProbePlan> plan(JobConfiguration configuration, Options options) {
    return Optional.ofNullable(options.account())
        .map(account -> ProbePlan.of(configuration.risk(), account, options.instrument()));
  }

  /**
   * @throws io.sluice.domain.config.ConfigurationException where a probe could trade
   * @throws io.sluice.jobs.kafka.TopicsException where Kafka does not answer
   */
  public static List<Finding> of(JobConfiguration configuration, Options options)
      throws InterruptedException {
    Optional<ProbePlan> plan = plan(configuration, options);
    List<Finding> findings =
        new ArrayList<>(
            GateFindings.of(
                GateStatus.of(configuration.kafka(), Optional.of(configuration.risk()))));
    String newestIntent =
        plan.isEmpty() ? null : probe(configuration, plan.get(), options, findings);
    if (plan.isEmpty()) {
      findings.add(
          new Finding(
              "probes",
              "all",
              Grade.SKIPPED,
              "",
              "known answers",
              "run it without --without-probes"));
    }
    flink(options, findings);
    try (Topics topics = Topics.open(configuration.kafka())) {
      findings.addAll(
          FreshnessFindings.of(
              configuration.kafka(),
              topics.newestMs(),
              newestIntent != null,
              System.currentTimeMillis()));
    }
    if (configuration.archive().isPresent()) {
      findings.addAll(
          ArchiveFindings.of(configuration.archive().get(), newestIntent, options.patience()));
    }
    return findings;
  }

  private static String probe(
      JobConfiguration configuration, ProbePlan plan, Options options, List<Finding> findings)
      throws InterruptedException {
    try (ProbeRun run = new ProbeRun(configuration.kafka(), options.patience())) {
      ProbeFindings asked = new ProbeFindings(run, plan);
      asked.ask(options.repeats(), options.mostMs());
      findings.addAll(asked.findings());
      return asked.newestIntent();
    }
  }

  private static void flink(Options options, List<Finding> findings) throws InterruptedException {
    if (options.flinkUrl().isEmpty()) {
      findings.add(
          new Finding(
              "health",
              "Flink",
              Grade.SKIPPED,
              "",
              "jobs, checkpoints, memory, CPU",
              "--flink URL"));
      return;
    }
    FlinkRest flink = new FlinkRest(options.flinkUrl().get());
    try {
      findings.addAll(FlinkFindings.of(flink, GATE, System.currentTimeMillis()));
    } catch (StackException e) {
      findings.add(
          new Finding(
              "health", "Flink", Grade.FAIL, e.getMessage(), "an answer", "is its address right?"));
    }
  }
}
