package io.sluice.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SortKeyTest {

  @Property
  void sortsAsItsFieldsDo(
      @ForAll("texts") String text1,
      @ForAll("numbers") long number1,
      @ForAll("texts") String text2,
      @ForAll("numbers") long number2) {
    int expected = Integer.signum(compareUtf8(text1, text2));
    if (expected == 0) {
      expected = Long.compare(number1, number2);
    }

    byte[] key1 = new SortKey().text(text1).number(number1).bytes();
    byte[] key2 = new SortKey().text(text2).number(number2).bytes();

    assertThat(Integer.signum(Arrays.compareUnsigned(key1, key2))).isEqualTo(expected);
  }

  @Property
  void sortsByTheFirstTextWhateverFollowsIt(
      @ForAll("texts") String text1,
      @ForAll("texts") String text2,
      @ForAll("texts") String next1,
      @ForAll("texts") String next2) {
    int expected = Integer.signum(compareUtf8(text1, text2));
    if (expected == 0) {
      expected = Integer.signum(compareUtf8(next1, next2));
    }

    byte[] key1 = new SortKey().text(text1).text(next1).bytes();
    byte[] key2 = new SortKey().text(text2).text(next2).bytes();

    assertThat(Integer.signum(Arrays.compareUnsigned(key1, key2))).isEqualTo(expected);
  }

  @Property
  void noKeyIsAPrefixOfAnother(@ForAll("texts") String text1, @ForAll("texts") String text2) {
    byte[] key1 = new SortKey().text(text1).bytes();
    byte[] key2 = new SortKey().text(text2).bytes();

    int length = Math.min(key1.length, key2.length);
    assertThat(Arrays.equals(key1, 0, length, key2, 0, length)).isEqualTo(text1.equals(text2));
  }

  @Test
  void sortsTextByCodePointBeyondTheBasicPlane() {
    String highest16Bits = "\uFFFD";
    String emoji = "\uD83D\uDE00";
    assertThat(emoji).isLessThan(highest16Bits);

    assertThat(
            Arrays.compareUnsigned(
                new SortKey().text(highest16Bits).bytes(), new SortKey().text(emoji).bytes()))
        .isNegative();
  }

  @Test
  void refusesTextThatUtf8CannotHold() {
    assertThatThrownBy(() -> new SortKey().text("a\uD800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unpaired surrogate");
  }

  @Property
  void isDescribedByItsFields(@ForAll("texts") String text, @ForAll("numbers") long number) {
    byte[] key = new SortKey().text(text).number(number).text("").bytes();

    assertThat(SortKey.describe(key)).isEqualTo("(\"" + text + "\", " + number + ", \"\")");
  }

  @Test
  void describesBytesThatAreNoKeyInHex() {
    assertThat(SortKey.describe(new byte[] {9, (byte) 0xAB})).isEqualTo("09ab");
    assertThat(SortKey.describe(new byte[] {2, 'a'})).isEqualTo("0261");
  }

  /** Few characters, so that equal beginnings are common. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("\0", "\u0001", "a", "b", "\u00FF", "\uFFFD", "\uD83D\uDE00")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Long> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.of(Long.MIN_VALUE, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE),
        Arbitraries.longs());
  }

  private static int compareUtf8(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
