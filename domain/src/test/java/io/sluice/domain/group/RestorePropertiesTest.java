package io.sluice.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.Play.Move;
import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A state that is stored and restored after every entry goes on as one that never was. */
class RestorePropertiesTest {
  @Provide
  Arbitrary<List<Move>> moves() {
    return Play.moves(40);
  }

  /** Where a group runs. */
  enum Where {
    REPLAY,
    LIVE,
    PAPER
  }

  private static GroupUnderTest.Setup setup(Where where) {
    return switch (where) {
      case REPLAY -> Play.limited();
      case LIVE -> Play.live();
      case PAPER -> Play.onPaper();
    };
  }

  @Property(tries = 150)
  void storing_and_restoring_at_every_step_changes_nothing(
      @ForAll Where where, @ForAll("moves") List<Move> moves) {
    GroupUnderTest straight = setup(where).start();
    new Play(straight).start().all(moves, () -> {});

    GroupUnderTest stored = GroupUnderTest.emptyStoring();
    straight.entries().forEach(stored::fold);

    assertThat(texts(stored.lines())).isEqualTo(texts(straight.lines()));
    assertThat(texts(stored.events().stream().map(Event::toJson).toList()))
        .isEqualTo(texts(straight.events().stream().map(Event::toJson).toList()));
    assertThat(stored.state().seq()).isEqualTo(straight.state().seq());
    assertThat(stored.state().headHash()).isEqualTo(straight.state().headHash());
    assertThat(stored.state().counters().duplicateIntents())
        .isEqualTo(straight.state().counters().duplicateIntents());
    assertThat(stored.state().nextCrossingUs()).isEqualTo(straight.state().nextCrossingUs());
  }

  @Property(tries = 100)
  void entries_that_come_again_leave_no_trace(
      @ForAll Where where, @ForAll("moves") List<Move> moves) {
    GroupUnderTest once = setup(where).start();
    new Play(once)
        .start()
        .all(moves.stream().filter(RestorePropertiesTest::isShort).toList(), () -> {});

    GroupUnderTest twice = GroupUnderTest.empty();
    for (int i = 0; i < once.entries().size(); i++) {
      twice.fold(once.entries().get(i));
      twice.fold(once.entries().get(i));
      twice.fold(once.entries().get(i / 2));
    }

    assertThat(texts(twice.lines())).isEqualTo(texts(once.lines()));
  }

  /** Within the window in which ids are known; and a configuration may well come back. */
  private static boolean isShort(Move move) {
    return switch (move.what()) {
      case TIME -> move.where() < 2;
      case CLOCK, RECONFIGURE, REFUSED_CONFIGURATION, HALF_A_CONFIGURATION -> false;
      default -> true;
    };
  }

  @Property(tries = 100)
  void the_journal_of_whatever_happens_verifies(
      @ForAll Where where, @ForAll("moves") List<Move> moves) {
    GroupUnderTest group = setup(where).start();
    new Play(group).start().all(moves, () -> {});

    Verifier verifier = Verifier.ofFile();
    for (byte[] line : group.lines()) {
      assertThat(verifier.check(line)).isNull();
    }
    assertThat(verifier.heads().get("firm").hash()).isEqualTo(group.state().headHash());
    assertThat(verifier.decisions()).isEqualTo(group.decisions().size());
  }

  private static List<String> texts(List<byte[]> lines) {
    return lines.stream().map(line -> new String(line, StandardCharsets.UTF_8)).toList();
  }
}
