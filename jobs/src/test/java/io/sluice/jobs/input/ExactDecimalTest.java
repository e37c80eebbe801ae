package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactDecimalTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.00, 0",
    "7, 7",
    "-7.50, -7.5",
    "100, 100",
    "100.000000000000, 100",
    "800.010000000000, 800.01",
    "999999999999999999, 999999999999999999",
    "9999999999999999999, 9999999999999999999",
    "99999999999999999999.000000000000000001, 99999999999999999999.000000000000000001",
    "0.000000000000000001, 0.000000000000000001",
    "0.1000000000000000000000000000000000000000, 0.1",
    "1e-05, 0.00001",
    "1.50E+3, 1500",
    "1E2, 100",
    "0e9, 0"
  })
  void readsExactly(String text, String value) {
    assertThat(parse(text)).isEqualTo(new BigDecimal(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1.",
        ".5",
        "+1",
        "01",
        "00.5",
        "1.2.3",
        "1,2",
        " 1",
        "1 ",
        "0x1",
        "NaN",
        "Infinity",
        "1e",
        "1e1000",
        "1e38",
        "1e-19",
        "0.0000000000000000001",
        "--1",
        "1-",
        "\u0661",
        "100000000000000000000000000000000000000",
        "1000000000000000000000.000000000000000001"
      })
  void whatIsNoDecimalOrTooManyDigitsIsNull(String text) {
    assertThat(parse(text)).isNull();
  }

  @Property(tries = 500)
  void equalsTheLibraryWithoutTrailingZeros(
      @ForAll @BigRange(min = "-9999999999999", max = "9999999999999") @Scale(12) BigDecimal value,
      @ForAll @IntRange(max = 8) int zeros) {
    String plain = value.toPlainString();
    String text = plain.contains(".") ? plain + "0".repeat(zeros) : plain;

    BigDecimal expected = value.stripTrailingZeros();
    assertThat(parse(text)).isEqualTo(expected.setScale(Math.max(expected.scale(), 0)));
  }

  private static BigDecimal parse(String text) {
    byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
    return ExactDecimal.parse(bytes, 1, bytes.length - 1);
  }
}
