package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.risk.Verdict;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What earlier builds took from people and this one does not: it is refused where it is given, and
 * read where it stands.
 */
class AcceptedConfigurationTest {
  private static final String LONG_NAME = "n".repeat(200);

  private static GroupUnderTest.Setup earlier() {
    return setup()
        .with(
            "accounts",
            "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000', leverage:"
                + " '10'}, {id: 'other', profile: 'p', currency: 'EUR', kind: 'cash', cash: '1'}]")
        .with(
            "user_rules", "[{name: '" + LONG_NAME + "', when: 'intent.qty > 5.0', then: 'deny'}]");
  }

  @Test
  void stateAndJournalWithTwoCurrenciesInAGroupAndALongNameStillRead() {
    assertThatThrownBy(() -> earlier().configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("1 to 128 characters");
    GroupUnderTest group = earlier().accepted().storing().start();
    group.trade(BTC, "100");
    answer(group.buy("6").send(), Verdict.DENY, "0", "U01");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(group.state().configuration.accounts()).containsOnlyKeys("demo", "other");

    Verifier verifier = Verifier.ofTopic();
    assertThat(group.lines()).allSatisfy(line -> assertThat(verifier.check(line)).isNull());
  }

  @Test
  void aRuleByCommandWithALongNameStillReadsFromState() throws Exception {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.command("SET_USER_RULE", "firm", "{name: 'n', when: 'intent.qty > 5.0', then: 'deny'}");
    Map<String, byte[]> stored = new TreeMap<>(new StateParts().takeChanged(group.state()));
    ObjectNode rules = StrictJson.trusted(stored.get(StateParts.USER_RULES));
    ObjectNode said = (ObjectNode) rules.withArray("commands").get(0);
    said.put("name", LONG_NAME).withObject("rule").put("name", LONG_NAME);
    stored.put(StateParts.USER_RULES, new JsonWriter().tree(rules).toBytes());

    GroupState restored = StateReader.read("firm", stored, new StateParts());
    assertThat(restored.userRuleLayers.names()).containsExactly(LONG_NAME);
    assertThat(restored.userRuleLayers.inForce(group.nowUs())).hasSize(1);
  }
}
