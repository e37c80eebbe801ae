package io.sluice.cli;

import io.sluice.domain.journal.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Folds a journal again and says whether it is whole and every decision follows from it. */
@Command(
    name = "verify",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Checks a journal: no line missing, moved, changed or added, and every decision follows from the inputs before it.",
      "Exit code 0 when it verifies, 1 when it does not."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--journal", paramLabel = "FILE", description = "journal.jsonl of a replay.")
  private Path journal;

  @Option(
      names = "--kafka",
      description =
          "Check the topic risk.journal instead of a file, as it stands; repeats are dropped.")
  private boolean isTopic;

  @Mixin private KafkaChoice kafka;

  @Option(
      names = "--heads",
      paramLabel = "FILE",
      description = "summary.json of the same replay. Without it a cut tail cannot be noticed.")
  private Path heads;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (isTopic == (journal != null)) {
      throw new ParameterException(
          spec.commandLine(), "expected one of --journal FILE and --kafka");
    }
    if (!isTopic && kafka.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "a Kafka is named, expected --kafka with it and no --journal");
    }
    Map<String, Verifier.Head> expected = heads == null ? Map.of() : Heads.read(heads);
    Progress progress = new Progress("verify", spec.commandLine().getErr());
    Verification verification =
        isTopic
            ? Verification.ofTopic(kafka.chosen().settings(), expected, progress::rows)
            : Verification.of(journal, expected, progress::rows);
    progress.done();
    if (json) {
      spec.commandLine().getOut().println(verification.toJson());
    } else {
      print(verification);
    }
    return verification.isGood() ? ExitCode.DONE : ExitCode.NO;
  }

  private void print(Verification verification) {
    var out = spec.commandLine().getOut();
    if (verification.isGood()) {
      out.println(verification.describe());
      if (heads == null && !isTopic) {
        out.println("without --heads summary.json a cut tail would not be noticed");
      }
    } else {
      out.println("does NOT verify:");
      verification.findings().forEach(finding -> out.println("  " + finding));
    }
    out.flush();
  }
}
