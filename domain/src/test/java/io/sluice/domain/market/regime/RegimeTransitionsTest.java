package io.sluice.domain.market.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.market.Regime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegimeTransitionsTest {
  private static final long MINUTE = 60_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final Regime[] CHAIN = {Regime.NORMAL, Regime.TRENDING, Regime.VOLATILE};
  private static final double[] CHANCES = {1 / 90.0, 1 / 45.0, 1 / 20.0};

  /**
   * A chain whose chances are known: twice as high in eight hours of the day, half in the others.
   */
  private static double chance(int state, long timeUs) {
    long hour = timeUs / HOUR;
    boolean isWeekend = hour / 24 % 7 == 2 || hour / 24 % 7 == 3;
    return CHANCES[state] * (hour % 24 >= 8 && hour % 24 < 16 ? 2 : 0.5) * (isWeekend ? 0.6 : 1);
  }

  private static double trueLeave(int state, long timeUs, int bars) {
    double stay = 1;
    for (int bar = 1; bar <= bars; bar++) {
      stay *= 1 - chance(state, timeUs + bar * MINUTE - 1);
    }
    return 1 - stay;
  }

  @Test
  void probabilitiesAreThoseOfTheChainAndOccurAsOften() {
    RegimeTransitions transitions = new RegimeTransitions(MINUTE);
    Random random = new Random(1);
    int state = 0;
    long time = 0;
    int bars = 80 * 7 * 1_440;
    int[] horizons = {10, 30, 60};
    double error = 0;
    int checks = 0;
    double[] told = new double[10];
    int[] happened = new int[10];
    int[] cases = new int[10];
    int pending = -1;
    double pendingProbability = 0;
    int pendingUntil = 0;
    boolean pendingLeft = false;
    for (int bar = 0; bar < bars; bar++) {
      if (bar >= bars / 2 && pending < 0) {
        int horizon = horizons[random.nextInt(3)];
        double probability = transitions.leaveProbability(CHAIN[state], time, horizon * MINUTE);
        error += Math.abs(probability - trueLeave(state, time, horizon));
        checks++;
        pending = state;
        pendingProbability = probability;
        pendingUntil = bar + horizon;
        pendingLeft = false;
      }
      time += MINUTE;
      int next = state;
      if (random.nextDouble() < chance(state, time - 1)) {
        next = (state + 1 + (random.nextDouble() < 0.3 ? 1 : 0)) % 3;
      }
      transitions.add(CHAIN[state], CHAIN[next], time - 1);
      pendingLeft |= pending >= 0 && next != state;
      state = next;
      if (pending >= 0 && bar + 1 == pendingUntil) {
        int bin = Math.min(9, (int) (pendingProbability * 10));
        told[bin] += pendingProbability;
        happened[bin] += pendingLeft ? 1 : 0;
        cases[bin]++;
        pending = -1;
      }
    }
    assertThat(checks).isGreaterThan(10_000);
    assertThat(error / checks).as("mean error to the known probability").isLessThan(0.02);
    for (int bin = 0; bin < 10; bin++) {
      if (cases[bin] >= 200) {
        double noise = 3 * Math.sqrt(0.25 / cases[bin]);
        assertThat((double) happened[bin] / cases[bin])
            .as("told %s of %s", told[bin] / cases[bin], cases[bin])
            .isEqualTo(told[bin] / cases[bin], within(0.02 + noise));
      }
    }
    assertThat(Arrays.stream(cases).filter(count -> count >= 200)).hasSizeGreaterThanOrEqualTo(7);
    assertThat(transitions.destination(Regime.NORMAL, Regime.TRENDING))
        .isEqualTo(0.7, within(0.02));
    assertThat(transitions.destination(Regime.NORMAL, Regime.VOLATILE))
        .isEqualTo(0.3, within(0.02));
  }

  @Test
  void whatWasHardlyEverLeftHasNoProbability() {
    RegimeTransitions transitions = new RegimeTransitions(MINUTE);
    for (int i = 0; i < 4; i++) {
      transitions.add(Regime.NORMAL, Regime.VOLATILE, i * MINUTE);
      transitions.add(Regime.VOLATILE, Regime.NORMAL, i * MINUTE);
    }
    assertThat(transitions.leaveProbability(Regime.NORMAL, 0, HOUR)).isNull();
    assertThat(transitions.destination(Regime.RANGING, Regime.NORMAL)).isNull();
    transitions.add(Regime.NORMAL, Regime.VOLATILE, 4 * MINUTE);
    assertThat(transitions.leaveProbability(Regime.NORMAL, 0, HOUR)).isBetween(0.5, 1.0);
    assertThat(transitions.leaveProbability(Regime.VOLATILE, 0, HOUR)).isNull();
    for (long horizon : new long[] {0, -1, 7 * 24 * HOUR + 1}) {
      assertThatThrownBy(() -> transitions.leaveProbability(Regime.NORMAL, 0, horizon))
          .hasMessageContaining("horizon");
    }
  }
}
