package io.sluice.cli;

import io.sluice.scoring.BundleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Models of {@link SwingingTrades}, trained and replayed on the command line. */
final class SwingingModels {
  private static final String INSTRUMENT = "BITSTAMP:BTCUSD";
  private static final Path DEMO =
      Path.of("..", "jobs", "src", "main", "resources", "io", "sluice", "jobs", "demo.yaml");

  private SwingingModels() {}

  /** Trains a bundle with options of {@code ./sluice train}. */
  static Path train(Path trades, Path bundle, Object... options) {
    Cli.done(command("train", trades, bundle, options));
    return bundle;
  }

  /** The packaged configuration with features of a minute and these models. */
  static Path configuration(Path file, String models) throws IOException {
    String added = "features: {intervals: [1m]}\nmodels:\n" + models.indent(2);
    return Files.writeString(file, Files.readString(DEMO) + added);
  }

  static Cli.Run replay(Path trades, Path configuration, Path out, Object... more) {
    List<Object> options = new ArrayList<>(List.of("--config", configuration));
    options.addAll(List.of(more));
    return Cli.run(command("replay", trades, out, options.toArray()));
  }

  private static Object[] command(String name, Path trades, Path out, Object... options) {
    List<Object> all = new ArrayList<>(List.of(name, "--trades", trades));
    all.addAll(List.of("--instrument", INSTRUMENT, "--format", "bitstamp", "--out", out));
    all.addAll(List.of(options));
    return all.toArray();
  }

  static String version(Path bundle) {
    return new BundleLoader("bundle", name -> Files.readAllBytes(bundle.resolve(name)))
        .bundle()
        .version();
  }
}
