package io.sluice.cli;

import io.sluice.cli.models.Registry;
import io.sluice.cli.models.Registry.Change;
import io.sluice.cli.models.Registry.Stage;
import io.sluice.domain.json.Times;
import io.sluice.domain.scoring.BundleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes a bundle into the registry. */
@Command(
    name = "add",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Checks a bundle and copies it into the registry, as a version in shadow.")
final class ModelsAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RegistryChoice registry;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "The model whose place it may take, by its name in the configuration.")
  private String model;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      required = true,
      description = "The folder that train wrote.")
  private Path bundle;

  @Option(
      names = "--production",
      description = "It is the version that the configuration names, and scores already.")
  private boolean isProduction;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who does it. Default: the user of this process.")
  private String by;

  @Override
  public Integer call() throws IOException {
    Registry versions = registry.registry();
    LocalBundle whole = LocalBundle.of(bundle);
    if (isProduction && versions.production(model).isPresent()) {
      throw new BundleException(
          "version "
              + versions.production(model).get().name()
              + " of "
              + model
              + " is in production already: promote this one");
    }
    String version = whole.bundle().version();
    Path to = versions.add(model, bundle, version);
    Stage stage = isProduction ? Stage.PRODUCTION : Stage.SHADOW;
    versions.note(
        model,
        new Change(
            Times.iso(System.currentTimeMillis() * 1_000),
            version,
            stage,
            by == null ? System.getProperty("user.name") : by,
            "added",
            null));
    spec.commandLine()
        .getOut()
        .println("version " + version + " of " + model + " is in " + to + ", " + stage);
    return ExitCode.DONE;
  }
}
