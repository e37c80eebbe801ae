package io.sluice.domain.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnlistedInstrumentsTest {
  private static final long SILENCE_US = 1_000;

  private final UnlistedInstruments unlisted = new UnlistedInstruments(SILENCE_US);

  private void fill(int part) {
    for (int i = 0; i < UnlistedInstruments.PLACES; i++) {
      String name = "X:" + part + "-" + i;
      assertThat(unlisted.hasPlaceFor(part, name)).isTrue();
      unlisted.keep(part, name, false, 100 + i);
    }
  }

  @Test
  void eachPartHasPlacesOfItsOwn() {
    fill(3);
    assertThat(unlisted.hasPlaceFor(3, "X:NEW")).isFalse();
    assertThat(unlisted.hasPlaceFor(3, "X:3-7")).isTrue();
    assertThat(unlisted.hasPlaceFor(4, "X:NEW")).isTrue();
    assertThat(unlisted.count()).isEqualTo(UnlistedInstruments.PLACES);
  }

  @Test
  void onlyTheLongSilentMakeRoomTheLongestFirst() {
    fill(0);
    unlisted.keep(0, "X:0-0", false, 200);
    assertThat(unlisted.release(0, 101 + SILENCE_US)).isNull();
    assertThat(unlisted.release(0, 103 + SILENCE_US)).isEqualTo("X:0-1");
    assertThat(unlisted.hasPlaceFor(0, "X:NEW")).isTrue();
    unlisted.keep(0, "X:NEW", false, 103 + SILENCE_US);
    assertThat(unlisted.release(0, 103 + SILENCE_US)).isEqualTo("X:0-2");
    assertThat(unlisted.release(1, Long.MAX_VALUE)).isNull();
  }

  @Test
  void theOneThatIsWantedNeedsNoPlaceAndIsNeverForgotten() {
    fill(0);
    unlisted.keep(0, "X:0-5", true, 50);
    assertThat(unlisted.hasPlaceFor(0, "X:NEW")).isTrue();
    unlisted.keep(0, "X:NEW", false, 300);
    assertThat(unlisted.hasPlaceFor(0, "X:NEWER")).isFalse();
    assertThat(unlisted.hasPlaceFor(0, "X:0-5")).isTrue();
    for (int i = 0; i < UnlistedInstruments.PLACES; i++) {
      assertThat(unlisted.release(0, 10_000)).isNotNull().isNotEqualTo("X:0-5");
    }
    assertThat(unlisted.release(0, 10_000)).isNull();
    assertThat(unlisted.count()).isEqualTo(1);
  }
}
