package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A second set of limits is tried out on the same orders. */
class ShadowLimitsTest {
  private static final String ON_TRIAL =
      "[{scope: 'firm', max_qty: '20', max_notional: '500'}, {scope: 'strategy:demo/t', max_qty:"
          + " '1'}]";

  private static GroupUnderTest.Setup onTrial() {
    return setup().limit("firm", "max_qty", "10").with("shadow_limits", ON_TRIAL);
  }

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    return group;
  }

  private static String detail(Event event) {
    return new String(event.detail(), StandardCharsets.UTF_8);
  }

  @Test
  void where_they_would_answer_otherwise_an_event_says_so_and_the_answer_is_as_before() {
    GroupUnderTest group = priced(onTrial());
    Decision decision = group.buy("15").limit("1").id("o").send();

    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo("10");
    Event event = group.events(Event.Type.SHADOW_DIFF).get(0);
    assertThat(event.scope()).isEqualTo("account:demo");
    assertThat(event.instrument()).isEqualTo(BTC);
    assertThat(detail(event))
        .isEqualTo(
            "{\"intent_id\":\"o\",\"decision_id\":\""
                + decision.decisionId()
                + "\",\"verdict\":\"SHRINK\",\"approved_qty\":\"10\",\"reasons\":[\"R03\"],"
                + "\"shadow_verdict\":\"ALLOW\",\"shadow_approved_qty\":\"15\","
                + "\"shadow_reasons\":[],\"limits_version\":1}");
  }

  @Test
  void where_they_answer_the_same_nothing_is_said() {
    GroupUnderTest group = priced(onTrial());
    group.buy("1").limit("1").id("o").send();
    group.cancel("o").send();
    group.buy("0.0001").send();
    assertThat(group.events(Event.Type.SHADOW_DIFF)).isEmpty();
  }

  @Test
  void each_stands_at_its_scope_and_what_they_do_not_set_is_as_in_force() {
    GroupUnderTest group = priced(onTrial());
    group.buy("5").limit("1").strategy("t").send();
    assertThat(detail(group.events(Event.Type.SHADOW_DIFF).get(0)))
        .contains("\"shadow_approved_qty\":\"1\"");
    group.command("SET_LIMITS", "firm", "{max_position_notional: '3'}");
    group.buy("5").limit("1").send();
    assertThat(group.events(Event.Type.SHADOW_DIFF)).hasSize(1);
  }

  @Test
  void commands_change_what_they_are_compared_with() {
    GroupUnderTest group = priced(onTrial());
    group.command("SET_LIMITS", "firm", "{max_qty: '2'}");
    group.buy("5").limit("1").send();
    assertThat(detail(group.events(Event.Type.SHADOW_DIFF).get(0)))
        .contains("\"approved_qty\":\"2\"", "\"shadow_approved_qty\":\"5\"");
  }

  @Test
  void a_breaker_cannot_be_on_trial() {
    assertThatThrownBy(
            () ->
                setup()
                    .with("shadow_limits", "[{scope: 'firm', max_drawdown: '0.1'}]")
                    .configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("shadow_limits sets max_drawdown, a breaker");
    assertThatThrownBy(
            () ->
                setup()
                    .with("shadow_limits", "[{scope: 'desk:none', max_qty: '1'}]")
                    .configuration())
        .hasMessageContaining("apply to nothing that is configured");
  }

  @Test
  void they_are_written_as_they_are_read() throws Exception {
    Configuration configuration = onTrial().configuration();
    JsonWriter json = new JsonWriter();
    configuration.write(json);
    Configuration again = Configuration.parse("again", StrictJson.trusted(json.toBytes()));
    assertThat(again.shadowLimits()).isEqualTo(configuration.shadowLimits());
    assertThat(again.limits()).isEqualTo(configuration.limits());
    assertThat(configuration.forGroup("firm").shadowLimits()).hasSize(2);
    assertThat(configuration.forGroup("other").shadowLimits()).hasSize(1);
  }
}
