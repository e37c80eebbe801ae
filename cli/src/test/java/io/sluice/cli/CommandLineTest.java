package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says, and with which exit code, when it is called wrongly or given rubbish. */
class CommandLineTest {
  private static final String BTC = "BITSTAMP:BTCUSD";

  @TempDir Path folder;
  private Path trades;
  private Path out;

  @BeforeEach
  void files() throws IOException {
    trades = file("trades.jsonl", Wire.lines(Wire.trade(BTC, "800", 1_000_000)));
    out = folder.resolve("out");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void helpOfEveryCommand() {
    for (List<String> command :
        List.of(
            List.of("--help"),
            List.of("replay", "--help"),
            List.of("verify", "--help"),
            List.of("demo", "--help"),
            List.of("executor", "--help"),
            List.of("up", "--help"),
            List.of("down", "--help"),
            List.of("status", "--help"))) {
      Cli.Run run = Cli.run(command.toArray());
      assertThat(run.code()).isZero();
      assertThat(run.out()).contains("Usage: sluice").contains("--help");
      assertThat(run.err()).isEmpty();
    }
    assertThat(Cli.run("--help").out()).contains("replay", "verify", "demo", "130 interrupted");
    assertThat(Cli.run("replay", "--help").out())
        .contains("--trades", "--quotes", "--intents", "--fills", "--orders", "--accounts")
        .contains(
            "--control", "--config", "--parallelism", "--checkpoint-dir", "--resume", "--out");
    assertThat(Cli.run("--version").out()).startsWith("sluice ");
    assertThat(Cli.run().out()).contains("Usage: sluice");
  }

  @Test
  void usageErrorsAreCode2() {
    assertRefused(2, Cli.run("replay", "--out", out), "nothing to replay");
    assertRefused(2, Cli.run("replay", "--trades", trades), "--out");
    assertRefused(2, Cli.run("replay", "--out", out, "--trades"), "--trades names no file");
    assertRefused(2, Cli.run("replay", "--trades", "--out", out), "--trades names no file");
    assertRefused(2, replay("--tradez", "x"), "--tradez");
    assertRefused(2, Cli.run("replay", "--out", out, "--trades", trades, "-x"), "-x");
    assertRefused(2, replay("--parallelism", "0"), "--parallelism is 0, expected 1 to 128");
    assertRefused(2, replay("--parallelism", "129"), "--parallelism is 129, expected 1 to 128");
    assertRefused(2, replay("--parallelism", "two"), "two");
    assertRefused(2, replay("--state-backend", "paper"), "paper");
    assertRefused(2, replay("--resume"), "--resume needs --checkpoint-dir");
    assertRefused(2, replay("--checkpoint-interval", "soon"), "soon");
    assertRefused(2, replay("--checkpoint-interval", "1ms"), "at least 10ms");
    assertRefused(2, replay("--format", "xml"), "xml, expected one of wire, bitstamp");
    assertRefused(2, Cli.run("dance"), "dance");
    assertRefused(2, Cli.run("up", "--kafka-port", "65536"), "--kafka-port is 65536, expected 0");
    assertRefused(
        2,
        Cli.run("up", "--dir", out, "--kafka-port", "9", "--controller-port", "9"),
        "port 9 is given to both");
    assertRefused(2, Cli.run("verify"), "--journal");
    assertThat(out).doesNotExist();
  }

  private Cli.Run replay(Object... more) {
    Object[] arguments = {"replay", "--trades", trades, "--out", out};
    return Cli.run(
        Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(Object[]::new));
  }

  private static void assertRefused(int code, Cli.Run run, String saying) {
    assertThat(run.complaints()).as("%s", run).hasSize(1);
    assertThat(run.complaints()[0]).startsWith("sluice: ").contains(saying);
    assertThat(run.err()).doesNotContain("Exception");
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void unreadableInputsAreCode3() throws IOException {
    assertUnreadable(folder.resolve("missing.jsonl"), "missing.jsonl does not exist");
    assertUnreadable(folder, "is a directory");
    assertUnreadable(file("odd.csv", "a;b\n1;2\n"), "no known format");
    assertUnreadable(
        file("tardis.csv", "exchange,symbol,timestamp,id,side,price,amount\nd,a,1,2,buy,3,4\n"),
        "no column local_timestamp");
    assertUnreadable(
        file("mine.csv", "1,800.5,0.1,80,1700000000000,true\n"), "name it with --instrument");
    assertUnreadable(
        Files.write(folder.resolve("head.gz"), new byte[] {31, -117, 8}), "is truncated");
    assertUnreadable(Files.write(folder.resolve("t.jsonl.gz"), cutInTheMiddle()), "is truncated");
  }

  private void assertUnreadable(Path input, String saying) throws IOException {
    Cli.Run run = Cli.run("replay", "--trades", trades, input, "--out", out);
    assertRefused(3, run, saying);
    assertThat(run.err()).contains(input.toString());
    assertThat(names(out)).as("what is left of %s", input).isEmpty();
  }

  /** A long file, of which the last third is missing. */
  private static byte[] cutInTheMiddle() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      for (long i = 0; i < 30_000; i++) {
        gzip.write((Wire.trade(BTC, "8" + i % 97, 1_000_000 + i * 1_000) + "\n").getBytes());
      }
    }
    return Arrays.copyOf(packed.toByteArray(), packed.size() * 2 / 3);
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFailedReplayLeavesTheResultsOfTheOneBefore() throws IOException {
    Cli.done("replay", "--trades", trades, "--out", out);
    Map<String, String> before = new Results(out).bytes();
    Path cut = Files.write(folder.resolve("t.jsonl.gz"), cutInTheMiddle());
    assertThat(Cli.run("replay", "--trades", cut, "--out", out).code()).isEqualTo(3);
    assertThat(new Results(out).bytes()).isEqualTo(before);
    assertThat(names(out)).containsExactlyInAnyOrderElementsOf(Results.FILES);
  }

  @Test
  void aFolderThatCannotBeWrittenIsCode2() throws IOException {
    Path below = file("a-file", "").resolve("out");
    assertRefused(2, Cli.run("replay", "--trades", trades, "--out", below), "is not a folder");
    assertRefused(
        2, replay("--checkpoint-dir", folder.resolve("a-file").resolve("c")), "cannot be written");
    Files.createDirectories(out.resolve("events.jsonl"));
    assertRefused(2, replay(), "events.jsonl");
    assertThat(names(out)).containsExactly("events.jsonl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accounts: [ | not valid YAML",
        "'a: 1\na: 2' | Duplicate field 'a'",
        "'accountz: []' | accountz is not a key here",
        "'id_window: soon' | id_window is \"soon\", expected a duration",
        "'limits: [{scope: firm, max_qty: -1}]' | max_qty is -1, expected a quantity",
        "'accounts: [{id: a, profile: none, currency: USD}]' | profile is \"none\", expected",
        "'[]' | expected a mapping",
        "'' | expected a mapping",
      })
  void badConfigurationIsCode2(String yaml, String saying) throws IOException {
    Path config = file("bad.yaml", yaml);
    Cli.Run run = replay("--config", config);
    assertRefused(2, run, saying);
    assertThat(run.err()).contains("bad.yaml");
    assertThat(out).doesNotExist();
  }

  @Test
  void aConfigurationThatIsNotThereIsCode2() {
    assertThat(replay("--config", folder.resolve("none.yaml")).code()).isEqualTo(2);
    assertThat(replay("--config", folder).code()).isEqualTo(2);
    assertThat(replay("--config", "/").code()).isEqualTo(2);
  }

  @Test
  void onlyTheReplayThatWasBegunIsResumed() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    assertRefused(2, replay("--checkpoint-dir", checkpoints, "--resume"), "no unfinished replay");
    Path cut = Files.write(folder.resolve("t.jsonl.gz"), cutInTheMiddle());
    Object[] begun = {"replay", "--trades", cut, "--out", out, "--checkpoint-dir", checkpoints};
    assertRefused(3, Cli.run(begun), "is truncated");

    assertRefused(2, Cli.run(begun), "holds an unfinished replay");
    assertRefused(2, replay("--checkpoint-dir", checkpoints, "--resume"), "input files are not");
    Path other = file("other.yaml", "id_window: 5m\n");
    Object[] elsewhere = Arrays.copyOf(begun, begun.length + 3);
    elsewhere[begun.length] = "--resume";
    elsewhere[begun.length + 1] = "--config";
    elsewhere[begun.length + 2] = other;
    assertRefused(2, Cli.run(elsewhere), "the configuration is not");
    elsewhere = Arrays.copyOf(begun, begun.length + 1);
    elsewhere[begun.length] = "--resume";
    assertRefused(3, Cli.run(elsewhere), "is truncated");
    assertThat(names(out)).isEmpty();
  }

  @Test
  void aFolderIsFreeAgainWhenItsReplayIsDone() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    for (int i = 0; i < 2; i++) {
      assertThat(replay("--checkpoint-dir", checkpoints).code()).isZero();
      assertThat(names(checkpoints)).isEmpty();
    }
  }

  @Test
  void partitionsAreThePositionsOnTheCommandLine() throws IOException {
    Path intents = file("intents.jsonl", "junk\n");
    Path more = file("more.jsonl", "{junk\n");
    Path control = file("control.jsonl", "junk\n");
    Cli.done(
        "replay",
        "--intents",
        intents,
        "--trades",
        trades,
        more,
        "--parallelism",
        1,
        "--control",
        control,
        "--out",
        out,
        "--intents",
        more);
    assertThat(new Results(out).deadLetters())
        .extracting(letter -> letter.path("source").asText() + " " + letter.path("partition"))
        .containsExactly("intents.jsonl 0", "more.jsonl 2", "control.jsonl 3", "more.jsonl 4");
    assertThat(new Results(out).summary().path("files"))
        .extracting(file -> file.path("kind").asText())
        .containsExactly("INTENTS", "TRADES", "TRADES", "CONTROL", "INTENTS");
  }

  @Test
  void anOptionMayCarryItsFileBehindAnEqualsSign() {
    Cli.Run run = Cli.run("replay", "--trades=" + trades, "--out=" + out, "--parallelism=1");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(new Results(out).summary().path("trades_read").longValue()).isEqualTo(1);
  }

  @Test
  void quotesComeWithTradesToo() throws IOException {
    Path both =
        file(
            "both.jsonl",
            Wire.lines(
                Wire.trade(BTC, "800", 1_000_000), Wire.quote(BTC, "799", "803", 1_100_000)));
    Path intents =
        file("i.jsonl", Wire.market("i", "demo", BTC, "BUY", "0.1", 1_200_000).toString());
    Cli.done("replay", "--trades", both, "--intents", intents, "--out", out);
    assertThat(new Results(out).decision("i").path("reference_price").textValue()).isEqualTo("801");
  }

  @Test
  void jsonIsTheSummaryAndNothingElse() {
    Cli.Run run = replay("--json");
    assertThat(run.code()).isZero();
    assertThat(Results.json(run.out())).isEqualTo(new Results(out).summary());
    Cli.Run verified = Cli.run("verify", "--json", "--journal", out.resolve("journal.jsonl"));
    assertThat(verified.code()).isZero();
    assertThat(Results.json(verified.out()).path("verified").booleanValue()).isTrue();
    assertThat(run.err() + verified.err()).isEmpty();
  }

  @Test
  void builtInStrategiesAreOffWithIntents() throws IOException {
    Path intents = file("i.jsonl", "");
    Cli.done("replay", "--trades", trades, "--intents", intents, "--out", out);
    assertThat(new Results(out).text("journal.jsonl")).doesNotContain("momentum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "junk\n", "timestamp,price,amount\n"})
  void filesWithoutARowStillGiveResults(String content) throws IOException {
    Path empty = file("empty.txt", content);
    Cli.Run run = Cli.run("replay", "--intents", trades, "--trades", empty, "--out", out);
    boolean isKnown = !content.startsWith("junk");
    assertThat(run.code()).as(run.err()).isEqualTo(isKnown ? 0 : 3);
    if (isKnown) {
      assertThat(Cli.verify(out).code()).isZero();
    }
  }

  @Test
  void interruptingLeavesNothing() throws Exception {
    List<String> inputs = Scenario.write(7, folder.resolve("inputs"), true, 60_000);
    List<String> arguments = new java.util.ArrayList<>(List.of("replay"));
    arguments.addAll(inputs);
    arguments.addAll(List.of("--out", out.toString()));
    ChildReplay child = ChildReplay.start(folder, arguments);
    while (names(out).isEmpty()) {
      if (child.process().waitFor(2, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        throw new AssertionError("it ended by itself: " + child.output());
      }
    }
    Process interrupt =
        new ProcessBuilder("kill", "-INT", String.valueOf(child.process().pid())).start();
    assertThat(interrupt.waitFor()).isZero();
    assertThat(child.process().waitFor()).as(child.output()).isEqualTo(130);
    assertThat(names(out)).isEmpty();
    assertThat(child.output().lines().filter(line -> !isOfTheConfiguration(line)))
        .allMatch(line -> line.equals("sluice: interrupted"));
  }

  /** What is said at the start of what the configuration leaves out. */
  private static boolean isOfTheConfiguration(String line) {
    return line.startsWith("sluice: limits at") || line.endsWith("set it, or write unlimited");
  }

  @Test
  void countsOfEveryKindOfLine() {
    Map<String, Long> counts = new TreeMap<>();
    replay();
    new Results(out)
        .summary()
        .properties()
        .forEach(
            field -> {
              if (field.getKey().endsWith("_read")) {
                counts.put(field.getKey(), field.getValue().longValue());
              }
            });
    assertThat(counts)
        .containsEntry("rows_read", 1L)
        .containsEntry("trades_read", 1L)
        .containsKeys("quotes_read", "fills_read", "orders_read", "accounts_read", "control_read");
  }

  @Test
  void anExecutorIsRefusedWhereThereIsNothingForItToDo() throws IOException {
    String kafka = "kafka: {bootstrap: 'localhost:1'}\n";
    Path paper = file("paper.yaml", kafka + "clock: wall\n");
    Path replayed = file("replayed.yaml", kafka + "execution: {mode: external}\n");
    Path nowhere = file("nowhere.yaml", "execution: {mode: external}\n");

    assertRefused(2, Cli.run("executor"), "--config");
    assertRefused(
        2, Cli.run("executor", "--config", paper), "execution.mode is paper, expected external");
    assertRefused(2, Cli.run("executor", "--config", replayed), "clock is event, expected wall");
    assertRefused(2, Cli.run("executor", "--config", nowhere), "kafka");
    assertRefused(
        2,
        Cli.run("executor", "--config", paper, "--reject-share", "1.5"),
        "--reject-share is 1.5, expected 0 to 1");
    assertRefused(
        2,
        Cli.run("executor", "--config", paper, "--reject-share", "NaN"),
        "--reject-share is NaN, expected 0 to 1");
    assertRefused(
        2,
        Cli.run("executor", "--config", paper, "--partial-fills", "0"),
        "--partial-fills is 0, expected 1 to 100");
    assertRefused(
        2,
        Cli.run("executor", "--config", paper, "--latency-ms", "-1"),
        "--latency-ms is -1, expected 0 to 60000");
  }
}
