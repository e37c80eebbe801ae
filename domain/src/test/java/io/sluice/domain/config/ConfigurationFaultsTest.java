package io.sluice.domain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.group.GroupUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A configuration with several faults: all are named at once. */
class ConfigurationFaultsTest {
  private static final String RIGHT =
      """
      {instruments: [{id: 'X:BTCUSD', base: 'BTC', quote: 'USD', tick: '0.01', lot: '1',
         min_qty: '1', max_qty: '100', min_notional: '1'}],
       accounts: [{id: 'a', profile: 'p', currency: 'USD'}], profiles: {p: {max_qty: '5'}}}
      """;

  private static List<String> fields(String json) {
    return Configuration.faults("c.yaml", GroupUnderTest.json(json)).stream()
        .map(Fault::field)
        .toList();
  }

  @Test
  void whatIsRightHasNone() {
    assertThat(fields(RIGHT)).isEmpty();
    assertThat(fields("{}")).isEmpty();
  }

  @Test
  void anIdIsOneThatAnIntentCanName() {
    assertThat(fields(RIGHT.replace("'a'", "'" + "a".repeat(128) + "'"))).isEmpty();
    assertThat(fields(RIGHT.replace("'a'", "'" + "a".repeat(129) + "'")))
        .containsExactly("accounts[0].id");
    assertThat(fields(RIGHT.replace("'a'", "'a\\nb'"))).containsExactly("accounts[0].id");
    assertThat(fields(RIGHT.replace("X:BTCUSD", "X:BTC\\u0085USD")))
        .containsExactly("instruments[0].id");
  }

  @Test
  void everyPartIsLookedAt() {
    assertThat(
            fields(
                """
                {clok: 'wall', max_clock_skew_ms: -1, fill_window: 'long', adaptive: 'perhaps',
                 instruments: [{base: 'BTC', quote: 'USD', kind: 'future', tick: '0', lot: 'x',
                   min_qty: '5', max_qty: '1', min_notional: '-1'}, 7,
                   {id: 'X:Y', base: 'Y', quote: 'USD', tick: '1', lot: '1', min_qty: '2',
                   max_qty: '1', min_notional: '1'}],
                 accounts: [{id: 'a', profile: 'p', currency: 'USD', leverage: '2'},
                   {id: 'b', currency: 'USD', kind: 'margin'}],
                 profiles: {p: {max_qty: 'lots', collar: '7', flash_crash: 'deny'},
                   q: {max_quantity: '1', exits: {stop: '2'}}},
                 limits: [{scope: 'world', max_qty: '1'}, {scope: 'firm', max_var: '5',
                   max_drawdown: {bound: '2'}, max_gross: {bound: '1', then: 'halt'}}],
                 crash_rules: [{window_ms: 0, drop: '2'}],
                 control: {authority: 'king', rollout: {}}, execution: {mode: 'paper', fee: '3'},
                 not_fed: {R99: 'deny'}, venue_health: {degraded: 2},
                 order_flow: {ratio_window: '9d'}, self_match: 'maybe',
                 user_rules: [{name: 'u', when: 'nonsense(', then: 'deny'}],
                 permissions: [{account: '*', order_types: ['stop']}],
                 sessions: [{scope: 'firm'}], correlations: [{a: 'BTC', b: 'BTC', value: '1'}],
                 strategies: [{name: 'momentum'}]}
                """))
        .containsExactlyInAnyOrder(
            "clok",
            "max_clock_skew_ms",
            "fill_window",
            "adaptive",
            "instruments[0].id",
            "instruments[0].kind",
            "instruments[0].tick",
            "instruments[0].lot",
            "instruments[0].min_notional",
            "instruments[0].max_qty",
            "instruments[1]",
            "instruments[2].max_qty",
            "accounts[0].leverage",
            "accounts[1].profile",
            "accounts[1].leverage",
            "profiles.p.max_qty",
            "profiles.p.collar",
            "profiles.p.flash_crash",
            "profiles.q.max_quantity",
            "profiles.q.exits.stop",
            "limits[0].scope",
            "limits[1].max_var",
            "limits[1].max_drawdown.bound",
            "limits[1].max_gross",
            "crash_rules[0].window_ms",
            "crash_rules[0].drop",
            "control.authority",
            "control.rollout.percent",
            "execution.fee",
            "not_fed",
            "venue_health.degraded",
            "order_flow.ratio_window",
            "self_match",
            "user_rules[0].when",
            "permissions[0].order_types",
            "sessions[0].scope",
            "correlations[0].b",
            "strategies[0].account");
  }

  @Test
  void howPartsFitTogetherIsSaidOfAllOnceEachIsRight() {
    String unfit =
        RIGHT
            .replace("profile: 'p'", "profile: 'q', group: 'unassigned'")
            .replace(
                "profiles:",
                "clock: 'wall', control: {authority: 'open'}, id_window: '1s', fill_window: '1ms',"
                    + " limits: [{scope: 'desk:d', max_qty: '1'}], shadow_limits: [{scope:"
                    + " 'venue:V', max_qty: '1'}], strategies: [{name: 'momentum', account: 'b'}],"
                    + " sessions: [{scope: 'venue:V'}], profiles:");
    assertThat(fields(unfit))
        .containsExactlyInAnyOrder(
            "accounts[0].profile",
            "accounts[0].group",
            "control",
            "id_window",
            "fill_window",
            "limits[0].scope",
            "shadow_limits[0].scope",
            "strategies[0].account",
            "");
    assertThat(fields(unfit.replace("id: 'X:BTCUSD'", "id: ''")))
        .as("false alarms of a part that is wrong itself are spared")
        .containsExactly("instruments[0].id");
  }

  @Test
  void aFaultHasAllThatAPersonNeeds() {
    JsonNode wrong = GroupUnderTest.json(RIGHT.replace("tick: '0.01'", "tick: 'fine'"));
    Fault fault = Configuration.faults("c.yaml", wrong).get(0);
    assertThat(fault)
        .isEqualTo(
            new Fault(
                "c.yaml",
                "instruments[0].tick",
                "\"fine\"",
                "a decimal above 0",
                "correct its value",
                "c.yaml: instruments[0].tick is \"fine\", expected a decimal above 0"));
    assertThatThrownBy(() -> Configuration.parse("c.yaml", wrong))
        .as("who only reads it is told the first")
        .hasMessage(fault.message());
  }

  @Test
  void aValueAtAKeyThatIsNoneIsNotShownBecauseItMayBeASecret() {
    JsonNode wrong = GroupUnderTest.json("{password: 'hunter2'}");
    assertThat(Configuration.faults("c.yaml", wrong).toString())
        .contains("password is not a key here")
        .doesNotContain("hunter2");
  }
}
