package io.sluice.domain.json;

import static io.sluice.domain.json.CanonicalJsonTest.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are not one strict JSON object. */
class StrictJsonTest {
  private static void unreadable(byte[] line, String why) {
    assertThatThrownBy(() -> StrictJson.object(line))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "null",
        "{",
        "{\"a\":1}x",
        "{\"a\":1}{}",
        "{\"a\":1,\"a\":1}",
        "{\"b\":{\"a\":1,\"a\":2}}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":\"\t\"}",
        "{\"a\":1,}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"\\ud800\":1}",
        "/**/{}"
      })
  void are_unreadable(String line) {
    unreadable(utf8(line), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":{", "{\"a\":[1,", "{\"a\":\"x"})
  void a_line_that_is_cut_off_is_said_to_be_so_in_plain_words(String line) {
    assertThatThrownBy(() -> StrictJson.object(utf8(line)))
        .hasMessageContaining("Unexpected end-of-input")
        .hasMessageNotContaining("REDACTED");
  }

  @Test
  void bytes_that_are_no_utf8_are_unreadable() {
    byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0x80, '"', '}'};
    byte[] surrogate = {
      '{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'
    };
    unreadable(overlong, "UTF-8");
    unreadable(surrogate, "UTF-8");
  }

  @Test
  void a_line_has_at_most_64_kib() throws Exception {
    String most = "{\"a\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";
    assertThat(StrictJson.object(utf8(most)).size()).isEqualTo(1);
    unreadable(utf8(most + " "), "65537 bytes");
  }

  @Test
  void nesting_is_bounded() throws Exception {
    StrictJson.object(utf8("{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}"));
    unreadable(utf8("{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}"), "depth");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e999999999", "1e-999999999", "1e400", "1e-400", "123456e396", "1.5e-399"})
  void numbers_that_could_not_be_written_out_are_read_as_text(String number) throws Exception {
    var read = StrictJson.object(utf8("{\"a\":" + number + ",\"b\":[" + number + "]}"));

    assertThat(read.get("a").isTextual()).isTrue();
    assertThat(read.get("b").get(0).isTextual()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e2147483648",
        "-1e-2147483648",
        "1.5e-2147483647",
        "161e99999956000000000",
        "0e-99999999999999999999",
        "1E+18446744073709551616"
      })
  void numbers_with_exponents_beyond_any_decimal_are_read_as_what_is_written(String number)
      throws Exception {
    var read = StrictJson.object(utf8("{\"a\":" + number + ",\"b\":[1.50," + number + ",7]}"));

    assertThat(read.toString())
        .isEqualTo("{\"a\":\"" + number + "\",\"b\":[1.50,\"" + number + "\",7]}");
    unreadable(utf8("{\"a\":" + number + "}{}"), "");
    unreadable(utf8("{\"a\":" + number + ",\"a\":1}"), "");
    unreadable(utf8("{\"a\":" + number), "");
    unreadable(utf8(number), "object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e308", "-1e398", "1e-396", "4.9e-324", "0", "-0", "12345678901234567890"})
  void every_number_that_is_read_reads_back_from_its_plain_form(String number) throws Exception {
    byte[] plain =
        new JsonWriter().tree(StrictJson.object(utf8("{\"a\":" + number + "}"))).toBytes();

    assertThat(StrictJson.object(plain).get("a").decimalValue())
        .isEqualByComparingTo(new java.math.BigDecimal(number));
  }

  @Test
  void many_small_bombs_are_not_written_out_either() throws Exception {
    var read = StrictJson.object(utf8("{\"a\":[" + "1e390,".repeat(1_000) + "1]}"));

    assertThat(new JsonWriter().tree(read).toBytes().length).isLessThan(80_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".5",
        "5.",
        "05",
        "+1",
        "1e3",
        " 1",
        "1_0",
        "0x1",
        "1.0000000000000000001",
        "123456789012345678901234567890123456789",
        "--1",
        "1..2",
        "١"
      })
  void decimals_are_plain(String text) {
    assertThat(Decimals.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "0.5", "-12.50", "12345678901234567890.123456789012345678"})
  void plain_decimals_are_read(String text) {
    assertThat(Decimals.parse(text)).isEqualTo(new java.math.BigDecimal(text));
  }
}
