package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** U01: rules that users write as conditions in CEL. */
class UserRulesTest {
  private static String rules(String... rules) {
    return "[" + String.join(",", rules) + "]";
  }

  private static String denied(String when) {
    return "{name: 'r', when: \"" + when + "\", then: 'deny'}";
  }

  private static GroupUnderTest group(String... rules) {
    GroupUnderTest group = setup().with("user_rules", rules(rules)).storing().start();
    group.trade(BTC, "100");
    group.trade(ETH, "50");
    return group;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "intent.qty > 5 ; true",
        "intent.qty > 7.5 ; false",
        "intent.side == 'BUY' && intent.asset in ['ETH', 'BTC'] ; true",
        "intent.venue.startsWith('Y') ; false",
        "intent.strategy.matches('[a-r]+') ; false",
        "intent.notional > account.equity * 0.07 ; true",
        "intent.limit_price == null ; true",
        "intent.confidence != null && intent.confidence < 0.5 ; false",
        "market.sigma_daily >= 0.02 && !market.crashed ; true",
        "market.spread == null || market.spread > 0.01 ; true",
        "market.hour_volume != null && intent.qty > market.hour_volume ; false",
        "market.age_ms > 10 ; false",
        "market.regime == 'NORMAL' && market.regime_confidence == null ; true",
        "market.regime in ['', 'VOLATILE', 'FLASH_CRASH'] ; false",
        "account.position == 0.0 && account.losses_in_a_row < 3 ; true",
        "account.daily_loss > 0.0 || account.drawdown > 0.0 ; false",
        "account.profile == 'p' && account.desk == '' ; true",
        "time.hour == 12 && time.day_of_week == 2 ; true",
        "time.hour < 8 || time.hour >= 20 ; false",
      })
  void a_condition_looks_at_intent_market_account_and_time(String when, boolean holds) {
    GroupUnderTest group = group(denied(when));
    answer(
        group.buy("7").send(),
        holds ? Verdict.DENY : Verdict.ALLOW,
        holds ? "0" : "7",
        holds ? new String[] {"U01"} : new String[0]);
  }

  @Test
  void the_strictest_that_holds_counts_and_is_named() {
    GroupUnderTest group =
        group(
            "{name: 'half of ether', when: \"intent.asset == 'ETH'\", then: 'shrink', factor:"
                + " '0.5'}",
            "{name: 'a tenth by night', when: 'time.hour < 6', then: 'shrink', factor: '0.1'}");
    answer(group.buy("8").in(ETH).send(), Verdict.SHRINK, "4", "U01");
    rule("U01", group.buy("8").in(ETH).send()).is(Result.LIMITED).because("half of ether");
    group.advance(13 * HOUR);
    group.trade(ETH, "50");
    answer(group.buy("8").in(ETH).send(), Verdict.SHRINK, "0.8", "U01");
    rule("U01", group.buy("8").in(ETH).send()).because("a tenth by night");
  }

  @Test
  void a_condition_that_cannot_be_evaluated_refuses() {
    GroupUnderTest group = group(denied("market.spread > 0.01"));
    answer(group.buy("1").send(), Verdict.DENY, "0", "U01");
    rule("U01", group.buy("1").send()).because("user rule r", "cannot be evaluated", "null");
    group.quote(BTC, "99.9", "100.1");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    answer(group(denied("1 / 0 == 1")).buy("1").send(), Verdict.DENY, "0", "U01");
  }

  @Test
  void an_alert_is_an_event_and_holds_nothing_back() {
    GroupUnderTest group =
        group(
            "{name: 'large', when: 'intent.qty >= 5.0', then: 'alert'}",
            "{name: 'broken', when: 'market.spread > 1.0', then: 'alert'}");
    answer(group.buy("5").send(), Verdict.ALLOW, "5");
    rule("U01", group.buy("5").send()).is(Result.NOT_FED);
    assertThat(group.events(Event.Type.USER_ALERT)).hasSize(4);
    Event large = group.events(Event.Type.USER_ALERT).get(0);
    assertThat(new String(large.detail(), StandardCharsets.UTF_8)).contains("large", "i-1");
    assertThat(large.severity()).isEqualTo(Event.Severity.WARNING);
    assertThat(group.events(Event.Type.USER_ALERT).get(1).severity())
        .isEqualTo(Event.Severity.ERROR);
  }

  @Test
  void a_defective_intent_has_its_answer_whatever_an_alert_looks_at() {
    GroupUnderTest group =
        group(
            "{name: 'a', when: \"intent.strategy == 'x'\", then: 'alert'}",
            "{name: 'b', when: \"intent.time_in_force == 'IOC'\", then: 'alert'}");
    assertThat(group.buy("5").strategy(null).send()).isNotNull();
    assertThat(group.events(Event.Type.USER_ALERT))
        .extracting(Event::severity)
        .contains(Event.Severity.ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intent.qty",
        "intent.qty > 'much'",
        "intent.quantity > 1.0",
        "intent.qty >",
        "[1, 2].exists(x, x > 1)",
        "now() > 1",
        "string(intent.qty) == '7.0'",
      })
  void what_does_not_type_check_is_refused_with_what_the_compiler_says(String when) {
    assertThatThrownBy(() -> setup().with("user_rules", rules(denied(when))).configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("user_rules[0].when is")
        .hasMessageContaining("expected a condition in CEL")
        .hasMessageContaining("ERROR");
  }

  @Test
  void a_fact_that_there_is_not_is_named_and_those_there_are() {
    String when = "intent.quantity > 1.0 && intent.strategy != 'market.none'";
    assertThatThrownBy(() -> setup().with("user_rules", rules(denied(when))).configuration())
        .hasMessageContaining("there is no intent.quantity, of intent there are id, action,")
        .hasMessageNotContaining("there is no market.none");
  }

  @Test
  void a_condition_is_bounded() {
    String longOne = "intent.qty > 1.0" + " || intent.qty > 1.0".repeat(60);
    assertThatThrownBy(() -> setup().with("user_rules", rules(denied(longOne))).configuration())
        .hasMessageContaining("at most 1000 characters");
    String deep = "(".repeat(80) + "true" + ")".repeat(80);
    assertThatThrownBy(() -> setup().with("user_rules", rules(denied(deep))).configuration())
        .hasMessageContaining("recursion");
    String twice = rules(denied("true"), denied("false"));
    assertThatThrownBy(() -> setup().with("user_rules", twice).configuration())
        .hasMessageContaining("user_rules[1].name");
    String factor = "[{name: 'r', when: 'true', then: 'shrink'}]";
    assertThatThrownBy(() -> setup().with("user_rules", factor).configuration())
        .hasMessageContaining("user_rules[0].factor is missing");
  }

  @Test
  void a_journal_derives_again() {
    GroupUnderTest group =
        group(denied("market.spread > 0.01"), "{name: 'a', when: 'true', then: 'alert'}");
    group.buy("1").send();
    group.quote(BTC, "99.9", "100.1");
    group.buy("1").send();
    group.fill(null, Side.BUY, "1", "100");
    Verifier verifier = Verifier.ofFile();
    for (byte[] line : group.lines()) {
      assertThat(verifier.check(line)).isNull();
    }
  }
}
