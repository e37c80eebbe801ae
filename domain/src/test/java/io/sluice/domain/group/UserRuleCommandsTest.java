package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.control.UserRuleLayers;
import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Command;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SET_USER_RULE and REMOVE_USER_RULE: user rules that come and go while the gate runs. */
class UserRuleCommandsTest {
  private static final String NIGHT = "{name: 'n', when: 'intent.qty > 5.0', then: 'deny'}";
  private static final String HALF =
      "{name: 'n', when: 'intent.qty > 5.0', then: 'shrink', factor: '0.5'}";

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    return group;
  }

  private static GroupUnderTest.Setup configured() {
    return setup().with("user_rules", "[" + NIGHT + "]");
  }

  private static String last(GroupUnderTest group) {
    Event last = group.events().get(group.events().size() - 1);
    return last.type() + " " + new String(last.detail(), StandardCharsets.UTF_8);
  }

  private static void denies(GroupUnderTest group) {
    answer(group.buy("6").send(), Verdict.DENY, "0", "U01");
  }

  private static void halves(GroupUnderTest group) {
    answer(group.buy("6").send(), Verdict.SHRINK, "3", "U01");
  }

  private static void passes(GroupUnderTest group) {
    answer(group.buy("6").send(), Verdict.ALLOW, "6");
  }

  @Test
  void what_the_compiler_says_is_not_cut_within_a_character() {
    for (String before : new String[] {"", "x"}) {
      GroupUnderTest group = priced(setup());
      String when = before + "\ud83d\ude42".repeat(300);
      String rule = "{name: 'n', when: '" + when + "', then: 'deny'}";
      group.command("u", "SET_USER_RULE", "firm", rule, null, null);

      assertThat(last(group)).startsWith("COMMAND_REFUSED");
    }
  }

  @Test
  void a_rule_counts_from_its_time_to_its_expiry() {
    GroupUnderTest group = priced(setup());
    long now = group.nowUs();
    group.command("u", "SET_USER_RULE", "firm", NIGHT, now + MINUTE, now + HOUR);
    assertThat(last(group))
        .startsWith("USER_RULE_SET")
        .contains("\"user_rule\":{\"name\":\"n\",\"when\":\"intent.qty > 5.0\",\"then\":\"deny\"}")
        .contains("\"replaces\":false", "\"issued_by\":\"risk\"", "\"reason\":\"test\"");
    passes(group);
    assertThat(group.state().nextCrossingUs()).isEqualTo(now + MINUTE);
    long version = group.buy("1").send().limitsVersion();
    group.clock(MINUTE);
    assertThat(last(group)).isEqualTo("USER_RULE_SET {\"command_id\":\"u\",\"begins\":true}");
    denies(group);
    assertThat(group.buy("1").send().limitsVersion()).isEqualTo(version + 1);
    group.clock(HOUR);
    assertThat(last(group)).startsWith("USER_RULE_ENDED").contains("\"ended\":\"u\"");
    passes(group);
  }

  @Test
  void the_newest_of_a_name_counts_and_what_was_before_comes_back() {
    GroupUnderTest group = priced(configured());
    denies(group);
    group.command("u", "SET_USER_RULE", "firm", HALF, null, group.nowUs() + HOUR);
    assertThat(last(group)).contains("\"replaces\":true");
    halves(group);
    group.command("r", "REMOVE_USER_RULE", "firm", "{name: 'n'}", null, group.nowUs() + MINUTE);
    passes(group);
    group.clock(MINUTE);
    halves(group);
    group.clock(HOUR);
    denies(group);
  }

  @Test
  void what_is_removed_for_good_is_forgotten() {
    GroupUnderTest group = priced(setup());
    for (int i = 0; i < 3; i++) {
      group.command("SET_USER_RULE", "firm", NIGHT);
      group.command("SET_USER_RULE", "firm", HALF);
      assertThat(group.state().userRuleLayers.commands()).hasSize(1);
      halves(group);
      group.command("REMOVE_USER_RULE", "firm", "{name: 'n'}");
      assertThat(last(group)).startsWith("USER_RULE_REMOVED").contains("\"name\":\"n\"");
      assertThat(group.state().userRuleLayers.commands()).isEmpty();
      passes(group);
    }
    group.command("REMOVE_USER_RULE", "firm", "{name: 'n'}");
    assertThat(last(group)).contains("COMMAND_REFUSED", "there is no user rule n");
  }

  @Test
  void what_replaces_for_good_later_is_alone_then() {
    GroupUnderTest group = priced(setup());
    group.command("SET_USER_RULE", "firm", NIGHT);
    group.command("u", "SET_USER_RULE", "firm", HALF, group.nowUs() + MINUTE, null);
    denies(group);
    group.clock(MINUTE);
    halves(group);
    assertThat(group.state().userRuleLayers.commands()).hasSize(1);
  }

  @Test
  void a_configured_rule_stays_away_until_the_configuration_says_another() {
    GroupUnderTest group = priced(configured());
    group.command("REMOVE_USER_RULE", "firm", "{name: 'n'}");
    passes(group);
    group.configure(configured().limit("firm", "max_qty", "900").configuration());
    passes(group);
    group.configure(setup().with("user_rules", "[" + HALF + "]").configuration());
    halves(group);
    assertThat(group.state().userRuleLayers.commands()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: 'x', when: 'intent.size > 1.0', then: 'deny'} | undeclared reference to",
        "{name: 'x', when: 'intent.qty', then: 'deny'} | expected a condition in CEL",
        "{name: 'x', when: 'true', then: 'halt'} | expected one of [deny, shrink, alert]",
        "{name: 'x', when: 'true', then: 'shrink'} | factor is missing",
        "{name: 'x', when: 'true', then: 'deny', factor: '1'} | only shrink has a factor",
        "{name: 'x', when: 'true', then: 'deny', scope: 'firm'} | scope is not a key here",
        "{when: 'true', then: 'deny'} | name is missing"
      })
  void what_does_not_read_is_refused_and_recorded(String body, String why) {
    GroupUnderTest group = priced(setup());
    group.command("SET_USER_RULE", "firm", body);
    assertThat(last(group)).startsWith("COMMAND_REFUSED").contains(why);
    passes(group);
    group.command("SET_USER_RULE", "account:demo", NIGHT);
    assertThat(last(group)).contains("expected one of the kinds [FIRM]");
  }

  @Test
  void they_are_bounded_in_number_and_length() {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    for (int i = 0; i < UserRuleLayers.MOST; i++) {
      group.command("SET_USER_RULE", "firm", "{name: 'n" + i + "', when: 'false', then: 'deny'}");
      assertThat(last(group)).startsWith("USER_RULE_SET");
    }
    group.command("SET_USER_RULE", "firm", NIGHT);
    assertThat(last(group)).contains("COMMAND_REFUSED", "100 commands say something");
    group.command("r", "REMOVE_USER_RULE", "firm", "{name: 'n1'}", null, group.nowUs() + HOUR);
    assertThat(last(group)).contains("COMMAND_REFUSED", "100 commands say something");
    group.command("REMOVE_USER_RULE", "firm", "{name: 'n1'}");
    group.command("SET_USER_RULE", "firm", NIGHT);
    denies(group);

    String when = "intent.qty > 1.0" + " || intent.qty > 1.0".repeat(60);
    group = priced(setup());
    group.command("SET_USER_RULE", "firm", "{name: 'l', when: '" + when + "', then: 'deny'}");
    assertThat(last(group)).contains("COMMAND_REFUSED", "at most 1000 characters");
    String name = "n".repeat(129);
    group.command("SET_USER_RULE", "firm", "{name: '" + name + "', when: 'true', then: 'deny'}");
    assertThat(last(group)).contains("COMMAND_REFUSED", "1 to 128 characters");
  }

  @Test
  void who_may_only_tighten_adds_and_does_not_replace_or_remove() {
    GroupUnderTest group = priced(configured().with("control", "{authority: 'tighten'}"));
    group.command("SET_USER_RULE", "firm", "{name: 'm', when: 'intent.qty > 3.0', then: 'deny'}");
    answer(group.buy("4").send(), Verdict.DENY, "0", "U01");
    for (String name : new String[] {"n", "m"}) {
      group.command("SET_USER_RULE", "firm", HALF.replace("'n'", "'" + name + "'"));
      assertThat(last(group)).contains("COMMAND_REFUSED", "rule " + name + " would be replaced");
      group.command("REMOVE_USER_RULE", "firm", "{name: '" + name + "'}");
      assertThat(last(group)).contains("COMMAND_REFUSED", "rule " + name + " would be removed");
    }
    denies(group);
  }

  @Test
  void what_only_tightens_does_not_take_the_place_of_a_name_that_is_configured_later() {
    GroupUnderTest group = priced(setup().with("control", "{authority: 'tighten'}"));
    group.command("SET_USER_RULE", "firm", "{name: 'n', when: 'false', then: 'deny'}");
    passes(group);
    group.configure(configured().with("control", "{authority: 'tighten'}").configuration());
    denies(group);
  }

  private static Command command(GroupUnderTest group, String name, String body) {
    return new Command(
        name + group.nextOffset(),
        name,
        "firm",
        GroupUnderTest.json(body),
        "risk",
        "test",
        group.nowUs(),
        null,
        null,
        GroupUnderTest.json("[]"),
        null);
  }

  @Test
  void one_signature_adds_and_two_replace_or_remove() {
    GroupUnderTest group = priced(setup().with("control", Officers.CONTROL));
    group.give(command(group, "SET_USER_RULE", NIGHT));
    assertThat(last(group)).contains("COMMAND_REFUSED", "needs the valid signature");
    group.give(Officers.signed(command(group, "SET_USER_RULE", NIGHT), "ann"));
    denies(group);
    group.give(Officers.signed(command(group, "SET_USER_RULE", HALF), "ann", "ann2"));
    assertThat(last(group)).contains("COMMAND_REFUSED", "signatures of two persons");
    group.give(Officers.signed(command(group, "SET_USER_RULE", HALF), "ann", "bob"));
    assertThat(last(group)).contains("\"signed_by\":[\"ann\",\"bob\"]");
    halves(group);
    group.give(Officers.signed(command(group, "REMOVE_USER_RULE", "{name: 'n'}"), "bob"));
    halves(group);
    group.give(Officers.signed(command(group, "REMOVE_USER_RULE", "{name: 'n'}"), "bob", "ann"));
    passes(group);
  }

  @Test
  void the_first_rule_loosens_where_none_refuses_every_order() {
    String control = "{authority: 'tighten'}";
    GroupUnderTest group =
        priced(setup().with("not_fed", "{U01: 'deny'}").with("control", control));
    denies(group);
    group.command("SET_USER_RULE", "firm", NIGHT);
    assertThat(last(group)).contains("COMMAND_REFUSED", "not_fed is deny for U01");
    denies(group);
    group.command("SET_USER_RULE", "firm", "{name: 'a', when: 'true', then: 'alert'}");
    assertThat(last(group)).startsWith("USER_RULE_SET");

    group = priced(configured().with("not_fed", "{U01: 'deny'}").with("control", control));
    group.command("SET_USER_RULE", "firm", "{name: 'm', when: 'true', then: 'deny'}");
    assertThat(last(group)).startsWith("USER_RULE_SET");
  }

  @Test
  void a_journal_with_them_derives_again_and_state_without_them_reads() {
    GroupUnderTest group = priced(setup());
    assertThat(group.parts()).doesNotContainKey(StateParts.USER_RULES);
    group.command("SET_USER_RULE", "firm", NIGHT);
    assertThat(group.parts()).containsKey(StateParts.USER_RULES);
    denies(group);
    group.command("REMOVE_USER_RULE", "firm", "{name: 'n'}");
    passes(group);
    Verifier verifier = Verifier.ofFile();
    for (byte[] line : group.lines()) {
      assertThat(verifier.check(line)).isNull();
    }
    assertThat(Map.copyOf(verifier.heads())).containsKey("firm");
  }
}
