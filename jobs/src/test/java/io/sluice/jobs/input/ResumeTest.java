package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any number of files, any stamps: the order is the model's, and going on from anywhere is the
 * same.
 */
class ResumeTest {
  private static final long DAY = 86_400_000_000L;
  private static final long BASE = 20_000 * DAY;
  @TempDir Path folder;

  /** What was given, and the position behind each element; the first is the one before any. */
  private record Run(List<String> elements, List<Position> positions, List<InputCounts> counts) {}

  @Property(tries = 150)
  void theOrderIsTheModelsAndAResumeContinuesIt(@ForAll long seed) throws IOException {
    Path own = Files.createTempDirectory("merge");
    try {
      Random random = new Random(seed);
      List<List<OrderModel.Line>> lines = new ArrayList<>();
      List<InputFile> files = files(own, random, lines, 1 + random.nextInt(4), 12);

      assertThat(Given.places(files)).isEqualTo(OrderModel.places(lines));
      Run whole = run(files, null);
      for (int i = 0; i < 5; i++) {
        expectSameFrom(files, whole, random.nextInt(whole.positions.size()));
      }
    } finally {
      delete(own);
    }
  }

  @Test
  void resumesBehindEveryElement() throws IOException {
    String wild = Given.trade(BASE + 400 * DAY);
    String csv =
        "\ufeffid,price,qty,quoteQty,time,isBuyerMaker,isBestMatch\r\n"
            + "1,10.50,1,10.5,%d,True,True\r\n".formatted(BASE + 1)
            + "2,10.50,1\r\n"
            + "3,10.51,1,10.5,%d,True,True\r\n".formatted(BASE + 900 * DAY)
            + "\r\n4,10.52,1,10.5,%d,True,True\r\n".formatted(BASE + 3)
            + "5,10.52,1,10.5,%d,True,True".formatted(BASE + 4 * DAY);
    List<InputFile> files =
        List.of(
            Given.file(
                Packing.GZIP.write(
                    folder,
                    "wild",
                    Given.lines(
                        "bad",
                        wild,
                        "bad",
                        Given.trade(BASE),
                        wild,
                        "",
                        Given.quote(BASE + 4),
                        wild)),
                InputKind.TRADES,
                0),
            Given.file(
                Packing.ZIP.write(folder, "BTCUSDT-trades-2025-10-10.csv", csv),
                InputKind.TRADES,
                1),
            Given.file(
                Packing.PLAIN.write(
                    folder,
                    "intents",
                    Given.lines(
                        Given.intent(null),
                        Given.intent(BASE + 2),
                        "x".repeat(70_000),
                        Given.intent(BASE + 90 * DAY),
                        Given.intent(null),
                        Given.intent(BASE + 2))),
                InputKind.INTENTS,
                2),
            Given.file(Packing.PLAIN.write(folder, "none", ""), InputKind.CONTROL, 3),
            Given.file(
                Packing.PLAIN.write(
                    folder, "fills", Given.fill(BASE) + "\r\n" + Given.fill(BASE + 5 * DAY)),
                InputKind.FILLS,
                4));

    Run whole = run(files, null);

    assertThat(whole.elements).hasSize(8 + 6 + 6 + 2);
    assertThat(whole.counts.get(1))
        .isEqualTo(
            new InputCounts(
                "BTCUSDT-trades-2025-10-10.csv.zip",
                1,
                InputKind.TRADES,
                FileFormat.BINANCE_TRADES,
                7,
                4,
                2));
    for (int at = 0; at < whole.positions.size(); at++) {
      expectSameFrom(files, whole, at);
    }
  }

  @Test
  void resumesALargerInputAnywhere() throws IOException {
    Random random = new Random(3);
    List<List<OrderModel.Line>> lines = new ArrayList<>();
    List<InputFile> files = files(folder, random, lines, 6, 3000);

    assertThat(Given.places(files)).isEqualTo(OrderModel.places(lines));
    Run whole = run(files, null);
    for (int i = 0; i < 25; i++) {
      expectSameFrom(files, whole, random.nextInt(whole.positions.size()));
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path path = Packing.PLAIN.write(folder, "t", Given.lines(Given.trade(1), Given.trade(2)));
    InputFile file = Given.trades(path);
    Position position = run(List.of(file), null).positions.get(1);
    Path other = Packing.PLAIN.write(folder, "u", Given.lines(Given.trade(1), Given.trade(2)));

    for (InputFile changed :
        List.of(
            Given.trades(other),
            Given.file(path, InputKind.QUOTES, 0),
            Given.file(path, InputKind.TRADES, 1),
            new InputFile(path, InputKind.TRADES, 0, null, "V:S"))) {
      assertThatThrownBy(() -> new MergedInput(List.of(changed), position))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("the inputs are not those of the run to resume");
    }
    Files.writeString(path, Given.lines(Given.trade(1), Given.trade(2), Given.trade(3)));
    assertThatThrownBy(() -> new MergedInput(List.of(file), position))
        .isInstanceOf(InputException.class);
  }

  @Test
  void aPositionOfAnotherVersionIsRefused() {
    byte[] bytes = new Position("x", 1, 2, List.of()).toBytes();
    bytes[3] = 9;

    assertThatThrownBy(() -> Position.of(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("input position of version 9, expected 1");
  }

  @Test
  void twoFilesOfOnePartitionAreAMistakeOfTheCaller() throws IOException {
    InputFile file = Given.trades(Packing.PLAIN.write(folder, "t", ""));

    assertThatThrownBy(() -> new MergedInput(List.of(file, file)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void expectSameFrom(List<InputFile> files, Run whole, int at) throws IOException {
    Run resumed = run(files, Position.of(whole.positions.get(at).toBytes()));

    assertThat(resumed.elements).isEqualTo(whole.elements.subList(at, whole.elements.size()));
    assertThat(resumed.counts).isEqualTo(whole.counts);
    assertThat(resumed.positions).isEqualTo(whole.positions.subList(at, whole.positions.size()));
  }

  private static Run run(List<InputFile> files, Position from) throws IOException {
    List<String> elements = new ArrayList<>();
    List<Position> positions = new ArrayList<>();
    try (MergedInput input = new MergedInput(files, from)) {
      positions.add(input.position());
      while (input.advance()) {
        elements.add(Given.place(input) + " " + content(input));
        positions.add(input.position());
      }
      return new Run(elements, positions, input.counts());
    }
  }

  private static String content(MergedInput input) {
    if (input.row() != null) {
      return new String(input.row().message().toJson(), StandardCharsets.UTF_8);
    }
    JsonWriter json = new JsonWriter();
    input.deadLetter().write(json);
    return json.toString();
  }

  private static List<InputFile> files(
      Path folder, Random random, List<List<OrderModel.Line>> lines, int count, int longest)
      throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      InputKind kind = random.nextInt(3) == 0 ? InputKind.INTENTS : InputKind.TRADES;
      List<OrderModel.Line> own = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      long time = BASE + random.nextInt(3);
      int length = random.nextInt(longest + 1);
      for (int line = 0; line < length; line++) {
        time += random.nextInt(3);
        own.add(line(random, kind, time));
        text.append(own.get(line).text()).append('\n');
      }
      lines.add(own);
      Packing packing = Packing.values()[random.nextInt(3)];
      Path written = packing.write(folder, "f" + i, text.toString());
      Path path = Files.move(written, folder.resolve("f" + i));
      files.add(new InputFile(path, kind, i, FileFormat.WIRE, null));
    }
    return files;
  }

  private static OrderModel.Line line(Random random, InputKind kind, long time) {
    long stamp = random.nextInt(8) == 0 ? time + (random.nextInt(9) - 3) * DAY : time;
    if (random.nextInt(6) == 0) {
      return new OrderModel.Line(random.nextBoolean() ? "" : "bad", null, 0, 0);
    }
    if (kind == InputKind.INTENTS) {
      boolean has = random.nextInt(5) > 0;
      return new OrderModel.Line(Given.intent(has ? stamp : null), "intent", 3, has ? stamp : -1);
    }
    if (random.nextInt(3) == 0) {
      return new OrderModel.Line(Given.quote(stamp), "quote", 2, stamp);
    }
    long receive = time - 60_000_000 + 1;
    return random.nextInt(4) == 0
        ? new OrderModel.Line(Given.trade(stamp, receive), "trade", 1, Math.min(stamp, time + 1))
        : new OrderModel.Line(Given.trade(stamp), "trade", 1, stamp);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
