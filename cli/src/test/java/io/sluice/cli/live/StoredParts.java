package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.group.StateParts;
import io.sluice.domain.group.StateReader;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.market.MarketParts;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What must come back of the parts that an earlier build has stored. */
final class StoredParts {
  private static final String WHAT_TO_DO =
      """
      State that an earlier build wrote is lost or read as something else. See docs/upgrades.md:
      fields are added by name and absent in older state; what stands for something else now has
      another name, or VERSION of StateParts (a group) or MarketParts (an instrument) is raised and
      both versions are read. A stored savepoint is never made anew.
      """;

  /** Parts that a state writes again as a whole; others only when they change. */
  private static final Pattern REWRITTEN =
      Pattern.compile("head|control|sums|config|(book|order|twin|twin-order):.*");

  /** Parts of an instrument that are written again only when they change. */
  private static final String KEPT =
      "watches|prices:.*|features:.*|model:.*|publications|watch:bars";

  private StoredParts() {}

  /** Every field that was stored has its value when it is stored again. */
  static GroupState readWhole(String group, Map<String, String> stored) {
    GroupState state = read(group, stored);
    Map<String, byte[]> again = new StateParts().takeChanged(read(group, stored));
    stored.forEach(
        (name, part) -> {
          String what = group + " " + name;
          if (again.get(name) != null) {
            requireContained(what, Desk.json(again.get(name)), json(part));
          } else if (name.startsWith("mark:")) {
            assertThat(state.aggregates().markPrice(name.substring("mark:".length())))
                .as("%s\n%s", what, WHAT_TO_DO)
                .isEqualByComparingTo(json(part).path("last").asText());
          } else {
            assertThat(name).as("%s\n%s", what, WHAT_TO_DO).doesNotMatch(REWRITTEN);
          }
        });
    return state;
  }

  static GroupState read(String group, Map<String, String> stored) {
    try {
      return StateReader.read(group, bytes(stored), new StateParts());
    } catch (IllegalStateException e) {
      throw new AssertionError(e.getMessage() + "\n" + WHAT_TO_DO, e);
    }
  }

  /**
   * The same of an instrument's parts, but for prices and paper orders, which are not rewritten.
   */
  static void requireWhole(String instrument, FrontTerms terms, Map<String, byte[]> stored) {
    Map<String, byte[]> again;
    try {
      again = MarketParts.takeChanged(MarketParts.read(instrument, terms, stored));
    } catch (IllegalStateException e) {
      throw new AssertionError(e.getMessage() + "\n" + WHAT_TO_DO, e);
    }
    stored.forEach(
        (name, part) -> {
          byte[] now = again.get(name);
          String what = instrument + " " + name;
          if (now != null && part[0] == '{') {
            requireContained(what, Desk.json(now), Desk.json(part));
          } else if (now != null) {
            assertThat(now).as("%s\n%s", what, WHAT_TO_DO).isEqualTo(part);
          } else {
            assertThat(name).as("%s\n%s", what, WHAT_TO_DO).matches(KEPT);
          }
        });
  }

  private static Map<String, byte[]> bytes(Map<String, String> parts) {
    Map<String, byte[]> bytes = new TreeMap<>();
    parts.forEach((name, part) -> bytes.put(name, part.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  static JsonNode json(String text) {
    return Desk.json(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void requireContained(String path, JsonNode now, JsonNode stored) {
    if (stored instanceof ObjectNode object) {
      for (var field : object.properties()) {
        assertThat(now.has(field.getKey()))
            .as("%s.%s\n%s", path, field.getKey(), WHAT_TO_DO)
            .isTrue();
        requireContained(path + "." + field.getKey(), now.get(field.getKey()), field.getValue());
      }
    } else if (stored.isArray()) {
      assertThat(now.size()).as("%s\n%s", path, WHAT_TO_DO).isEqualTo(stored.size());
      for (int i = 0; i < stored.size(); i++) {
        requireContained(path + "[" + i + "]", now.get(i), stored.get(i));
      }
    } else {
      assertThat(now).as("%s\n%s", path, WHAT_TO_DO).isEqualTo(stored);
    }
  }

  /** The same entries folded without Flink, on from what was stored, come to the same. */
  static void requireAsOneThatNeverStopped(
      Map<String, Map<String, String>> after,
      Map<String, GroupState> before,
      KafkaSettings kafka,
      Desk desk) {
    Map<String, String> heads = new TreeMap<>();
    after.forEach(
        (group, parts) -> heads.put(group, group + "/" + json(parts.get("head")).path("seq")));
    SecondGate second = SecondGate.goOn(kafka, before, Set.copyOf(heads.values()));
    for (byte[] line : desk.all(Topic.RISK_JOURNAL)) {
      assertThat(new String(line, StandardCharsets.UTF_8))
          .isEqualTo(second.lines().get(JournalHead.of(line).identity()));
    }
    assertThat(second.lines()).isNotEmpty();
    after.forEach(
        (group, parts) ->
            parts.forEach(
                (name, part) -> {
                  if (REWRITTEN.matcher(name).matches()) {
                    String expected = second.parts().get(heads.get(group)).get(name);
                    assertThat(expected).as("%s, part %s", group, name).isNotNull();
                    requireContained(group + " " + name, json(expected), json(part));
                  }
                }));
  }
}
