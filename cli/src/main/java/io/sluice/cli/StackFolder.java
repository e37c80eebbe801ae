package io.sluice.cli;

import io.sluice.cli.stack.LocalStack;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which local stack a command is about. */
final class StackFolder {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Folder of the local stack. Default: .sluice in the checkout.")
  private Path folder;

  LocalStack stack() {
    return new LocalStack(folder == null ? LocalStack.defaultFolder() : folder);
  }

  /** As it has to be repeated in another command; empty for the default. */
  String option() {
    return folder == null ? "" : " --dir " + folder;
  }
}
