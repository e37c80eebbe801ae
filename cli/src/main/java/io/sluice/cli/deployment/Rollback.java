package io.sluice.cli.deployment;

import io.sluice.cli.live.ClusterJobs;
import io.sluice.cli.live.FolderLock;
import io.sluice.cli.stack.FlinkClient;
import io.sluice.cli.stack.StackException;
import io.sluice.jobs.archive.ArchiveJob;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.live.LiveJob;
import io.sluice.jobs.live.RiskGateJob;
import io.sluice.sinks.clickhouse.ClickHouseException;
import io.sluice.sinks.clickhouse.Direction;
import io.sluice.sinks.clickhouse.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobStatusMessage;

/**
 * Carries out a {@link RollbackPlan} on a Flink cluster: stops gate and archive with savepoints,
 * takes the archive's schema along, and has the older jar submit itself.
 */
public final class Rollback {
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

  private final RollbackPlan plan;
  private final Deployments deployments;
  private final Path state;
  private final Optional<ArchiveSettings> archive;
  private final boolean isDropAllowed;
  private final Consumer<String> say;

  /**
   * @param state the gate's state folder
   * @param isArchived whether the archive is taken back and started too
   * @param isDropAllowed whether what the schema loses on the way may be dropped
   * @param say told each step when it is done
   */
  public Rollback(
      RollbackPlan plan,
      Deployments deployments,
      Path state,
      boolean isArchived,
      boolean isDropAllowed,
      Consumer<String> say) {
    this.plan = plan;
    this.deployments = deployments;
    this.state = state;
    this.archive =
        isArchived ? plan.configuration().flatMap(whole -> whole.archive()) : Optional.empty();
    this.isDropAllowed = isDropAllowed;
    this.say = say;
  }

  /** Everything that rules it out, each with what to do; none where it can be done. */
  public List<String> refusals() throws IOException {
    List<String> refusals = new ArrayList<>(plan.refusals());
    String ofState = refusalOfState();
    if (ofState != null) {
      refusals.add(ofState);
    }
    try {
      List<Migrator.Step> steps = schemaSteps();
      boolean isDropping = steps.stream().anyMatch(step -> step.direction() == Direction.DOWN);
      if (isDropping && !isDropAllowed) {
        refusals.add(
            "the archive's schema goes back with it ("
                + steps
                + "), which drops what these added: say so with --drop-archived, or leave the archive"
                + " as it is and stopped with --without-archive");
      }
    } catch (ClickHouseException e) {
      refusals.add(
          "the archive's schema cannot be looked at: "
              + e.getMessage()
              + "; or leave the archive as it is and stopped with --without-archive");
    }
    return refusals;
  }

  private String refusalOfState() throws IOException {
    String ofGate = plan.refusalOf(LiveJob.newestIn(state));
    Optional<Path> ofArchive =
        archive.isEmpty() ? Optional.empty() : LiveJob.newestIn(archiveState());
    if (ofGate != null || ofArchive.isEmpty()) {
      return ofGate;
    }
    String refusal = plan.refusalOfOperators(ofArchive.get());
    return refusal == null
        ? null
        : refusal + "; or leave the archive as it is and stopped with --without-archive";
  }

  /** What brings the archive to the schema of that build; none where it is there. */
  public List<Migrator.Step> schemaSteps() {
    if (archive.isEmpty()) {
      return List.of();
    }
    try (Migrator migrator = Migrator.open(archive.get().clickHouse())) {
      return migrator.plan(plan.to().build().schema());
    }
  }

  /**
   * Does it.
   *
   * @param conf folder with the {@code config.yaml} of the cluster
   * @throws StackException where it cannot be gone on with: what is stopped, and what to do
   */
  public Deployment carryOut(Path conf, Configuration client)
      throws IOException, InterruptedException {
    try (ClusterJobs jobs = ClusterJobs.of(client);
        FolderLock lock = FolderLock.take(state)) {
      stop(jobs, state, "the gate");
      stop(jobs, archiveState(), "the archive");
      String refusal = refusalOfState();
      if (refusal != null) {
        throw new StackException(refusal + "; " + goOn());
      }
      takeSchema();
      Optional<Path> newest = LiveJob.newestIn(state);
      Deployments.Prepared prepared = deployments.prepare(plan.to());
      submit(conf, RiskGateJob.class.getName(), state, newest, "the gate");
      if (archive.isPresent()) {
        Optional<Path> ofArchive = LiveJob.newestIn(archiveState());
        submit(conf, ArchiveJob.class.getName(), archiveState(), ofArchive, "the archive");
      }
      return prepared.deployed(
          "rollback to " + plan.to().number(),
          plan.to().parallelism(),
          newest,
          archive.isPresent());
    }
  }

  private Path archiveState() {
    return state.resolve("archive");
  }

  private void stop(ClusterJobs jobs, Path folder, String what)
      throws IOException, InterruptedException {
    Optional<JobStatusMessage> job = jobs.of(folder);
    if (job.isPresent()) {
      Path savepoint = jobs.stop(job.get().getJobId(), folder);
      say.accept(what + " is stopped, its savepoint: " + savepoint);
    }
  }

  private void takeSchema() {
    if (archive.isPresent()) {
      try (Migrator migrator = Migrator.open(archive.get().clickHouse())) {
        for (Migrator.Step step : schemaSteps()) {
          migrator.take(step);
          say.accept("archive: " + step);
        }
      }
    }
  }

  /** The jar's own main class builds the job: no class of this build has part in it. */
  private void submit(Path conf, String mainClass, Path folder, Optional<Path> from, String what)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "--detached", "-t", "remote", "-p", "" + plan.to().parallelism()));
    from.ifPresent(path -> arguments.addAll(List.of("-s", uri(path))));
    arguments.add(
        "-D"
            + CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()
            + "="
            + uri(LiveJob.checkpointsIn(folder)));
    arguments.addAll(
        List.of("-c", mainClass, deployments.jarOf(plan.to()).orElseThrow().toString()));
    arguments.addAll(List.of("--config", deployments.configurationOf(plan.to()).toString()));
    StringBuilder said = new StringBuilder();
    int code = FlinkClient.run(conf, arguments, line -> said.append(line).append('\n'));
    Matcher id = JOB_ID.matcher(said);
    if (code != 0 || !id.find()) {
      Path log = folder.resolve("flink-run.log");
      Files.writeString(log, said);
      throw new StackException(
          what
              + " of deployment "
              + plan.to().number()
              + " does not start: "
              + cause(said)
              + " (all of it: "
              + log
              + "); "
              + goOn());
    }
    ClusterJobs.remember(folder, id.group(1));
    say.accept(
        what
            + " of deployment "
            + plan.to().number()
            + " is submitted as job "
            + id.group(1)
            + from.map(path -> ", going on from " + path).orElse(""));
  }

  private static String uri(Path path) {
    return path.toAbsolutePath().normalize().toUri().toString();
  }

  /** The last cause that Flink's client prints, which is the first one's. */
  private static String cause(StringBuilder said) {
    List<String> causes =
        said.toString().lines().filter(line -> line.startsWith("Caused by: ")).toList();
    return causes.isEmpty()
        ? said.toString().lines().filter(line -> !line.isBlank()).findFirst().orElse("")
        : causes.get(causes.size() - 1);
  }

  private String goOn() {
    return "the gate is stopped and its state kept; start what was deployed before with  ./sluice job"
        + " resume --config "
        + deployments.configurationOf(plan.now())
        + " --state "
        + state;
  }
}
