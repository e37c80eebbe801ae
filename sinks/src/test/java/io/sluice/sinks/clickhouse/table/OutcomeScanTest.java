package io.sluice.sinks.clickhouse.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Outcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeScanTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigDecimal ASKED = new BigDecimal("0.5");

  /** Every outcome is in its columns, or only a code where that says all of it. */
  @Property
  void nothingIsLost(@ForAll("outcomes") List<Outcome> outcomes) throws Exception {
    byte[] line = line(outcomes);
    OutcomeScan scan = OutcomeScan.of(line);
    ObjectNode whole = (ObjectNode) JSON.readTree(line);
    ObjectNode rest = (ObjectNode) JSON.readTree(scan.rest());
    Outcomes expected = Outcomes.empty();
    for (JsonNode outcome : whole.get("outcomes")) {
      boolean saysNoMore =
          outcome.get("outcome").textValue().equals("PASS")
              && outcome.get("observed").isNull()
              && outcome.get("limit").isNull()
              && outcome.get("permitted").equals(whole.get("requested_qty"))
              && outcome.get("rule").textValue().matches("\\w+");
      if (saysNoMore) {
        expected.passed().add(outcome.get("rule").textValue());
      } else {
        expected.add(
            outcome.get("rule").textValue(),
            outcome.get("outcome").textValue(),
            amount(outcome.get("observed")),
            amount(outcome.get("limit")),
            amount(outcome.get("headroom")),
            amount(outcome.get("permitted")),
            outcome.get("why").textValue());
      }
    }
    assertThat(scan.outcomes()).isEqualTo(expected);
    assertThat(rest.remove("outcomes")).isEmpty();
    whole.remove("outcomes");
    assertThat(rest).isEqualTo(whole);
  }

  private static BigDecimal amount(JsonNode text) {
    return text.isNull() ? null : new BigDecimal(text.textValue());
  }

  @Provide
  Arbitrary<List<Outcome>> outcomes() {
    Arbitrary<BigDecimal> amount =
        Arbitraries.of("0.5", "1", "0.50001", "-7", "-0.000000000000000001", "0")
            .map(BigDecimal::new);
    Arbitrary<BigDecimal> precise =
        Arbitraries.bigDecimals()
            .ofScale(18)
            .between(new BigDecimal("-1e20"), new BigDecimal("1e20"));
    Arbitrary<BigDecimal> seen = Arbitraries.frequencyOf(Tuple.of(3, amount), Tuple.of(1, precise));
    Arbitrary<String> why =
        Arbitraries.of("plain", "it's {\"too\"} much, \\ }],", "caf\u00e9 \ud83d\ude00");
    return Combinators.combine(
            Arbitraries.of("R01", "U-a\"}],\\", "P03"),
            Arbitraries.frequency(
                Tuple.of(4, Outcome.Result.PASS), Tuple.of(1, Outcome.Result.REFUSED)),
            seen.injectNull(0.7),
            seen.injectNull(0.7),
            Arbitraries.frequency(Tuple.of(3, ASKED), Tuple.of(1, BigDecimal.ZERO)),
            why)
        .as(
            (rule, result, observed, limit, permitted, said) ->
                new Outcome(
                    rule,
                    result,
                    observed,
                    limit,
                    permitted,
                    result == Outcome.Result.PASS ? null : said,
                    null))
        .list()
        .ofMaxSize(6);
  }

  private static byte[] line(List<Outcome> outcomes) {
    JsonWriter json = new JsonWriter(1_024);
    json.beginObject().name("requested_qty").value(ASKED).name("reasons").beginArray().endArray();
    json.name("outcomes").beginArray();
    outcomes.forEach(outcome -> outcome.write(json));
    json.endArray().name("overridden").beginArray().endArray().name("seq").value(1).endObject();
    return json.toBytes();
  }

  @Test
  void whatHasNoQuantityPermitsNone() throws Exception {
    OutcomeScan scan = scan("null", outcome("null", "null"));
    assertThat(scan.outcomes().passed()).containsExactly("R01");
    assertThat(scan.outcomes().rules()).isEmpty();
    assertThat(new String(scan.rest(), StandardCharsets.UTF_8))
        .isEqualTo("{\"requested_qty\":null,\"outcomes\":[]}");
  }

  /** As JSON: what is another number, text or order of keys is what it is there. */
  @Test
  void anOutcomeThatIsWrittenOtherwiseIsReadAsWell() throws Exception {
    String[] otherwise = {
      outcome("\"1E+2\"", "null"),
      outcome("\"+1\"", "null"),
      outcome("\".5\"", "null"),
      outcome(" null", "null"),
      outcome("null", "\"a\\u0062\""),
      "{\"why\":null,\"rule\":\"R01\",\"outcome\":\"PASS\",\"more\":{\"a\":[\"}\"]}}"
    };
    Outcomes read = scan("\"1\"", otherwise).outcomes();
    assertThat(read.rules()).hasSize(otherwise.length).containsOnly("R01");
    assertThat(read.observed())
        .containsExactly(
            new BigDecimal("1E+2"), BigDecimal.ONE, new BigDecimal("0.5"), null, null, null);
    assertThat(read.whys()).containsExactly(null, null, null, null, "ab", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\"", "\"-\"", "\"1.2.3\"", "\"x\"", "1", "\"1", "nul", "true", "\"1\"2"})
  void whatIsNoAmountIsUnreadable(String amount) {
    assertThatThrownBy(() -> scan("\"1\"", outcome(amount, "null")))
        .isInstanceOf(UnreadableException.class);
  }

  @Test
  void whatIsNoResultIsUnreadable() {
    assertThatThrownBy(() -> scan("\"1\"", outcome("null", "null").replace("PASS", "PASSED")))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("outcome is \"PASSED\"");
  }

  private static String outcome(String observed, String why) {
    return "{\"rule\":\"R01\",\"outcome\":\"PASS\",\"observed\":"
        + observed
        + ",\"limit\":null,\"headroom\":null,\"permitted\":null,\"why\":"
        + why
        + "}";
  }

  private static OutcomeScan scan(String requested, String... outcomes) throws Exception {
    String line =
        "{\"requested_qty\":" + requested + ",\"outcomes\":[" + String.join(",", outcomes) + "]}";
    return OutcomeScan.of(line.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "nothing like it",
        "{\"requested_qty\":\"1\"}",
        "{\"requested_qty\":\"1\",\"outcomes\":[",
        "{\"requested_qty\":\"1\",\"outcomes\":[7]}",
        "{\"requested_qty\":\"1\",\"outcomes\":[{\"rule\":\"R01\",\"outcome\":\"PASS\"}",
        "{\"requested_qty\":\"1\",\"outcomes\":[{\"rule\":\"R01\",\"outcome\":\"PASS\"} ]}",
        "{\"outcomes\":[],\"requested_qty\":\"1\"}",
        "{\"requested_qty\": \"1\", \"outcomes\": [{\"rule\": \"R01\"}]}"
      })
  void aLineThatIsWrittenOtherwiseIsLeftToOthers(String line) throws Exception {
    assertThat(OutcomeScan.of(line.getBytes(StandardCharsets.UTF_8))).isNull();
  }

  /** Cut anywhere, it is not taken for a decision. */
  @Test
  void aLineThatIsCutIsUnreadable() {
    byte[] line =
        ("{\"requested_qty\":\"1\",\"outcomes\":["
                + outcome("\"1.5\"", "\"a\"")
                + ","
                + outcome("null", "null")
                + "],\"seq\":1}")
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < line.length; length++) {
      byte[] cut = Arrays.copyOf(line, length);
      assertThatThrownBy(() -> Recorded.decision(cut, 0)).isInstanceOf(UnreadableException.class);
    }
  }
}
