package io.sluice.domain.journal;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A decision is encoded once: what goes to its topic is what stands in the journal line. */
class JournalLineTest {
  private static final String PREVIOUS = "a".repeat(64);

  private final GroupUnderTest group = setup().start();
  private final Entry entry;
  private final Effects effects;

  JournalLineTest() {
    group.trade(BTC, "100");
    effects = group.buy("1").sendAgain();
    entry = group.entries().get(group.entries().size() - 1);
  }

  private JournalLine line(List<Decision> decisions) {
    return JournalLine.of(entry, 7, effects.gateTimeUs(), decisions, PREVIOUS);
  }

  @Test
  void the_decisions_of_a_line_are_what_each_encodes_as() {
    Decision decision = effects.decisions().get(0);
    JournalLine line = line(List.of(decision, decision));

    assertThat(line.decision(0)).isEqualTo(decision.toJson());
    assertThat(line.decision(1)).isEqualTo(decision.toJson());
  }

  @Test
  void a_line_ends_with_the_hash_of_what_it_is_without_it() {
    for (List<Decision> decisions : List.of(effects.decisions(), new ArrayList<Decision>())) {
      JournalLine line = line(decisions);
      String text = new String(line.bytes(), StandardCharsets.UTF_8);
      String tail = ",\"hash\":\"" + line.hash() + "\"}";

      assertThat(text).endsWith(tail).contains("\"prev_hash\":\"" + PREVIOUS + "\"");
      String without = text.substring(0, text.length() - tail.length()) + "}";
      assertThat(line.hash()).isEqualTo(Sha256.hex(PREVIOUS + without));
    }
  }

  @Test
  void a_writer_that_is_used_again_writes_the_same_lines() {
    JsonWriter writer = JournalLine.writer();
    for (int i = 0; i < 3; i++) {
      for (List<Decision> decisions : List.of(effects.decisions(), new ArrayList<Decision>())) {
        JournalLine again =
            JournalLine.of(entry, 7, effects.gateTimeUs(), decisions, PREVIOUS, writer);

        assertThat(again.bytes()).isEqualTo(line(decisions).bytes());
      }
    }
  }
}
