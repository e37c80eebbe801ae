package io.sluice.cli;

import picocli.CommandLine;

/** {@code ./sluice run} as a process of its own. */
public final class RunProcess {
  private RunProcess() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RunCommand()).execute(arguments));
  }
}
