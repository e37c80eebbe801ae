package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.rule.FedBy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where an unset limit refuses, whoever may only tighten does not set it. */
class UnsetLimitsTest {
  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    return group;
  }

  private static GroupUnderTest.Setup tight(String rule) {
    return setup()
        .with("control", "{authority: 'tighten'}")
        .with("not_fed", "{" + rule + ": 'deny'}");
  }

  private static String last(GroupUnderTest group) {
    Event last = group.events().get(group.events().size() - 1);
    return last.type() + " " + new String(last.detail(), StandardCharsets.UTF_8);
  }

  private static String widest(LimitKey key) {
    return key.scopes().contains(Scope.Kind.FIRM) ? "firm" : "account:demo";
  }

  /** A bound that does not bind. */
  private static String loose(LimitKey key) {
    return key.unit() == LimitKey.Unit.FRACTION ? "1" : "100000000";
  }

  /** What a rule says of a buy, a sell and, where the order it amends passed before, an amend. */
  private static List<Outcome> asked(GroupUnderTest.Setup setup, String rule) {
    GroupUnderTest group = priced(setup);
    group.buy("1").limit("100").id("o").send();
    group.configure(setup.with("not_fed", "{" + rule + ": 'deny'}").configuration());
    List<Outcome> outcomes = new ArrayList<>();
    for (var wish : List.of(group.buy("1"), group.sell("1"), group.amend("o").qty("2"))) {
      outcomes.add(GroupUnderTest.outcome(wish.send(), rule));
    }
    outcomes.removeIf(outcome -> outcome.permitted() == null);
    return outcomes;
  }

  /** The table of what feeds which rule is held against what the rules say. */
  @ParameterizedTest
  @EnumSource(LimitKey.class)
  void a_limit_feeds_the_rules_that_the_table_names(LimitKey key) {
    List<FedBy> fed = FedBy.with(key);
    if (key == LimitKey.MAX_SCORE_AGE_MS) {
      assertThat(fed).as("R39 is asked of intents that name a model").isEmpty();
      return;
    }
    assertThat(fed).isNotEmpty();
    String rule = fed.get(0).rule();
    List<Outcome> unfed = asked(setup().unset(key.key()), rule);
    List<Outcome> answered = asked(setup().limit(widest(key), key.key(), loose(key)), rule);
    assertThat(unfed).allMatch(outcome -> outcome.why().contains("is not set"));
    assertThat(answered)
        .anyMatch(outcome -> outcome.why() == null || !outcome.why().contains("is not set"));
  }

  @ParameterizedTest
  @EnumSource(LimitKey.class)
  void setting_what_refuses_while_it_is_unset_loosens(LimitKey key) {
    for (FedBy fed : FedBy.with(key)) {
      String body = "{" + key.key() + ": '" + loose(key) + "'}";
      GroupUnderTest group = priced(tight(fed.rule()).unset(key.key()));
      group.command("SET_LIMITS", widest(key), body);
      assertThat(last(group)).startsWith("COMMAND_REFUSED").contains(key.key() + " would be loos");

      GroupUnderTest open =
          priced(setup().with("not_fed", "{" + fed.rule() + ": 'deny'}").unset(key.key()));
      open.command("SET_LIMITS", widest(key), body);
      assertThat(last(open)).startsWith("LIMITS_SET");

      if (!key.isRequired()) {
        GroupUnderTest tighten =
            priced(setup().with("control", "{authority: 'tighten'}").unset(key.key()));
        tighten.command("SET_LIMITS", widest(key), body);
        assertThat(last(tighten)).startsWith("LIMITS_SET");
      }
    }
  }

  @Test
  void another_limit_of_the_rule_at_a_wider_scope_feeds_it() {
    GroupUnderTest group = priced(tight("R11").limit("firm", "max_concentration", "5"));
    group.command("SET_LIMITS", "account:demo", "{max_asset_concentration: '9'}");
    assertThat(last(group)).startsWith("LIMITS_SET");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_limit_of_a_narrower_scope_does_not() {
    GroupUnderTest group = priced(tight("R13").limit("instrument:X:ETH", "max_open_orders", "5"));
    answer(group.buy("1").send(), Verdict.DENY, "0", "R13");
    group.command("SET_LIMITS", "firm", "{max_open_orders: '9'}");
    assertThat(last(group)).startsWith("COMMAND_REFUSED").contains("not_fed is deny for R13");
    group.command("SET_LIMITS", "instrument:X:ETH", "{max_open_orders: '4'}");
    assertThat(last(group)).startsWith("LIMITS_SET");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R13");
  }

  @Test
  void one_that_only_warns_feeds_nothing() {
    GroupUnderTest group =
        priced(tight("P01").limit("firm", "max_weekly_loss", "{bound: '100', then: 'warn'}"));
    answer(group.buy("1").send(), Verdict.DENY, "0", "P01");
    group.command("SET_LIMITS", "firm", "{max_weekly_loss: '100'}");
    assertThat(last(group)).startsWith("COMMAND_REFUSED").contains("not_fed is deny for P01");
  }

  @Test
  void one_that_is_over_sooner_feeds_it_no_longer_than_that() {
    GroupUnderTest group = priced(setup().with("not_fed", "{R13: 'deny'}"));
    group.command("l", "SET_LIMITS", "firm", "{max_open_orders: '9'}", null, group.nowUs() + HOUR);
    group.configure(tight("R13").configuration());
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    group.command("SET_LIMITS", "firm", "{max_open_orders: '5'}");
    assertThat(last(group)).startsWith("COMMAND_REFUSED").contains("not_fed is deny for R13");
    group.command("m", "SET_LIMITS", "firm", "{max_open_orders: '5'}", null, group.nowUs() + HOUR);
    assertThat(last(group)).startsWith("LIMITS_SET");
    group.clock(HOUR);
    answer(group.buy("1").send(), Verdict.DENY, "0", "R13");
  }
}
