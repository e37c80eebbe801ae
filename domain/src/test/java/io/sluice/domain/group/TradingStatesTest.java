package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Event;
import io.sluice.domain.market.Liquidity;
import io.sluice.domain.risk.TradingState;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ACTIVE, REDUCING, HALTED at each scope: what brings them about, what ends them. */
class TradingStatesTest {
  private static GroupUnderTest long10(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    return group;
  }

  private static TradingState at(GroupUnderTest group, String scope) {
    return group.state().tradingState(Scope.parse(scope));
  }

  private static List<String> changes(GroupUnderTest group) {
    return group.events(Event.Type.TRADING_STATE).stream()
        .map(event -> event.scope() + " " + new String(event.detail(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void breaches_drive_it_by_their_consequence_and_a_person_ends_it() {
    GroupUnderTest group =
        long10(
            setup()
                .limit(
                    "firm",
                    "max_drawdown",
                    "[{bound: '0.005', then: 'warn'}, {bound: '0.01'},"
                        + " {bound: '0.02', then: 'halt', release: '60m'}]"));
    group.trade(BTC, "95");
    assertThat(at(group, "firm")).isEqualTo(TradingState.ACTIVE);
    group.trade(BTC, "90");
    assertThat(at(group, "firm")).isEqualTo(TradingState.REDUCING);
    group.trade(BTC, "80");
    assertThat(at(group, "firm")).isEqualTo(TradingState.HALTED);
    assertThat(at(group, "account:demo")).isEqualTo(TradingState.ACTIVE);

    group.trade(BTC, "100");
    assertThat(at(group, "firm")).as("a price alone ends nothing").isEqualTo(TradingState.HALTED);
    group.clock(HOUR);
    assertThat(at(group, "firm")).isEqualTo(TradingState.REDUCING);
    group.command("RESUME", "firm", "{}");
    assertThat(at(group, "firm")).isEqualTo(TradingState.ACTIVE);
    assertThat(changes(group))
        .containsExactly(
            "firm {\"from\":\"ACTIVE\",\"to\":\"REDUCING\",\"by\":[\"max_drawdown\"]}",
            "firm {\"from\":\"REDUCING\",\"to\":\"HALTED\",\"by\":[\"max_drawdown\",\"max_drawdown\"]}",
            "firm {\"from\":\"HALTED\",\"to\":\"REDUCING\",\"by\":[\"max_drawdown\"]}",
            "firm {\"from\":\"REDUCING\",\"to\":\"ACTIVE\",\"by\":[]}");
  }

  @Test
  void commands_drive_it_from_when_they_say_to_when_they_say() {
    GroupUnderTest group = long10(setup());
    long now = group.nowUs();
    group.command("h", "HALT", "venue:X", "{}", now + MINUTE, now + 2 * MINUTE);
    assertThat(at(group, "venue:X")).isEqualTo(TradingState.ACTIVE);
    group.clock(MINUTE);
    assertThat(at(group, "venue:X")).isEqualTo(TradingState.HALTED);
    group.clock(MINUTE);
    assertThat(at(group, "venue:X")).isEqualTo(TradingState.ACTIVE);
    assertThat(changes(group)).hasSize(2);
    assertThat(changes(group).get(0)).endsWith("\"by\":[\"h\"]}");
  }

  @Test
  void a_crash_reduces_its_instrument_while_it_lasts() {
    GroupUnderTest group = long10(setup());
    for (boolean crashed : new boolean[] {true, true, false}) {
      BigDecimal price = new BigDecimal("97");
      group.advance(1);
      group.fold(
          "trades",
          new Mark(BTC, price, price, price, group.nowUs(), null, crashed, group.nowUs(), 1),
          null);
      assertThat(at(group, "instrument:X:BTC"))
          .isEqualTo(crashed ? TradingState.REDUCING : TradingState.ACTIVE);
    }
    assertThat(changes(group)).hasSize(2);
    assertThat(changes(group).get(0)).endsWith("\"by\":[\"flash_crash\"]}");
    assertThat(group.events(Event.Type.TRADING_STATE).get(0).instrument()).isEqualTo(BTC);
  }

  private static List<String> uses(GroupUnderTest group) {
    return group.events(Event.Type.LIMIT_NEAR).stream()
        .map(event -> event.severity() + " " + event.scope() + " " + event.instrument())
        .toList();
  }

  @Test
  void a_loss_that_comes_near_its_limit_says_so_at_each_mark_once_until_it_was_well_below() {
    GroupUnderTest group = long10(setup().limit("firm", "max_daily_loss", "100"));
    group.trade(BTC, "92.01");
    assertThat(uses(group)).isEmpty();
    group.trade(BTC, "92");
    group.trade(BTC, "92.49");
    group.trade(BTC, "92");
    assertThat(uses(group)).containsExactly("WARNING firm null");
    group.trade(BTC, "91");
    group.trade(BTC, "91.4");
    group.trade(BTC, "91");
    assertThat(uses(group)).containsExactly("WARNING firm null", "CRITICAL firm null");
    assertThat(
            new String(group.events(Event.Type.LIMIT_NEAR).get(1).detail(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"limit\":\"max_daily_loss DENY\",\"observed\":\"90\",\"bound\":\"100\",\"utilisation\":\"0.9\"}");
    group.trade(BTC, "92.6");
    group.trade(BTC, "92");
    assertThat(uses(group)).hasSize(3);
  }

  @Test
  void an_approved_order_that_brings_a_limit_near_says_so_and_a_refused_one_does_not() {
    GroupUnderTest group = long10(setup().limit("firm", "max_position_notional", "2000"));
    group.buy("6").limit("100").send();
    assertThat(uses(group)).containsExactly("WARNING account:demo X:BTC");
    group.buy("100").limit("100").tif(io.sluice.domain.wire.TimeInForce.FOK).send();
    group.buy("1").limit("100").account("nobody").send();
    group.sell("1").limit("100").send();
    group.buy("2").limit("100").send();
    assertThat(uses(group)).last().isEqualTo("CRITICAL account:demo X:BTC");
  }

  @Test
  void what_is_counted_says_when_its_limit_comes_near() {
    GroupUnderTest group =
        setup()
            .limit("firm", "max_reentries", "5")
            .limit("account:demo", "max_recon_breaks", "5")
            .storing()
            .start();
    group.trade(BTC, "100");
    for (int i = 0; i < 4; i++) {
      group.buy("1").send();
    }
    assertThat(uses(group)).isEmpty();
    group.buy("1").send();
    assertThat(uses(group)).containsExactly("WARNING strategy:demo/s X:BTC");
    group.buy("1").send();
    assertThat(uses(group)).hasSize(2).last().isEqualTo("CRITICAL strategy:demo/s X:BTC");

    group.snapshot("demo", "9999", "{'X:A': ['1', '1'], 'X:B': ['1', '1'], 'X:C': ['1', '1']}");
    assertThat(uses(group)).hasSize(3).last().isEqualTo("WARNING account:demo null");
    group.snapshot("demo", "10000", "{}");
    group.snapshot("demo", "9999", "{'X:A': ['1', '1'], 'X:B': ['1', '1'], 'X:C': ['1', '1']}");
    assertThat(uses(group)).as("it was none in between").hasSize(4);
  }

  private static List<String> nearRules(GroupUnderTest group) {
    return group.events(Event.Type.LIMIT_NEAR).stream()
        .map(event -> new String(event.detail(), StandardCharsets.UTF_8).substring(10, 13))
        .distinct()
        .sorted()
        .toList();
  }

  /** 9 of 10 is used of each limit. */
  @Test
  void every_limit_that_an_order_uses_up_says_when_it_comes_near() {
    GroupUnderTest group =
        setup()
            .cash("1000")
            .limit("firm", "max_qty", "10")
            .limit("firm", "max_notional", "990")
            .limit("firm", "collar", "0.012")
            .limit("firm", "max_price_drift", "0.012")
            .limit("firm", "max_position_notional", "990")
            .limit("firm", "max_gross", "990")
            .limit("firm", "max_net_long", "990")
            .limit("firm", "max_concentration", "0.99")
            .limit("firm", "max_open_orders", "1")
            .limit("firm", "max_unexecuted", "990")
            .limit("firm", "max_new_rate", "1")
            .limit("firm", "max_duplicates", "1")
            .limit("account:demo", "max_var", "45")
            .limit("firm", "max_hour_share", "0.1")
            .storing()
            .start();
    group.trade(BTC, "100");
    group
        .buy("9")
        .limit("99")
        .seeing(
            seen ->
                seen.with(
                    new Liquidity(null, null, new BigDecimal("95"), new BigDecimal("95")), null))
        .send();
    assertThat(group.decisions().get(0).ruling().reasons()).isEmpty();
    assertThat(nearRules(group))
        .containsExactly(
            "R03", "R04", "R05", "R06", "R08", "R09", "R10", "R11", "R13", "R14", "R15", "R17",
            "R20", "R32", "R36");
  }

  @Test
  void what_closes_a_position_uses_up_no_buying_power() {
    GroupUnderTest group = setup().cash("2000").storing().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    group.sell("10").limit("100").send();
    assertThat(uses(group)).isEmpty();
    group.buy("9").limit("100").send();
    assertThat(nearRules(group)).containsExactly("R20");
  }

  @Test
  void after_a_losing_trade_only_reducing_passes_for_the_cooldown() {
    GroupUnderTest group =
        long10(setup().limit("firm", "loss_cooldown_ms", "60000").profile("loss_cooldown_ms", "1"));
    group.fill(null, Side.SELL, "10", "99");
    assertThat(group.buy("1").send().ruling().reasons()).containsExactly("R24");
    group.clock(MINUTE - 1);
    assertThat(group.buy("1").send().ruling().reasons()).containsExactly("R24");
    group.clock(1);
    assertThat(group.buy("1").send().ruling().reasons()).isEmpty();
    group.fill(null, Side.BUY, "1", "100");
    group.fill(null, Side.SELL, "1", "101");
    assertThat(group.buy("1").send().ruling().reasons()).as("a win").isEmpty();
  }

  @Test
  void after_a_breach_only_reducing_passes_for_the_cooldown() {
    GroupUnderTest group =
        long10(
            setup()
                .limit("firm", "max_daily_loss", "50")
                .limit("account:demo", "breaker_cooldown_ms", String.valueOf(HOUR / 1_000)));
    group.trade(BTC, "90");
    group.clock(DAY);
    assertThat(group.buy("1").send().ruling().reasons()).as("it ended at midnight").isEmpty();
    group.trade(BTC, "80");
    group.clock(12 * HOUR + MINUTE);
    assertThat(group.buy("1").send().ruling().reasons()).containsExactly("R24");
    assertThat(group.sell("1").send().ruling().reasons()).isEmpty();
    group.clock(HOUR);
    assertThat(group.buy("1").send().ruling().reasons()).isEmpty();
  }

  private static GroupUnderTest crashed(String profileOfDemo, String profileOfOther) {
    GroupUnderTest group =
        setup()
            .with(
                "accounts",
                "[{id: 'demo', profile: '%s', currency: 'USD', kind: 'cash', cash: '10000'},"
                        .formatted(profileOfDemo)
                    + " {id: 'other', profile: '%s', currency: 'USD', kind: 'cash', cash: '10000'}]"
                        .formatted(profileOfOther))
            .with(
                "profiles",
                "{mild: {}, halting: {flash_crash: 'halt'}, closing: {flash_crash: 'flatten'}}")
            .storing()
            .start();
    BigDecimal price = new BigDecimal("100");
    group.fold(
        "trades",
        new Mark(BTC, price, price, price, group.nowUs(), null, true, group.nowUs(), 1),
        null);
    return group;
  }

  @Test
  void a_crash_is_announced_as_what_it_is_for_the_accounts_there_are() {
    assertThat(changes(crashed("mild", "mild")))
        .containsExactly(
            "instrument:X:BTC {\"from\":\"ACTIVE\",\"to\":\"REDUCING\",\"by\":[\"flash_crash\"]}");
    assertThat(changes(crashed("halting", "closing")))
        .containsExactly(
            "instrument:X:BTC {\"from\":\"ACTIVE\",\"to\":\"HALTED\",\"by\":[\"flash_crash\"]}");
    assertThat(changes(crashed("mild", "closing")))
        .containsExactly(
            "instrument:X:BTC {\"from\":\"ACTIVE\",\"to\":\"REDUCING\",\"by\":[\"flash_crash\"],"
                + "\"halted_accounts\":[\"other\"]}");
  }
}
