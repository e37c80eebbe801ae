package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.json;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Command;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** K04: named rules lifted for one order, for a time, by two persons, and written down. */
class OverrideTest {
  private static final String BODY = "{intent_id: 'big', rules: ['R03', 'R04']}";

  private final GroupUnderTest group =
      priced(setup().limit("firm", "max_qty", "10").limit("firm", "max_notional", "1000"));

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    return group;
  }

  private static void override(GroupUnderTest group, String body) {
    group.command(
        "o-" + group.entries().size(),
        "OVERRIDE",
        "account:demo",
        body,
        null,
        group.nowUs() + HOUR);
  }

  private static String last(GroupUnderTest group) {
    Event last = group.events().get(group.events().size() - 1);
    return last.type() + " " + new String(last.detail(), StandardCharsets.UTF_8);
  }

  private static void approves(Decision decision, String qty, String... reasons) {
    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo(qty);
    assertThat(decision.ruling().reasons()).containsExactly(reasons);
  }

  @Test
  void the_named_order_passes_the_named_rules_once() {
    override(group, BODY);
    assertThat(last(group)).startsWith("OVERRIDE_GRANTED").contains("\"rules\":[\"R03\",\"R04\"]");
    approves(group.buy("50").id("other").send(), "9.09", "R03", "R04");

    Decision big = group.buy("50").id("big").send();
    approves(big, "50");
    assertThat(big.ruling().verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(big.ruling().lifted()).extracting(Outcome::rule).containsExactly("R03", "R04");
    assertThat(new String(big.toJson(), StandardCharsets.UTF_8))
        .contains("\"overridden\":[{\"rule\":\"R03\",\"outcome\":\"LIMITED\"");
    assertThat(GroupUnderTest.outcome(big, "K04").observed()).isEqualByComparingTo("2");
    assertThat(last(group)).startsWith("OVERRIDE_USED").contains("\"approved_qty\":\"50\"");
    assertThat(group.state().overrides.all()).isEmpty();
    approves(group.buy("50").id("big2").send(), "9.09", "R03", "R04");
  }

  @Test
  void what_is_not_named_still_counts() {
    override(group, "{intent_id: 'big', rules: ['R03']}");
    approves(group.buy("50").id("big").send(), "9.09", "R04");
  }

  @Test
  void an_order_of_another_account_or_after_its_time_is_not_meant() {
    override(group, BODY);
    group.clock(HOUR);
    assertThat(last(group)).startsWith("OVERRIDE_ENDED");
    approves(group.buy("50").id("big").send(), "9.09", "R03", "R04");
  }

  @Test
  void it_ends_a_state_that_its_rule_brings_but_never_a_halt_of_a_person() {
    GroupUnderTest restricted = priced(setup());
    restricted.command("RESTRICT", "firm", "{assets: ['BTC']}");
    override(restricted, "{intent_id: 'big', rules: ['R33']}");
    assertThat(restricted.buy("1").id("big").send().ruling().verdict()).isEqualTo(Verdict.ALLOW);
    override(restricted, "{intent_id: 'next', rules: ['R33']}");
    restricted.command("HALT", "firm", "{}");
    assertThat(restricted.buy("1").id("next").send().ruling().verdict()).isEqualTo(Verdict.HALT);
  }

  @Test
  void an_order_that_cannot_be_priced_is_refused_all_the_same() {
    override(group, "{intent_id: 'big', rules: ['R03', 'R04', 'R05', 'R08', 'R09', 'R25']}");
    assertThat(group.forgetMarket(BTC).buy("5").id("big").send().ruling().approvedQty())
        .isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{intent_id: 'x', rules: ['R01']} | rules names R01, which cannot be lifted",
        "{intent_id: 'x', rules: ['R02']} | rules names R02",
        "{intent_id: 'x', rules: ['R20']} | rules names R20",
        "{intent_id: 'x', rules: ['K01']} | rules names K01",
        "{intent_id: 'x', rules: ['R99']} | rules names R99",
        "{intent_id: 'x', rules: []} | expected the codes of the rules to lift",
        "{intent_id: 'x'} | rules is missing",
        "{rules: ['R03']} | intent_id is missing"
      })
  void what_cannot_be_lifted_is_refused(String body, String why) {
    override(group, body);
    assertThat(last(group)).startsWith("COMMAND_REFUSED").contains(why);
  }

  @Test
  void it_needs_an_end_and_an_order_that_has_not_come() {
    group.command("OVERRIDE", "account:demo", BODY);
    assertThat(last(group)).contains("expected a time within a day");
    group.command("o", "OVERRIDE", "account:demo", BODY, null, group.nowUs() + DAY + 1);
    assertThat(last(group)).contains("expected a time within a day");
    group.command("p", "OVERRIDE", "firm", BODY, null, group.nowUs() + HOUR);
    assertThat(last(group)).contains("expected one of the kinds [ACCOUNT]");
    group.buy("50").id("big").send();
    override(group, BODY);
    assertThat(last(group)).contains("intent_id big has been answered");
  }

  @Test
  void where_commands_are_signed_it_takes_two_persons() {
    GroupUnderTest signed =
        priced(setup().with("control", Officers.CONTROL).limit("firm", "max_qty", "10"));
    Command command =
        new Command(
            "s",
            "OVERRIDE",
            "account:demo",
            json("{intent_id: 'big', rules: ['R03']}"),
            "desk",
            "block trade",
            signed.nowUs(),
            null,
            signed.nowUs() + HOUR,
            json("[]"),
            null);
    signed.give(Officers.signed(command, "ann", "ann2"));
    assertThat(last(signed)).contains("needs the signatures of two persons");
    Command again =
        new Command(
            "t",
            command.command(),
            command.scope(),
            command.body(),
            command.issuedBy(),
            command.reason(),
            command.eventTimeUs(),
            null,
            command.expiresAtUs(),
            json("[]"),
            null);
    signed.give(Officers.signed(again, "ann", "bob"));
    approves(signed.buy("50").id("big").send(), "50");
  }
}
