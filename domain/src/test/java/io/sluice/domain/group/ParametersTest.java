package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SET_PARAMETERS: what a gate goes by beside limits, from one time to another. */
class ParametersTest {
  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    return group;
  }

  private static GroupUnderTest tight() {
    return priced(setup().with("control", "{authority: 'tighten'}"));
  }

  private static String last(GroupUnderTest group) {
    Event last = group.events().get(group.events().size() - 1);
    return last.type() + " " + new String(last.detail(), StandardCharsets.UTF_8);
  }

  private static String worth(GroupUnderTest group) {
    return GroupUnderTest.outcome(group.buy("1").send(), "R04").observed().toPlainString();
  }

  @Test
  void a_parameter_counts_from_its_time_to_its_expiry_and_decisions_say_its_version() {
    GroupUnderTest group = priced(setup().limit("firm", "max_notional", "100000"));
    long now = group.nowUs();
    Decision before = group.buy("1").send();
    group.command("p", "SET_PARAMETERS", "firm", "{valid_for_ms: 700}", now + MINUTE, now + HOUR);
    assertThat(group.state().nextCrossingUs()).isEqualTo(now + MINUTE);
    group.clock(MINUTE);
    Decision during = group.buy("1").send();
    group.clock(HOUR);
    Decision after = group.buy("1").send();

    assertThat(before.validUntilUs() - before.gateTimeUs()).isEqualTo(5 * SECOND);
    assertThat(during.validUntilUs() - during.gateTimeUs()).isEqualTo(700_000);
    assertThat(after.validUntilUs() - after.gateTimeUs()).isEqualTo(5 * SECOND);
    assertThat(during.paramsVersion()).isEqualTo(before.paramsVersion() + 1);
    assertThat(after.paramsVersion()).isEqualTo(before.paramsVersion() + 2);
    assertThat(new String(during.toJson(), StandardCharsets.UTF_8))
        .contains("\"limits_version\":1,\"params_version\":2,");
    assertThat(group.events())
        .extracting(Event::type)
        .containsExactly(
            Event.Type.PARAMETERS_SET, Event.Type.PARAMETERS_SET, Event.Type.PARAMETERS_ENDED);
  }

  @Test
  void the_newest_counts_and_the_one_before_comes_back() {
    GroupUnderTest group = priced(setup().limit("firm", "max_notional", "100000"));
    assertThat(worth(group)).isEqualTo("110.0");
    group.command("SET_PARAMETERS", "firm", "{market_worst_case: '0.2'}");
    group.command(
        "p", "SET_PARAMETERS", "firm", "{market_worst_case: '0.01'}", null, group.nowUs() + HOUR);
    assertThat(worth(group)).isEqualTo("101.00");
    group.clock(HOUR);
    assertThat(worth(group)).isEqualTo("120.0");
  }

  @Test
  void the_clock_s_bound_is_the_one_in_force() {
    GroupUnderTest group = priced(setup());
    assertThat(group.buy("1").at(group.nowUs() - 4 * SECOND).send().ruling().reasons()).isEmpty();
    group.command("SET_PARAMETERS", "firm", "{max_clock_skew_ms: 3000}");
    assertThat(group.buy("1").at(group.nowUs() - 4 * SECOND).send().ruling().reasons())
        .containsExactly("R01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{market_worst_case: '0.2'} | true",
        "{market_worst_case: '0.05'} | false",
        "{id_window: '20m'} | true",
        "{id_window: '5m'} | false",
        "{fill_window: '8d'} | true",
        "{fill_window: '6d'} | false",
        "{max_clock_skew_ms: 1000} | true",
        "{max_clock_skew_ms: 6000} | false",
        "{valid_for_ms: 1000} | true",
        "{valid_for_ms: 6000} | false",
        "{valid_for_ms: 5000} | true",
        "{valid_for_ms: 1000, max_clock_skew_ms: 6000} | false"
      })
  void each_has_a_way_that_tightens(String body, boolean counts) {
    GroupUnderTest group = tight();
    group.command("SET_PARAMETERS", "firm", body);
    assertThat(last(group)).startsWith(counts ? "PARAMETERS_SET" : "COMMAND_REFUSED");
  }

  @Test
  void what_tightens_cannot_undo_what_was_set_ahead() {
    GroupUnderTest group = tight();
    long now = group.nowUs();
    group.command("a", "SET_PARAMETERS", "firm", "{valid_for_ms: 100}", now + MINUTE, null);
    group.command("b", "SET_PARAMETERS", "firm", "{valid_for_ms: 2000}", null, null);
    group.clock(MINUTE);
    Decision decision = group.buy("1").send();
    assertThat(decision.validUntilUs() - decision.gateTimeUs()).isEqualTo(100_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | body sets no parameter",
        "{valid_for: 1} | valid_for is not a key here",
        "{valid_for_ms: 0} | expected a whole number from 1",
        "{id_window: 'soon'} | expected a duration",
        "{market_worst_case: '-1'} | expected a decimal above 0",
        "{id_window: '9s'} | id_window would not be more than twice max_clock_skew_ms",
        "{max_clock_skew_ms: 400000} | id_window would not be more than twice",
        "{id_window: '8d'} | fill_window would be shorter than id_window"
      })
  void what_cannot_be_is_refused(String body, String why) {
    GroupUnderTest group = priced(setup());
    group.command("SET_PARAMETERS", "firm", body);
    assertThat(last(group)).startsWith("COMMAND_REFUSED").contains(why);
    group.command("SET_PARAMETERS", "account:demo", "{valid_for_ms: 1}");
    assertThat(last(group)).contains("expected one of the kinds [FIRM]");
  }

  @Test
  void windows_that_times_make_contradict_are_widened() {
    GroupUnderTest group = priced(setup());
    long now = group.nowUs();
    group.command("w", "SET_PARAMETERS", "firm", "{id_window: '2h'}", null, now + MINUTE);
    group.command(
        "s", "SET_PARAMETERS", "firm", "{max_clock_skew_ms: 3000000}", null, now + 2 * MINUTE);
    group.clock(MINUTE);
    assertThat(group.state().parameters.idWindowUs()).isEqualTo(2 * 3000 * SECOND + 1);
    group.clock(MINUTE);
    assertThat(group.state().parameters.idWindowUs()).isEqualTo(10 * MINUTE);
  }
}
