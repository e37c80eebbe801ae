package io.sluice.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes that hashes are made of. */
class CanonicalJsonTest {
  @ParameterizedTest
  @CsvSource({
    "0.50, 0.5",
    "1E+3, 1000",
    "0.00, 0",
    "-0, 0",
    "100, 100",
    "1e-18, 0.000000000000000001",
    "-7.10, -7.1"
  })
  void decimals_are_plain_without_trailing_zeros(BigDecimal value, String plain) {
    assertThat(new JsonWriter().value(value).toString()).isEqualTo('"' + plain + '"');
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "1e-13, 0",
    "-0.0, 0",
    "1e21, 1000000000000000000000",
    "0.000244140625, 0.000244140625",
    "0.00000095367431640625, 0.000000953674",
    "NaN, null",
    "Infinity, null"
  })
  void doubles_have_twelve_decimals_half_even(double value, String plain) {
    assertThat(new JsonWriter().value((Double) value).toString()).isEqualTo(plain);
  }

  @Test
  void ties_go_to_the_even_neighbour() {
    // 2^-13 times odd numbers have exactly 13 decimals and end in 5.
    double tie = 1 / 8192.0;
    assertThat(new BigDecimal(tie).toPlainString()).isEqualTo("0.0001220703125");
    assertThat(new JsonWriter().value((Double) tie).toString()).isEqualTo("0.000122070312");
    assertThat(new JsonWriter().value((Double) (3 * tie)).toString()).isEqualTo("0.000366210938");
  }

  @Test
  void strings_have_the_mandatory_escapes_only() {
    assertThat(new JsonWriter().value("a\"\\/\b\f\n\r\t\u0001é€😀\u007f").toString())
        .isEqualTo("\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001é€😀\u007f\"");
    assertThatThrownBy(() -> new JsonWriter().value("\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nulls_are_written_and_trees_have_sorted_keys() throws Exception {
    assertThat(
            new JsonWriter()
                .tree(StrictJson.object(utf8("{\"b\":1.50,\"a\":[null,true,\"x\"],\"A\":{}}")))
                .toString())
        .isEqualTo("{\"A\":{},\"a\":[null,true,\"x\"],\"b\":1.5}");
    assertThat(new JsonWriter().beginObject().name("a").nullValue().endObject().toString())
        .isEqualTo("{\"a\":null}");
  }

  @Property(tries = 300)
  void strings_read_back(@ForAll String text) throws Exception {
    boolean hasForm;
    try {
      StrictJson.checkSurrogates(text);
      hasForm = true;
    } catch (UnreadableException e) {
      hasForm = false;
    }
    if (hasForm) {
      byte[] json = new JsonWriter().beginObject().name("k").value(text).endObject().toBytes();
      assertThat(StrictJson.object(json).get("k").textValue()).isEqualTo(text);
    }
  }

  @Property(tries = 300)
  void doubles_read_back_as_themselves_once_they_are_canonical(@ForAll double value) {
    double canonical = Decimals.canonical(value);
    assertThat(Decimals.canonical(canonical)).isEqualTo(canonical);
    assertThat(Double.parseDouble(new JsonWriter().value((Double) canonical).toString()))
        .isEqualTo(canonical);
  }

  static byte[] utf8(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
