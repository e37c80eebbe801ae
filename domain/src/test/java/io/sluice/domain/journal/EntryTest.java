package io.sluice.domain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reads as an entry can be folded; anything else must not get as far as the fold. */
class EntryTest {
  private static final BigDecimal PRICE = new BigDecimal("100");
  private static final Snapshot MARKET =
      new Snapshot(
          PRICE,
          1L,
          2L,
          PRICE,
          PRICE,
          3L,
          4L,
          0.5,
          List.of(new CrashRule(10_000, new BigDecimal("0.02"))),
          false,
          false,
          5);

  @Test
  void anEntryReadsBack() throws Exception {
    Entry entry = intent();
    assertThat(Entry.read(StrictJson.trusted(entry.toJson()))).isEqualTo(entry);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snapshot|null",
        "snapshot|5",
        "input|{\"type\":\"trade\",\"instrument\":\"T:A\",\"price\":\"1\",\"qty\":\"1\",\"event_time_us\":1}",
        "input|{\"type\":\"quote\",\"instrument\":\"T:A\",\"bid\":\"1\",\"event_time_us\":1}",
        "input|{\"type\":\"nothing\"}",
        "input|null",
        "cause|null",
        "cause|{\"source\":\"s\",\"partition\":0,\"offset\":-1,\"sub\":0}",
        "group|null",
        "clock_us|null"
      })
  void aFieldIsOfAnotherKind(String field, String value) throws Exception {
    ObjectNode node = StrictJson.trusted(intent().toJson());
    node.set(field, value(value));
    assertThatThrownBy(() -> Entry.read(node)).isInstanceOf(UnreadableException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "last_event_time_us,null",
    "quote_event_time_us,null",
    "front_time_us,null",
    "crashes,[1]",
    "crashes,null"
  })
  void aSnapshotLacksWhatIsComputedWith(String field, String value) throws Exception {
    ObjectNode node = StrictJson.trusted(intent().toJson());
    ((ObjectNode) node.get("snapshot")).set(field, value(value));
    assertThatThrownBy(() -> Entry.read(node))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(field);
  }

  private static com.fasterxml.jackson.databind.JsonNode value(String json)
      throws UnreadableException {
    return StrictJson.trusted(("{\"v\":" + json + "}").getBytes(StandardCharsets.UTF_8)).get("v");
  }

  private static Entry intent() throws UnreadableException {
    Message intent =
        WireReader.read(
            ("{\"type\":\"intent\",\"intent_id\":\"i\",\"action\":\"CANCEL\",\"target_intent_id\":\"j\","
                    + "\"account\":\"a\",\"strategy\":\"s\",\"instrument\":\"T:A\",\"event_time_us\":1}")
                .getBytes(StandardCharsets.UTF_8));
    return new Entry("g", new Cause("s", 0, 7, 0), 9, intent, MARKET);
  }
}
