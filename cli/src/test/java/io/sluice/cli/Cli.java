package io.sluice.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** Runs the command line in this JVM. */
public final class Cli {
  /** What a command gave back. */
  public record Run(int code, String out, String err) {
    /** The lines of stderr that are not progress. */
    String[] complaints() {
      return err.lines().filter(line -> !line.contains(" rows, ")).toArray(String[]::new);
    }
  }

  private Cli() {}

  public static Run run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    int code = line.execute(texts);
    return new Run(code, out.toString(), err.toString());
  }

  /** Runs a command that has to succeed. */
  public static Run done(Object... arguments) {
    Run run = run(arguments);
    if (run.code != ExitCode.DONE) {
      throw new AssertionError("exit code " + run.code + ": " + run.err + run.out);
    }
    return run;
  }

  static Run verify(Path out) {
    return run(
        "verify",
        "--journal",
        out.resolve("journal.jsonl"),
        "--heads",
        out.resolve("summary.json"));
  }
}
