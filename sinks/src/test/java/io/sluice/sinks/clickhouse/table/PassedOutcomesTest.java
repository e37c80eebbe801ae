package io.sluice.sinks.clickhouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.Outcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

class PassedOutcomesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigDecimal ASKED = new BigDecimal("0.5");

  /**
   * What is left and what is left out are all there was, and nothing that says more is left out.
   */
  @Property
  void nothingIsLost(@ForAll("outcomes") List<Outcome> outcomes) throws Exception {
    byte[] line = line(outcomes);
    PassedOutcomes passed = PassedOutcomes.leftOutOf(line);
    ObjectNode whole = (ObjectNode) JSON.readTree(line);
    ObjectNode rest = (ObjectNode) JSON.readTree(passed.rest());
    List<JsonNode> left = new ArrayList<>();
    rest.get("outcomes").forEach(left::add);
    List<String> codes = new ArrayList<>(passed.codes());
    for (JsonNode outcome : whole.get("outcomes")) {
      boolean saysNoMore =
          outcome.get("outcome").textValue().equals("PASS")
              && outcome.get("observed").isNull()
              && outcome.get("limit").isNull()
              && outcome.get("permitted").equals(whole.get("requested_qty"))
              && outcome.get("rule").textValue().matches("\\w+");
      if (saysNoMore) {
        assertThat(codes.remove(0)).isEqualTo(outcome.get("rule").textValue());
      } else {
        assertThat(left.remove(0)).isEqualTo(outcome);
      }
    }
    assertThat(codes).isEmpty();
    assertThat(left).isEmpty();
    whole.remove("outcomes");
    rest.remove("outcomes");
    assertThat(rest).isEqualTo(whole);
  }

  @Provide
  Arbitrary<List<Outcome>> outcomes() {
    Arbitrary<BigDecimal> amount = Arbitraries.of(ASKED, BigDecimal.ONE, new BigDecimal("0.50001"));
    return Combinators.combine(
            Arbitraries.of("R01", "U-a\"}],\\", "P03"),
            Arbitraries.frequency(
                Tuple.of(4, Outcome.Result.PASS), Tuple.of(1, Outcome.Result.REFUSED)),
            amount.injectNull(0.7),
            amount.injectNull(0.7),
            Arbitraries.frequency(Tuple.of(3, ASKED), Tuple.of(1, BigDecimal.ZERO)))
        .as(
            (rule, result, observed, limit, permitted) ->
                new Outcome(
                    rule,
                    result,
                    observed,
                    limit,
                    permitted,
                    result == Outcome.Result.PASS ? null : "it's {\"too\"} much, \\ }],",
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
  void whatHasNoQuantityPermitsNone() {
    String line =
        "{\"requested_qty\":null,\"outcomes\":[{\"rule\":\"R01\",\"outcome\":\"PASS\",\"observed\":null,"
            + "\"limit\":null,\"headroom\":null,\"permitted\":null,\"why\":null}]}";
    PassedOutcomes passed = PassedOutcomes.leftOutOf(line.getBytes(StandardCharsets.UTF_8));
    assertThat(passed.codes()).containsExactly("R01");
    assertThat(new String(passed.rest(), StandardCharsets.UTF_8))
        .isEqualTo("{\"requested_qty\":null,\"outcomes\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "nothing like it",
        "{\"requested_qty\":\"1\"}",
        "{\"requested_qty\":\"1\",\"outcomes\":[",
        "{\"requested_qty\":\"1\",\"outcomes\":[{\"rule\":\"R0",
        "{\"requested_qty\":\"1\",\"outcomes\":[{\"rule\":\"R0\\",
        "{\"outcomes\":[],\"requested_qty\":\"1\"}",
        "{\"requested_qty\": \"1\", \"outcomes\": [{\"rule\": \"R01\"}]}"
      })
  void whatIsWrittenOtherwiseIsLeftAsItIs(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    PassedOutcomes passed = PassedOutcomes.leftOutOf(bytes);
    assertThat(passed.codes()).isEmpty();
    assertThat(passed.rest()).isEqualTo(bytes);
  }
}
