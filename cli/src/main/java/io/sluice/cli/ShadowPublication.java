package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.cli.live.CommandAnswer;
import io.sluice.cli.live.CommandDesk;
import io.sluice.cli.live.CommandDesk.Answered;
import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.wire.Command;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Lets what was trained score beside the model in production, as a model that has no account and
 * trades nothing. What takes its place there is only for a record to say.
 */
final class ShadowPublication {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--shadow",
      paramLabel = "NAME",
      description =
          "With --registry, publish each version for NAME, a model of --config without an account:"
              + " it scores there and trades nothing.")
  private String model;

  @Mixin private KeyOptions keys;

  /** Whether it was asked for. */
  boolean isAsked() {
    return model != null;
  }

  /**
   * Reads where it is to score.
   *
   * @throws ParameterException where a model of that name is not there, or would trade
   */
  JobConfiguration gate(Path config) {
    if (config == null) {
      throw refused("--shadow needs --config, the configuration of the gate");
    }
    JobConfiguration gate = ConfigurationFile.readJob(config);
    List<ModelChoice> models = gate.risk().models();
    ModelChoice choice =
        models.stream()
            .filter(each -> each.name().equals(model))
            .findFirst()
            .orElseThrow(
                () ->
                    refused(
                        "--shadow is "
                            + model
                            + ", expected one of the models of "
                            + config
                            + ": "
                            + models.stream().map(ModelChoice::name).toList()));
    if (choice.account() != null) {
      throw refused(
          "--shadow is "
              + model
              + ", which trades for the account "
              + choice.account()
              + ", expected a model without an account: into production a version comes by its"
              + " record alone, with  ./sluice models promote");
    }
    return gate;
  }

  /**
   * @param bundle where the gate finds it too
   * @return the command's id; null where not every group has taken it, which is told
   */
  String publish(JobConfiguration gate, Path bundle) throws InterruptedException {
    Command command =
        keys.signed(
            new Command(
                UUID.randomUUID().toString(),
                Publication.COMMAND,
                "firm",
                LocalBundle.of(bundle).publish(model),
                System.getProperty("user.name"),
                "trained",
                System.currentTimeMillis() * 1_000,
                null,
                null,
                JsonNodeFactory.instance.arrayNode()));
    Scope scope = Scope.parse(command.scope());
    Answered answered =
        new CommandDesk(gate.kafka()).give(command, gate.risk().groupsToTell(scope), PATIENCE);
    if (answered.isDone()) {
      return command.commandId();
    }
    for (CommandAnswer answer : answered.answers()) {
      if (answer.isRefusal()) {
        tell("group " + answer.group() + " refuses to publish it: " + answer.why());
        return null;
      }
    }
    tell(
        "not published yet, no answer from "
            + answered.silent()
            + ": command "
            + command.commandId()
            + " counts as soon as they read it");
    return null;
  }

  private void tell(String what) {
    spec.commandLine().getErr().println("train: " + what);
    spec.commandLine().getErr().flush();
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
