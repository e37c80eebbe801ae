package io.sluice.cli;

import io.sluice.cli.models.Registry;
import io.sluice.cli.stack.LocalStack;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which registry of models a command is about. */
final class RegistryChoice {
  @Option(
      names = "--registry",
      paramLabel = "DIR",
      description = "Folder of the models. Default: .sluice/models in the checkout.")
  private Path folder;

  Registry registry() {
    return new Registry(folder == null ? LocalStack.defaultFolder().resolve("models") : folder);
  }
}
