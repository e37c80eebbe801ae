package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The total order, order times and the event clock. Times are microseconds from a base day. */
class OrderTest {
  private static final long DAY = 86_400_000_000L;
  private static final long BASE = 20_000 * DAY;
  @TempDir Path folder;
  private final List<InputFile> files = new ArrayList<>();

  @Test
  void equalTimesGoByKindThenFileThenLine() throws IOException {
    add(InputKind.INTENTS, "i", Given.intent(BASE));
    add(InputKind.QUOTES, "q", Given.quote(BASE));
    add(InputKind.TRADES, "t2", Given.trade(BASE), Given.trade(BASE));
    add(InputKind.TRADES, "t1", Given.trade(BASE));
    add(InputKind.ORDERS, "o", Given.order(BASE));
    add(InputKind.FILLS, "f", Given.fill(BASE));
    add(InputKind.ACCOUNTS, "v", Given.venue(BASE));
    add(InputKind.ACCOUNTS, "a", Given.account(BASE));
    add(InputKind.CONTROL, "c", Given.control(BASE));

    assertThat(lines())
        .containsExactly("c1", "a1", "v1", "f1", "o1", "t21", "t22", "t11", "q1", "i1");
  }

  @Test
  void aFileKeepsItsOrderWhateverItsKindsAndStamps() throws IOException {
    add(
        InputKind.TRADES,
        "t",
        Given.quote(BASE),
        Given.trade(BASE),
        Given.trade(BASE - 5),
        Given.trade(BASE + 9));
    add(InputKind.TRADES, "u", Given.trade(BASE), Given.trade(BASE + 1));

    // u1 is a trade and goes before the quote at the head of t; u2 waits for all that is stamped
    // BASE.
    assertThat(lines()).containsExactly("u1", "t1", "t2", "t3", "u2", "t4");
    assertThat(orderTimes()).containsExactly(0L, 0L, 0L, 0L, 1L, 9L);
  }

  @Test
  void aStampCountsAtMostAMinuteBeyondItsReceiveTime() throws IOException {
    add(
        InputKind.TRADES,
        "t",
        Given.trade(BASE, BASE + 9),
        Given.trade(BASE + 70_000_000, BASE + 5),
        Given.trade(Long.MAX_VALUE, BASE + 10),
        Given.trade(BASE + 60_000_011, Long.MAX_VALUE));

    assertThat(orderTimes()).containsExactly(0L, 60_000_005L, 60_000_010L, 60_000_011L);
  }

  @Test
  void anIntentWithoutStampTakesThePreviousTime() throws IOException {
    add(
        InputKind.INTENTS,
        "i",
        Given.intent(null),
        Given.intent(BASE + 3),
        Given.intent(null),
        Given.intent(BASE + 4));
    add(InputKind.TRADES, "t", Given.trade(BASE));

    assertThat(lines()).containsExactly("i1", "t1", "i2", "i3", "i4");
    assertThat(orderTimes()).containsExactly(-BASE, 0L, 3L, 3L, 4L);
  }

  @Test
  void aWildStampInTheMiddleDoesNotMoveTheOrder() throws IOException {
    add(
        InputKind.TRADES,
        "t",
        Given.trade(BASE),
        Given.trade(BASE + 400 * DAY),
        "garbage",
        Given.trade(BASE + 2));

    assertThat(orderTimes()).containsExactly(0L, 0L, 2L);
  }

  @Test
  void aGapThatTheNextLineConfirmsMovesTheOrder() throws IOException {
    add(
        InputKind.TRADES,
        "t",
        Given.trade(BASE),
        Given.trade(BASE + 4 * DAY),
        Given.trade(BASE + 3 * DAY));

    assertThat(orderTimes()).containsExactly(0L, 4 * DAY, 4 * DAY);
  }

  @Test
  void aDayAheadIsNotWildAndADayBehindItContradicts() throws IOException {
    add(InputKind.TRADES, "t", Given.trade(BASE), Given.trade(BASE + DAY), Given.trade(BASE + 1));
    add(
        InputKind.TRADES,
        "u",
        Given.trade(BASE),
        Given.trade(BASE + DAY + 1),
        Given.trade(BASE + DAY));

    assertThat(lines()).containsExactly("t1", "u1", "u2", "t2", "t3", "u3");
  }

  @Test
  void theLastLineIsNotContradicted() throws IOException {
    add(InputKind.INTENTS, "i", Given.intent(BASE), Given.intent(BASE + 400 * DAY), "garbage");

    assertThat(orderTimes()).containsExactly(0L, 400 * DAY);
  }

  @Test
  void aWildFirstLineTakesTheNextLinesTime() throws IOException {
    add(
        InputKind.TRADES,
        "t",
        "garbage",
        Given.trade(BASE + 400 * DAY),
        Given.trade(BASE + 5),
        Given.trade(BASE + 6));
    add(InputKind.TRADES, "early", Given.trade(0), Given.trade(BASE), Given.trade(BASE + 7));

    assertThat(Given.places(files))
        .containsExactly(
            "dead t 1",
            "1: early 1 trade order 0 clock 0",
            "2: early 2 trade order %d clock %d".formatted(BASE, BASE),
            "3: t 2 trade order %d clock %d".formatted(BASE + 5, BASE + 5),
            "4: t 3 trade order %d clock %d".formatted(BASE + 5, BASE + 5),
            "5: t 4 trade order %d clock %d".formatted(BASE + 6, BASE + 6),
            "6: early 3 trade order %d clock %d".formatted(BASE + 7, BASE + 7));
  }

  @Test
  void anIntentWithoutStampContradictsAWildOne() throws IOException {
    add(
        InputKind.INTENTS,
        "i",
        Given.intent(BASE),
        Given.intent(BASE + 400 * DAY),
        Given.intent(null),
        Given.intent(BASE + 1));

    assertThat(orderTimes()).containsExactly(0L, 0L, 0L, 1L);
  }

  @Test
  void onlyTradesAndQuotesMoveTheClock() throws IOException {
    add(
        InputKind.INTENTS,
        "i",
        Given.intent(BASE - 1),
        Given.intent(BASE + 2),
        Given.intent(BASE + 9));
    add(InputKind.TRADES, "t", Given.trade(BASE), Given.trade(BASE + 5));
    add(InputKind.QUOTES, "q", Given.quote(BASE + 3));

    assertThat(Given.places(files))
        .extracting(place -> place.substring(place.indexOf("clock ") + 6))
        .containsExactly(
            "0", "" + BASE, "" + BASE, "" + (BASE + 3), "" + (BASE + 5), "" + (BASE + 5));
  }

  @Test
  void aJumpOfTheClockNeedsTheNextLineOfTheSameFile() throws IOException {
    add(InputKind.TRADES, "t", Given.trade(BASE), Given.trade(BASE + 1));
    add(InputKind.TRADES, "one", Given.trade(BASE + 2 * DAY));
    add(InputKind.TRADES, "two", Given.trade(BASE + 3 * DAY), Given.trade(BASE + 3 * DAY));

    // The row of "one" is the last of its file: nothing confirms it. The second row of "two" is no
    // jump any more when it comes, because the first moved the clock.
    assertThat(clocks()).containsExactly(0L, 1L, 1L, 3 * DAY, 3 * DAY);
  }

  @Test
  void theFirstTradeStartsTheClockWithoutConfirmation() throws IOException {
    add(InputKind.TRADES, "t", Given.trade(BASE));

    assertThat(clocks()).containsExactly(0L);
  }

  @Test
  void aWildLastLineDoesNotMoveTheClock() throws IOException {
    add(InputKind.TRADES, "t", Given.trade(BASE), Given.trade(BASE + 400 * DAY));

    assertThat(orderTimes()).containsExactly(0L, 400 * DAY);
    assertThat(clocks()).containsExactly(0L, 0L);
  }

  @Test
  void manyUnreadableLinesEndTheLookAhead() throws IOException {
    String[] near = {
      Given.trade(BASE), Given.trade(BASE + 9 * DAY), "x\n".repeat(99) + Given.trade(BASE + 1)
    };
    String[] far = {
      Given.trade(BASE), Given.trade(BASE + 9 * DAY), "x\n".repeat(100) + Given.trade(BASE + 1)
    };
    add(InputKind.TRADES, "near", near);
    assertThat(orderTimes()).containsExactly(0L, 0L, 1L);

    files.clear();
    add(InputKind.TRADES, "far", far);
    assertThat(orderTimes()).containsExactly(0L, 9 * DAY, 9 * DAY);
  }

  private void add(InputKind kind, String name, String... lines) throws IOException {
    Path path = Packing.PLAIN.write(folder, name, Given.lines(lines));
    files.add(Given.file(path, kind, files.size()));
  }

  /** Source and line of the rows, in order. */
  private List<String> lines() throws IOException {
    return rows().stream().map(row -> row.source + row.line).toList();
  }

  private List<Long> orderTimes() throws IOException {
    return rows().stream().map(row -> row.orderUs - BASE).toList();
  }

  private List<Long> clocks() throws IOException {
    return rows().stream().map(row -> row.clockUs - BASE).toList();
  }

  private record Seen(String source, long line, long orderUs, long clockUs) {}

  private List<Seen> rows() throws IOException {
    List<Seen> rows = new ArrayList<>();
    try (MergedInput input = new MergedInput(files)) {
      while (input.advance()) {
        if (input.row() != null) {
          var cause = input.row().cause();
          rows.add(
              new Seen(
                  cause.source(),
                  cause.offset(),
                  input.row().orderTimeUs(),
                  input.row().clockUs()));
        }
      }
    }
    return rows;
  }
}
