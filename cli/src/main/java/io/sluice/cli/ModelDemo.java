package io.sluice.cli;

import io.sluice.domain.scoring.BundleException;
import io.sluice.scoring.LightGbmTrainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * The demo's model, by commands that anybody can give: trained on the first half of the trades, it
 * trades the second half for an account of its own.
 */
final class ModelDemo {
  private static final String CONFIGURATION = "demo-model.yaml";
  private static final String PLACE_OF_BUNDLE = "BUNDLE";

  private final CommandLine sluice;
  private final PrintWriter print;
  private final Path folder;

  /**
   * @param sluice the whole command line
   * @param folder for the halves, the bundle and the results
   */
  ModelDemo(CommandLine sluice, Path folder) {
    this.sluice = sluice;
    this.print = sluice.getOut();
    this.folder = folder;
  }

  /**
   * @param trades a file whose lines are in order of time
   * @return whether training, replay and verification came to their ends, or cannot be done here
   */
  boolean run(Path trades) throws IOException {
    try {
      LightGbmTrainer.require();
    } catch (BundleException e) {
      print.println("The model is off: " + e.getMessage());
      return true;
    }
    Files.createDirectories(folder);
    List<String> lines = Files.readAllLines(trades);
    Path first = write("first-half.csv", lines.subList(0, lines.size() / 2));
    Path second = write("second-half.csv", lines.subList(lines.size() / 2, lines.size()));
    Path bundle = folder.resolve("bundle");
    Path configuration =
        Files.writeString(
            folder.resolve(CONFIGURATION), packaged().replace(PLACE_OF_BUNDLE, bundle.toString()));
    print.println(
        "A model: boosted trees over one-minute features, trained on the first half of the trades. It trades the second half,");
    print.println(
        "on paper and whatever it is worth, for an account that only a model may trade for.");
    return done("train", "--trades", first, "--out", bundle)
        && done("replay", "--trades", second, "--config", configuration, "--out", folder)
        && done(
            "verify",
            "--journal",
            folder.resolve("journal.jsonl"),
            "--heads",
            folder.resolve("summary.json"));
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private static String packaged() throws IOException {
    try (InputStream in = ModelDemo.class.getResourceAsStream(CONFIGURATION)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private boolean done(Object... arguments) {
    String[] texts = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
    print.println();
    print.println("./sluice " + String.join(" ", texts));
    print.flush();
    return sluice.execute(texts) == ExitCode.DONE;
  }
}
