package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.domain.wire.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  private static final long BASE = 1_700_000_000_000_000L;
  @TempDir Path folder;
  private final List<InputFile> files = new ArrayList<>();

  @Test
  void deadLettersComeWhenTheirLineIsPassedAndHaveNoNumber() throws IOException {
    add(InputKind.TRADES, "t", "bad", Given.trade(BASE + 5), "worse", "", Given.trade(BASE + 6));
    add(InputKind.TRADES, "u", Given.trade(BASE), "bad");

    assertThat(Given.places(files))
        .extracting(place -> place.replaceFirst(" trade.*", ""))
        .containsExactly(
            "dead t 1", "1: u 1", "dead u 2", "2: t 2", "dead t 3", "dead t 4", "3: t 5");
  }

  @Test
  void eachOptionTakesItsOwnKindOfLine() throws IOException {
    String[] all = {
      Given.trade(1),
      Given.quote(1),
      Given.intent(1L),
      Given.fill(1),
      Given.order(1),
      Given.account(1),
      Given.venue(1),
      Given.control(1),
      "{\"type\":\"decision\"}"
    };
    for (InputKind kind : InputKind.values()) {
      files.clear();
      add(kind, kind.name(), all);
      List<DeadLetter> letters = Given.deadLetters(files.get(0));
      boolean takesTwo =
          kind == InputKind.TRADES || kind == InputKind.QUOTES || kind == InputKind.ACCOUNTS;

      assertThat(letters)
          .hasSize(takesTwo ? 7 : 8)
          .allMatch(letter -> letter.field().equals("type"));
      assertThat(letters.subList(0, letters.size() - 1))
          .allMatch(
              letter -> letter.reason().endsWith(" line in a file given with " + kind.option()));
    }
    assertThat(Given.deadLetters(files.get(0)).get(0).reason())
        .isEqualTo("type is \"trade\", expected a control line in a file given with --control");
  }

  /** Two wild stamps in a row confirm each other; behind the year 2100 none is believed. */
  @Test
  void aStampOfMarketDataBeyond2100IsADeadLetterUnlessItsReceiveTimeCorrectsIt()
      throws IOException {
    long nanoseconds = BASE * 1_000;
    add(
        InputKind.TRADES,
        "t",
        Given.trade(BASE),
        Given.trade(nanoseconds),
        Given.quote(nanoseconds + 1),
        Given.trade(nanoseconds, BASE + 5),
        Given.trade(4_102_444_800_000_000L));
    add(InputKind.INTENTS, "i", Given.intent(BASE + 1), Given.intent(nanoseconds));

    assertThat(Given.deadLetters(files.get(0)))
        .extracting(DeadLetter::offset, DeadLetter::field)
        .containsExactly(
            tuple(2L, "event_time_us"), tuple(3L, "event_time_us"), tuple(5L, "event_time_us"));
    assertThat(Given.deadLetters(files.get(0)).get(0).reason())
        .isEqualTo(
            "event_time_us is 1700000000000000000, expected epoch microseconds before the year 2100");
    assertThat(Given.messages(files.get(0))).hasSize(2);
    assertThat(Given.deadLetters(files.get(1))).as("an intent is answered by R01").isEmpty();
  }

  @Test
  void anOverlongLineIsATruncatedDeadLetter() throws IOException {
    add(InputKind.TRADES, "t", Given.trade(1), "{" + "x".repeat(200_000), Given.trade(2));

    DeadLetter letter = Given.deadLetters(files.get(0)).get(0);
    assertThat(letter.truncated()).isTrue();
    assertThat(letter.bytes()).hasSize(64 * 1024).startsWith('{', 'x');
    assertThat(letter.reason()).isEqualTo("a line longer than 65536 bytes");
    assertThat(Given.messages(files.get(0))).hasSize(2);
  }

  private void add(InputKind kind, String name, String... lines) throws IOException {
    Path path = Packing.PLAIN.write(folder, name, Given.lines(lines));
    files.add(Given.file(path, kind, files.size()));
  }
}
