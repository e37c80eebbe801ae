package io.sluice.domain.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.market.SourceWatch.Change;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceWatchTest {
  private static final long SECOND = 1_000_000L;
  private static final long START = 1_700_000_000 * SECOND;

  private final SourceWatch watch =
      new SourceWatch(Set.of("trades", "quotes"), Set.of("A", "B"), 60 * SECOND);

  @Test
  void whatWasNeverHeardOfIsNoticedOnceWhenTheBoundHasPassedSinceTheStart() {
    assertThat(watch.at(START)).isEmpty();
    watch.heard("trades", "A", START + SECOND);
    assertThat(watch.at(START + 60 * SECOND)).isEmpty();
    watch.heard("trades", "A", START + 60 * SECOND);
    assertThat(watch.at(START + 61 * SECOND))
        .containsExactly(
            new Change("quotes", null, true, 61 * SECOND, null),
            new Change(null, "B", true, 61 * SECOND, null));
    assertThat(watch.at(START + 62 * SECOND)).isEmpty();

    watch.heard("quotes", "B", START + 63 * SECOND);
    assertThat(watch.at(START + 64 * SECOND))
        .containsExactly(
            new Change("quotes", null, false, SECOND, START + 63 * SECOND),
            new Change(null, "B", false, SECOND, START + 63 * SECOND));
  }

  @Test
  void aTopicThatGoesSilentIsNoticedAndAnInstrumentThatTradesSeldomIsNot() {
    watch.at(START);
    watch.heard("trades", "A", START);
    watch.heard("quotes", "B", START + 50 * SECOND);
    assertThat(watch.at(START + 100 * SECOND))
        .containsExactly(new Change("trades", null, true, 100 * SECOND, START));
    assertThat(watch.at(START + 111 * SECOND))
        .containsExactly(new Change("quotes", null, true, 61 * SECOND, START + 50 * SECOND));
  }

  /** A front that was down reads what came meanwhile; it has a minute to come to the new. */
  @Test
  void whatIsReadLateIsAsOldAsItsArrivalAndNoOlderThanTheStart() {
    watch.at(START);
    watch.heard("trades", "A", START - 600 * SECOND);
    watch.heard("quotes", "B", START - 600 * SECOND);
    assertThat(watch.at(START + 60 * SECOND)).isEmpty();
    assertThat(watch.at(START + 61 * SECOND))
        .extracting(Change::topic, Change::ageUs, Change::lastUs)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("quotes", 61 * SECOND, START - 600 * SECOND),
            org.assertj.core.groups.Tuple.tuple("trades", 61 * SECOND, START - 600 * SECOND));
  }

  @Test
  void whatIsNotListedIsNotWatched() {
    watch.at(START);
    watch.heard("orders", "C", START);
    assertThat(watch.at(START + 61 * SECOND)).hasSize(4);
  }
}
