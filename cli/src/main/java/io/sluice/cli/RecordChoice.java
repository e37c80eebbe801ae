package io.sluice.cli;

import io.sluice.cli.models.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where it stands what models have said and what happened. */
final class RecordChoice {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--scores",
      arity = "1..*",
      paramLabel = "FILE",
      description = "scores.jsonl of replays, instead of the archive.")
  private List<Path> scores = new ArrayList<>();

  @Option(
      names = "--bars",
      arity = "1..*",
      paramLabel = "FILE",
      description = "bars.jsonl of the same time, beside --scores.")
  private List<Path> bars = new ArrayList<>();

  @Mixin private ClickHouseChoice clickHouse;

  /**
   * @param versions whose record is wanted
   */
  Recordings of(List<String> versions) throws IOException, InterruptedException {
    if (scores.isEmpty() != bars.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--scores and --bars go together: what was said and what happened");
    }
    return scores.isEmpty()
        ? Recordings.ofArchive(clickHouse.settings(), versions)
        : Recordings.ofFiles(scores, bars);
  }
}
