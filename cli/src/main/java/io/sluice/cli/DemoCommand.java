package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.demo.KafkaDemo;
import io.sluice.cli.live.FlinkProfile;
import io.sluice.cli.stack.TemporaryFolder;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.replay.Replay;
import io.sluice.jobs.replay.ReplayException;
import io.sluice.jobs.replay.ReplayOptions;
import io.sluice.jobs.replay.ReplayOptions.StateBackend;
import io.sluice.jobs.replay.ReplaySummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Real Bitcoin trades through the gate, with everything embedded. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Replays 100,000 real BTC/USD trades (Bitstamp, November 2013) through the gate.",
      "Two example strategies trade on paper, a small file of intents shows refusals, and the journal is verified.",
      "A model is trained on the first half of the trades, and trades the second.",
      "Then the same through a real Kafka broker, and a live gate under a steady load with its latency.",
      "Where Node is there it goes into a real ClickHouse too, and three questions are asked of it."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String TRADES = "bitstamp_trades_from_20131125_usd.csv";
  private static final String INTENTS = "demo-intents.jsonl";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/demo",
      description = "Folder for the results. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--no-kafka",
      description = "Leave out what starts a Kafka broker, and with it the archive.")
  private boolean isWithoutKafka;

  @Option(
      names = "--keep",
      description =
          "Leave the live gate, its broker, ClickHouse and Flink's web UI up until Ctrl-C.")
  private boolean isKept;

  @Option(
      names = "--cluster",
      description =
          "The live gate runs on a Flink cluster of processes of their own, with the job's jar.")
  private boolean isOnCluster;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    Path inputs = Files.createDirectories(out.resolve("inputs"));
    Path trades = extractTrades(inputs);
    Path intents = extractIntents(inputs);
    print.println(
        "Sluice demo: 100,000 real BTC/USD trades of Bitstamp from 2013-11-25 on, two example strategies on paper");
    print.println(
        "(momentum and mean reversion; examples, not advice), and "
            + intents.getFileName()
            + " with intents that get refused.");
    print.println();
    print.flush();

    Progress progress = new Progress("demo", spec.commandLine().getErr());
    ReplayOptions options =
        new ReplayOptions(
            ConfigurationFile.packaged(),
            List.of(
                new InputFile(trades, InputKind.TRADES, 0, null, null),
                new InputFile(intents, InputKind.INTENTS, 1, null, null)),
            2,
            StateBackend.HASHMAP,
            null,
            Duration.ofSeconds(5),
            false,
            out);
    ReplaySummary summary = new Replay(options, progress::rows).run();
    progress.done();

    Report report = new Report(print);
    report.summary(summary, progress, out);
    report.crashes(lines("events.jsonl", "\"type\":\"FLASH_CRASH\""));
    report.explain(mostTelling());
    Verification verification =
        Verification.of(
            out.resolve("journal.jsonl"), Heads.read(out.resolve("summary.json")), rows -> {});
    print.println();
    print.println(
        verification.isGood()
            ? "Journal " + verification.describe()
            : "Journal does NOT verify: " + verification.findings());
    print.println();
    print.println(
        "Check it yourself:  ./sluice verify --journal "
            + out.resolve("journal.jsonl")
            + " --heads "
            + out.resolve("summary.json"));
    print.println();
    print.flush();
    boolean hasModel = new ModelDemo(commandLine(), out.resolve("model")).run(trades);
    print.println();
    print.flush();
    boolean isGood = verification.isGood() && summary.addsUp() && hasModel;
    return (isWithoutKafka || throughKafka(trades, intents)) && isGood
        ? ExitCode.DONE
        : ExitCode.NO;
  }

  /** The whole command line, that prints where this command does. */
  private CommandLine commandLine() {
    return Main.commandLine()
        .setOut(spec.commandLine().getOut())
        .setErr(spec.commandLine().getErr());
  }

  private boolean throughKafka(Path trades, Path intents) throws Exception {
    try (TemporaryFolder state = new TemporaryFolder("sluice-demo-")) {
      return new KafkaDemo(
              spec.commandLine().getOut(), state.path(), FlinkProfile.named("local"), isOnCluster)
          .run(trades, intents, out.resolve("decisions.jsonl"), isKept);
    }
  }

  /** The trades lie in a jar that the build puts beside this one. */
  private static Path extractTrades(Path folder) throws IOException, URISyntaxException {
    Path own =
        Path.of(DemoCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = own.resolveSibling("demo").resolve("ta4j-examples.jar");
    Path target = folder.resolve(TRADES);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(TRADES);
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new ReplayException(
          "the demo's trades are not in "
              + jar
              + ": run ./sluice demo from a checkout, it fetches them");
    }
    return target;
  }

  private static Path extractIntents(Path folder) throws IOException {
    Path target = folder.resolve(INTENTS);
    try (InputStream in = DemoCommand.class.getResourceAsStream("/io/sluice/cli/" + INTENTS)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  /** A decision that was cut by a limit says most; else one that was refused, else any. */
  private JsonNode mostTelling() throws IOException {
    for (String verdict : List.of("SHRINK", "DENY", "ALLOW")) {
      List<JsonNode> decisions = lines("decisions.jsonl", "\"verdict\":\"" + verdict + "\"");
      if (!decisions.isEmpty()) {
        return decisions.get(0);
      }
    }
    throw new ReplayException(
        "the demo decided nothing: " + out.resolve("decisions.jsonl") + " is empty, report this");
  }

  private List<JsonNode> lines(String file, String containing) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    try (Stream<String> lines = Files.lines(out.resolve(file))) {
      for (String line : lines.filter(text -> text.contains(containing)).toList()) {
        found.add(StrictJson.trusted(line.getBytes(StandardCharsets.UTF_8)));
      }
    } catch (UnreadableException e) {
      throw new IllegalStateException("what Sluice wrote reads back", e);
    }
    return found;
  }
}
