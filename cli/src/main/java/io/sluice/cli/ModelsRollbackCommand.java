package io.sluice.cli;

import io.sluice.cli.models.Registry;
import io.sluice.cli.models.Registry.Version;
import io.sluice.domain.scoring.BundleException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts the version back that was in production before. */
@Command(
    name = "rollback",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Publishes the version again that was in production before; it needs no record.")
final class ModelsRollbackCommand implements Callable<Integer> {
  @Mixin private RegistryChoice registry;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "The model, by its name in the configuration.")
  private String model;

  @Mixin private ModelPublication publication;
  @Mixin private KeyOptions keys;
  @Mixin private CommandDelivery delivery;
  @Mixin private KafkaChoice kafka;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Registry all = registry.registry();
    Version before =
        all.before(model)
            .orElseThrow(
                () ->
                    new BundleException(
                        "no other version of " + model + " was ever in production: promote one"));
    return publication.publish(all, model, before, keys, delivery, kafka);
  }
}
