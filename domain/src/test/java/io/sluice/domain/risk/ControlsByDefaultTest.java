package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.rule.FedBy;
import io.sluice.domain.risk.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/controls.md says of each control where nobody configures it is what it does then. */
class ControlsByDefaultTest {
  private static Map<String, String> documented() throws IOException {
    Map<String, String> byDefault = new TreeMap<>();
    Matcher rows =
        Pattern.compile(
                "(?m)^\\| ([A-Z][0-9]{2}) \\| [^|]+ \\| [^|]+ \\| (\\w+)[^|]* \\| \\w+ \\|$")
            .matcher(Files.readString(Path.of("../docs/controls.md")));
    while (rows.find()) {
      byDefault.put(rows.group(1), rows.group(2));
    }
    // The operator's exit is a command and no rule.
    byDefault.remove("K03");
    return byDefault;
  }

  private static Map<String, Result> results(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    Decision decision = group.buy("1").send();
    return decision.ruling().outcomes().stream()
        .collect(Collectors.toMap(Outcome::rule, Outcome::result, (a, b) -> a, TreeMap::new));
  }

  @Test
  void what_is_on_looks_at_orders_and_what_is_off_or_required_is_not_fed() throws IOException {
    GroupUnderTest.Setup nothing = setup();
    LimitKey.required().forEach(key -> nothing.unset(key.key()));
    Map<String, Result> results = results(nothing);
    Map<String, String> documented = documented();
    assertThat(documented.keySet())
        .isEqualTo(
            RuleSet.rules().stream()
                .map(Rule::code)
                .collect(Collectors.toCollection(TreeSet::new)));
    documented.forEach(
        (code, word) -> {
          Result expected =
              switch (code) {
                // No limit is set, so that the rule on unset limits refuses.
                case "R02" -> Result.REFUSED;
                // On as soon as there is what they look at: a venue's status, a model.
                case "R31", "R39" -> Result.NOT_FED;
                // Off, and nothing to be fed: what people lift, and a profile's bounds.
                case "K04", "P05" -> Result.PASS;
                default -> word.equals("on") ? Result.PASS : Result.NOT_FED;
              };
          assertThat(results.get(code)).as(code + " is " + word).isEqualTo(expected);
        });
  }

  @Test
  void what_is_required_is_what_a_required_limit_feeds() throws IOException {
    TreeSet<String> fed =
        Arrays.stream(LimitKey.values())
            .filter(LimitKey::isRequired)
            .flatMap(key -> FedBy.with(key).stream())
            .map(FedBy::rule)
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> required = new TreeSet<>();
    documented()
        .forEach(
            (code, word) -> {
              if (word.equals("required")) {
                required.add(code);
              }
            });
    assertThat(required).isEqualTo(fed);
  }
}
