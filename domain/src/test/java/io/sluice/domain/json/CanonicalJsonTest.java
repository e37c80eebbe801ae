package io.sluice.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
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

  @Property
  void decimals_of_any_length_are_what_their_plain_text_is(
      @ForAll BigInteger unscaled, @ForAll @IntRange(min = 0, max = 40) int scale) {
    BigDecimal value = new BigDecimal(unscaled, scale);

    String json = new JsonWriter().value(value).toString();

    assertThat(json).isEqualTo('"' + Decimals.plain(value) + '"');
    assertThat(new BigDecimal(json.substring(1, json.length() - 1))).isEqualByComparingTo(value);
  }

  @Property
  void what_a_writer_remembers_of_a_text_is_that_texts(
      @ForAll List<@AlphaChars @StringLength(max = 2) String> texts) {
    JsonWriter reused = JsonWriter.reusable(4);
    for (int round = 0; round < 2; round++) {
      for (String text : texts) {
        // Equal ones too, which are other objects, and more than are remembered.
        for (String each : new String[] {text, new String(text), "\"" + text.hashCode()}) {
          String again = reused.clear().beginArray().constant(each).endArray().toString();

          assertThat(again)
              .isEqualTo(new JsonWriter().beginArray().value(each).endArray().toString());
        }
      }
    }
  }

  @Property
  void whole_numbers_are_what_their_text_is(@ForAll long number) {
    assertThat(new JsonWriter().value(number).toString()).isEqualTo(String.valueOf(number));
  }

  @Test
  void powers_of_ten_and_their_neighbours_have_the_digits_they_have() {
    for (long power = 1; power < Long.MAX_VALUE / 10; power *= 10) {
      for (long number : new long[] {power - 1, power, power + 1, -power}) {
        assertThat(new JsonWriter().value(number).toString()).isEqualTo(String.valueOf(number));
      }
    }
  }

  @Property
  void whether_a_number_is_a_multiple_is_what_its_remainder_says(
      @ForAll @LongRange(min = 1, max = 1_000) long step,
      @ForAll @LongRange(min = 1, max = 1_000_000) long value,
      @ForAll @IntRange(min = 0, max = 12) int stepScale,
      @ForAll @IntRange(min = 0, max = 12) int valueScale) {
    BigDecimal a = BigDecimal.valueOf(value, valueScale);
    BigDecimal b = BigDecimal.valueOf(step, stepScale);

    assertThat(Decimals.isMultiple(a, b)).isEqualTo(a.remainder(b).signum() == 0);
    assertThat(Decimals.isMultiple(a.multiply(b), b))
        .isEqualTo(valueScale == 0 || a.remainder(BigDecimal.ONE).signum() == 0);
  }

  @Test
  void what_was_encoded_once_is_written_as_it_is_and_an_object_can_go_on() {
    byte[] part = JsonWriter.encoded(",\"b\":");
    JsonWriter json = new JsonWriter().beginArray().value(1);

    json.beginObject().name("a").value(2).part(part).value("c").endObject();
    json.reopenObject().name("d").nullValue().endObject().value(3).endArray();

    assertThat(json.toString()).isEqualTo("[1,{\"a\":2,\"b\":\"c\",\"d\":null},3]");
    assertThatThrownBy(json::reopenObject).isInstanceOf(IllegalStateException.class);
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
