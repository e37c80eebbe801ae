package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A latched breaker is reset by a person, by its limit and scope. */
class ResetBreakerTest {
  private static GroupUnderTest long10(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    return group;
  }

  private static void refused(GroupUnderTest group, String why) {
    Event last = group.events().get(group.events().size() - 1);
    assertThat(last.type()).isEqualTo(Event.Type.COMMAND_REFUSED);
    assertThat(new String(last.detail(), StandardCharsets.UTF_8)).contains(why);
  }

  @Test
  void a_drawdown_is_counted_from_where_it_was_reset() {
    GroupUnderTest group = long10(setup().limit("firm", "max_drawdown", "0.01"));
    group.trade(BTC, "90");
    assertThat(group.buy("1").send().ruling().reasons()).contains("R22");

    group.command("RESET_BREAKER", "firm", "{limit: 'max_drawdown'}");
    assertThat(group.events(Event.Type.BREAKER_RESET)).hasSize(1);
    assertThat(group.buy("1").send().ruling().verdict()).isEqualTo(Verdict.ALLOW);
    group.trade(BTC, "79");
    assertThat(group.buy("1").send().ruling().reasons()).contains("R22");
  }

  @Test
  void a_run_of_losses_starts_over_and_the_halt_of_a_person_stays() {
    GroupUnderTest group = long10(setup().profile("max_consecutive_losses", "1"));
    group.fill(null, Side.SELL, "10", "99");
    group.command("HALT", "account:demo", "{}");
    group.command("RESET_BREAKER", "account:demo", "{limit: 'max_consecutive_losses'}");
    assertThat(group.buy("1").send().ruling().reasons()).containsExactly("K01");
    assertThat(group.book().lossesInARow()).isZero();
  }

  @Test
  void a_day_s_loss_latches_again_unless_its_limit_was_raised() {
    GroupUnderTest group = long10(setup().limit("firm", "max_daily_loss", "50"));
    group.trade(BTC, "90");
    group.command("RESET_BREAKER", "firm", "{limit: 'max_daily_loss'}");
    assertThat(group.events(Event.Type.BREACH)).hasSize(2);
    assertThat(group.buy("1").send().ruling().reasons()).contains("R21");
  }

  @Test
  void only_what_has_latched_there_can_be_reset() {
    GroupUnderTest group = long10(setup().limit("firm", "max_drawdown", "0.01"));
    group.command("RESET_BREAKER", "firm", "{limit: 'max_drawdown'}");
    refused(group, "no breach of max_drawdown lasts at firm");
    group.trade(BTC, "90");
    group.command("RESET_BREAKER", "account:demo", "{limit: 'max_drawdown'}");
    refused(group, "no breach of max_drawdown lasts at account:demo");
    group.command("RESET_BREAKER", "firm", "{limit: 'max_qty'}");
    refused(group, "limit is \\\"max_qty\\\", expected one of [max_daily_loss");
    group.command("RESET_BREAKER", "firm", "{}");
    refused(group, "limit is missing");
    group.command("x", "RESET_BREAKER", "firm", "{limit: 'max_drawdown'}", group.nowUs() + 1, null);
    refused(group, "effective_at_us of a RESET_BREAKER is in the future");
    assertThat(group.buy("1").send().ruling().reasons()).contains("R22");
  }

  @Test
  void resetting_loosens() {
    GroupUnderTest group =
        long10(
            setup()
                .with("control", "{authority: 'tighten'}")
                .limit("firm", "max_drawdown", "0.01"));
    group.trade(BTC, "90");
    group.command("RESET_BREAKER", "firm", "{limit: 'max_drawdown'}");
    refused(group, "RESET_BREAKER loosens, and authority tighten");
    assertThat(group.buy("1").send().ruling().reasons()).contains("R22");
  }
}
