package io.sluice.cli;

import io.sluice.cli.live.RunRecord;
import io.sluice.jobs.config.JobConfiguration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Mixin private ValidationChoice validation;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    JobConfiguration configuration = gate.configuration();
    Optional<String> url =
        flink != null
            ? Optional.of(flink)
            : RunRecord.running(gate.folder(), configuration.kafka()).map(RunRecord::ui);
    return validation.report(configuration, url, json, spec.commandLine().getOut());
  }
}
