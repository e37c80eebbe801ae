package io.sluice.cli;

import io.sluice.cli.models.Recordings;
import io.sluice.cli.models.Registry;
import io.sluice.cli.models.Registry.Version;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.record.Challenge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts a challenger in the champion's place, where its own record is better. */
@Command(
    name = "promote",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a version where what it said in shadow was better than what the one in production"
          + " said of the same bars.",
      "Exit code 1 where its record does not say so; then nothing is published."
    })
final class ModelsPromoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RegistryChoice registry;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "The model, by its name in the configuration.")
  private String model;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      required = true,
      description = "The version that is to take over.")
  private String challenger;

  @Option(
      names = "--min-rows",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Rows that its record needs at least. Default: ${DEFAULT-VALUE}.")
  private int leastRows;

  @Mixin private RecordChoice records;
  @Mixin private ModelPublication publication;
  @Mixin private KeyOptions keys;
  @Mixin private CommandDelivery delivery;
  @Mixin private KafkaChoice kafka;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (leastRows < 1) {
      throw new ParameterException(
          spec.commandLine(), "--min-rows is " + leastRows + ", expected at least 1");
    }
    Registry all = registry.registry();
    Version its = all.version(model, challenger);
    Optional<Version> champion = all.production(model);
    if (champion.isPresent() && champion.get().name().equals(challenger)) {
      throw new BundleException("version " + challenger + " is in production already");
    }
    champion.ifPresent(now -> checkComparable(its, now));
    List<String> versions = new ArrayList<>(List.of(challenger));
    champion.ifPresent(version -> versions.add(version.name()));
    Recordings said = records.of(versions);
    Challenge challenge =
        new Challenge(said.of(its), champion.map(said::of).orElse(null), leastRows);
    String refusal = challenge.refusal();
    if (refusal != null) {
      spec.commandLine()
          .getErr()
          .println("sluice: version " + challenger + " is not promoted: " + refusal);
      return ExitCode.NO;
    }
    return publication.publish(all, model, its, keys, delivery, kafka);
  }

  private static void checkComparable(Version challenger, Version champion) {
    if (!challenger.bundle().label().equals(champion.bundle().label())) {
      throw new BundleException(
          "version "
              + challenger.name()
              + " foresees "
              + challenger.bundle().label()
              + ", version "
              + champion.name()
              + ", which is in production, "
              + champion.bundle().label()
              + ": they cannot be compared; train it for the same label");
    }
  }
}
