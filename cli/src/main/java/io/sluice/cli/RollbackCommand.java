package io.sluice.cli;

import io.sluice.cli.deployment.Deployment;
import io.sluice.cli.deployment.Deployments;
import io.sluice.cli.deployment.Rollback;
import io.sluice.cli.deployment.RollbackPlan;
import io.sluice.cli.live.GateStatus;
import io.sluice.cli.stack.LocalCluster;
import io.sluice.jobs.config.JobConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.RestOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Goes back to what was deployed together before. */
@Command(
    name = "rollback",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Goes back to a deployment before: its jar, its configuration, its archive schema, together, on the"
          + " Flink cluster of the local stack. Then validates it.",
      "It goes on from the newest savepoint: what was decided since is never forgotten.",
      "Exit code 0 when it is done and well, 1 when it is refused (nothing is touched then) or not well."
    })
final class RollbackCommand implements Callable<Integer> {
  private static final Duration START = Duration.ofSeconds(120);
  private static final int POLL_MS = 500;

  @Spec private CommandSpec spec;
  @Mixin private StackFolder folder;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = RunCommand.STATE,
      description = "State folder of the gate. Default: ${DEFAULT-VALUE}.")
  private Path state;

  @Option(
      names = "--to",
      paramLabel = "N",
      description =
          "Number of the deployment to go back to. Default: the last before that was another build or"
              + " another configuration.")
  private Integer number;

  @Option(names = "--list", description = "List what was deployed, and do nothing.")
  private boolean isList;

  @Option(names = "--plan", description = "Say what would be done, or why not, and do nothing.")
  private boolean isPlan;

  @Option(
      names = "--drop-archived",
      description = "What the archive's schema loses on the way back may be dropped.")
  private boolean isDropAllowed;

  @Option(
      names = "--without-archive",
      description = "Leave the archive's schema as it is, and start no archive.")
  private boolean isWithoutArchive;

  @Option(names = "--without-validation", description = "Do not look at the gate afterwards.")
  private boolean isWithoutValidation;

  @Mixin private ValidationChoice validation;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Deployments deployments = Deployments.in(state);
    if (isList) {
      list(deployments.all(), out);
      return ExitCode.DONE;
    }
    RollbackPlan plan = RollbackPlan.of(deployments, number, System.getenv());
    Rollback rollback =
        new Rollback(
            plan,
            deployments,
            state,
            plan.to().isArchived() && !isWithoutArchive,
            isDropAllowed,
            done -> tell(done, out));
    List<String> refusals = rollback.refusals();
    tell("from deployment " + line(plan.now()), out);
    tell("back to deployment " + line(plan.to()), out);
    if (!refusals.isEmpty()) {
      refusals.forEach(refusal -> tell("refused: " + refusal, out));
      return ExitCode.NO;
    }
    JobConfiguration configuration = plan.configuration().orElseThrow();
    if (!isWithoutValidation) {
      validation.check(configuration);
    }
    if (isPlan) {
      rollback.schemaSteps().forEach(step -> tell("archive: would take " + step, out));
      return ExitCode.DONE;
    }
    LocalCluster cluster = folder.stack().cluster();
    var client = cluster.client();
    long sinceUs = System.currentTimeMillis() * 1_000;
    Deployment done = rollback.carryOut(cluster.conf(), client);
    tell("this is deployment " + done.number(), out);
    if (isWithoutValidation) {
      return ExitCode.DONE;
    }
    awaitSigns(configuration, sinceUs);
    String flink = "http://" + client.get(RestOptions.ADDRESS) + ":" + client.get(RestOptions.PORT);
    return validation.report(configuration, Optional.of(flink), false, out);
  }

  /**
   * A gate that reads back its state answers nothing yet; validation finds out if it never does.
   */
  private static void awaitSigns(JobConfiguration configuration, long sinceUs)
      throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      GateStatus gate = GateStatus.of(configuration.kafka(), Optional.of(configuration.risk()));
      if (gate.missing().isEmpty()
          && gate.heartbeats().values().stream().allMatch(beat -> beat.atUs() > sinceUs)) {
        return;
      }
      Thread.sleep(POLL_MS);
    }
  }

  private static void tell(String line, PrintWriter out) {
    out.println(line);
    out.flush();
  }

  private static String line(Deployment each) {
    String jar = each.build().jarSha256();
    return each.number()
        + "  "
        + each.at()
        + "  "
        + each.by()
        + " by "
        + each.person()
        + "  jar "
        + (jar == null ? "none" : jar.substring(0, 12))
        + "  configuration "
        + each.configurationSha256().substring(0, 12)
        + " ("
        + each.configuration()
        + ")  from "
        + (each.from() == null ? "the first record" : each.from());
  }

  private static void list(List<Deployment> all, PrintWriter out) {
    if (all.isEmpty()) {
      tell("nothing was deployed with this state folder", out);
    }
    all.forEach(each -> tell(line(each), out));
  }
}
