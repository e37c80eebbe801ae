package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.risk.Outcome.Result;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of an order where a rule lacks what it looks at, or has no limit. */
class NotFedTest {
  /** A rule under the code of one there is, which configuration can name. */
  private static final class Starved extends Rule {
    private final boolean hasLimit;

    Starved(boolean hasLimit) {
      super("R25", "starved");
      this.hasLimit = hasLimit;
    }

    @Override
    public Outcome check(Proposal proposal) {
      return hasLimit
          ? notFed(proposal, BigDecimal.TEN, "the depth of the book has not come")
          : unset(proposal, io.sluice.domain.risk.limit.LimitKey.MAX_GROSS);
    }
  }

  private static Ruling ruling(boolean hasLimit, String notFed) {
    GroupUnderTest group = setup().with("not_fed", notFed).start();
    group.trade(BTC, "100");
    GroupUnderTest.Wish wish = group.buy("1");
    return new RiskPolicy(List.of(new Starved(hasLimit)))
        .decide(new Proposal(wish.intent(), wish.snapshot(), group.state().view()));
  }

  @ParameterizedTest
  @CsvSource({
    // A limit without its data refuses unless configuration lets it; no limit is no control.
    "true,  {}, 0",
    "true,  {R25: 'allow'}, 1",
    "true,  {R25: 'deny'}, 0",
    "true,  {R21: 'allow'}, 0",
    "false, {}, 1",
    "false, {R25: 'allow'}, 1",
    "false, {R25: 'deny'}, 0",
    "false, {R21: 'deny'}, 1",
  })
  void configuration_decides_whether_a_rule_that_is_not_fed_refuses(
      boolean hasLimit, String notFed, String approved) {
    Ruling ruling = ruling(hasLimit, notFed.trim().replace('"', '\''));

    assertThat(ruling.approvedQty()).isEqualByComparingTo(approved);
    Outcome outcome = ruling.outcomes().get(0);
    assertThat(outcome.result()).isEqualTo(Result.NOT_FED);
    assertThat(outcome.why())
        .contains(hasLimit ? "the depth of the book has not come" : "max_gross is not set");
    if (approved.equals("0")) {
      assertThat(ruling.verdict()).isEqualTo(Verdict.DENY);
      assertThat(ruling.reasons()).containsExactly("R25");
      assertThat(outcome.why()).contains("not_fed is deny");
    } else {
      assertThat(ruling.verdict()).isEqualTo(Verdict.ALLOW);
      assertThat(ruling.reasons()).isEmpty();
    }
  }

  @Test
  void only_rules_that_there_are_can_be_named() {
    assertThatThrownBy(() -> setup().with("not_fed", "{R99: 'deny'}").configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not_fed.R99 is no rule of this version");
    assertThatThrownBy(() -> setup().with("not_fed", "{R25: 'maybe'}").configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("not_fed.R25")
        .hasMessageContaining("allow, deny");
  }

  @Test
  void what_is_said_of_rules_survives_a_restore() {
    GroupUnderTest group = setup().with("not_fed", "{R25: 'allow'}").storing().start();

    assertThat(group.state().view().notFed("R25", NotFed.DENY)).isEqualTo(NotFed.ALLOW);
    assertThat(group.state().view().notFed("R21", NotFed.DENY)).isEqualTo(NotFed.DENY);
  }
}
