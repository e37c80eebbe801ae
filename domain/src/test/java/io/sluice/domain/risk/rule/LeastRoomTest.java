package io.sluice.domain.risk.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The bound that leaves least room is the one whose outcome is the strictest. */
class LeastRoomTest {
  private static final BigDecimal ASKED = new BigDecimal("3");

  @Property
  void itsOutcomeIsTheStrictestOfAll(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 9) Integer> sums,
      @ForAll @Size(5) List<@IntRange(min = 0, max = 9) Integer> bounds) {
    LeastRoom least = new LeastRoom();
    assertThat(least.isNone()).isTrue();
    Outcome strictest = null;
    for (int i = 0; i < sums.size(); i++) {
      Scope scope = Scope.venue("V" + i);
      BigDecimal sum = BigDecimal.valueOf(sums.get(i));
      BigDecimal bound = BigDecimal.valueOf(bounds.get(i));
      least.see(scope, sum, bound);
      strictest = Outcome.stricter(strictest, outcome(scope, sum, bound));
    }

    assertThat(least.isNone()).isFalse();
    assertThat(outcome(least.scope(), least.sum(), least.bound())).isEqualTo(strictest);
  }

  /** What a rule says that permits whole units. */
  private static Outcome outcome(Scope scope, BigDecimal sum, BigDecimal bound) {
    BigDecimal room = bound.subtract(sum).max(BigDecimal.ZERO).min(ASKED);
    Result result = room.compareTo(ASKED) < 0 ? Result.LIMITED : Result.PASS;
    return new Outcome(scope.name(), result, sum.add(ASKED), bound, room, null, null);
  }
}
