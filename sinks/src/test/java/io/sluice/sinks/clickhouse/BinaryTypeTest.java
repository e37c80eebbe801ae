package io.sluice.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sinks.clickhouse.table.Table;
import io.sluice.sinks.clickhouse.table.Tables;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** That ClickHouse reads the same back, {@code RoundTripTest} shows. */
class BinaryTypeTest {
  private static byte[] written(String type, Object value) throws IOException {
    BinaryOutput out = new BinaryOutput();
    BinaryType.of(type).write(value, out);
    return out.content().readAllBytes();
  }

  /** The lowest byte first, as two's complement. */
  @Property
  void aDecimalIsItsUnscaledValueIn128Bits(
      @ForAll @BigRange(min = "-99999999999999999999", max = "99999999999999999999") @Scale(18)
          BigDecimal value,
      @ForAll @IntRange(max = 18) int dropped)
      throws IOException {
    BigDecimal given = value.setScale(18 - dropped, java.math.RoundingMode.DOWN);
    byte[] bytes = written("Decimal(38, 18)", given);
    assertThat(bytes).hasSize(16);
    for (int i = 0; i < 8; i++) {
      byte low = bytes[i];
      bytes[i] = bytes[15 - i];
      bytes[15 - i] = low;
    }
    assertThat(new BigInteger(bytes)).isEqualTo(given.setScale(18).unscaledValue());
  }

  @Test
  void whatHasNoPlaceInADecimalIsRefused() throws IOException {
    assertThat(written("Decimal(38, 18)", new BigDecimal("1E+19"))).hasSize(16);
    for (String wrong : List.of("0.0000000000000000001", "1E+21")) {
      assertThatThrownBy(() -> written("Decimal(38, 18)", new BigDecimal(wrong)))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void everyTypeIsWrittenAsClickHouseReadsIt() throws IOException {
    assertThat(written("LowCardinality(String)", "caf\u00e9"))
        .containsExactly(5, 'c', 'a', 'f', 0xC3, 0xA9);
    assertThat(written("String", new byte[] {0, -1})).containsExactly(2, 0, 0xFF);
    assertThat(written("String", "x".repeat(300))).hasSize(302).startsWith(0xAC, 2, 'x');
    assertThat(written("FixedString(2)", "ab")).containsExactly('a', 'b');
    assertThat(written("Enum8('NONE' = 0, 'BUY' = 1, 'LESS' = -1)", "LESS")).containsExactly(0xFF);
    assertThat(written("Bool", true)).containsExactly(1);
    assertThat(written("UInt16", 258)).containsExactly(2, 1);
    assertThat(written("Int32", -2)).containsExactly(0xFE, 0xFF, 0xFF, 0xFF);
    assertThat(written("Int64", 258L)).containsExactly(2, 1, 0, 0, 0, 0, 0, 0);
    assertThat(written("Float64", 1.0)).containsExactly(0, 0, 0, 0, 0, 0, 0xF0, 0x3F);
    Instant time = Instant.ofEpochSecond(2, 3_004_999);
    assertThat(written("DateTime('UTC')", time)).containsExactly(2, 0, 0, 0);
    assertThat(written("DateTime64(3, 'UTC')", time)).containsExactly(0xD3, 7, 0, 0, 0, 0, 0, 0);
    assertThat(written("DateTime64(6, 'UTC')", time))
        .containsExactly(0x3C, 0x90, 0x1E, 0, 0, 0, 0, 0);
    assertThat(written("Nullable(Bool)", null)).containsExactly(1);
    assertThat(written("Nullable(Bool)", false)).containsExactly(0, 0);
    assertThat(written("Array(Nullable(Bool))", new Boolean[] {true, null}))
        .containsExactly(2, 0, 1, 1);
    assertThat(written("Map(LowCardinality(String), Bool)", new TreeMap<>(Map.of("a", true))))
        .containsExactly(1, 1, 'a', 1);
  }

  @Test
  void whatIsNotOfTheTypeIsRefused() {
    assertThatThrownBy(() -> written("Int64", "1")).isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> written("String", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> written("FixedString(2)", "abc")).hasMessage("3 bytes, expected 2");
    assertThatThrownBy(() -> written("Enum8('A' = 1)", "B")).hasMessage("B, expected one of [A]");
    assertThatThrownBy(() -> BinaryType.of("Int256")).hasMessageContaining("Int256");
  }

  @Test
  void everyColumnOfTheArchiveHasOne() {
    List<Migration> migrations = Migration.all();
    Schema schema = migrations.get(migrations.size() - 1).schema();
    for (Table<?> table : Tables.all()) {
      for (String column : table.columns()) {
        assertThat(BinaryType.of(schema.typeOf(table.name(), column))).isNotNull();
      }
    }
  }

  @Test
  void aRowThatIsLongerThanTheMemoryMakesRoom() throws IOException {
    BinaryOutput out = new BinaryOutput();
    out.putByte(7);
    out.putBytes(new byte[200_000]);
    out.putLong(-1);
    assertThat(out.size()).isEqualTo(200_009);
    assertThat(out.content().readAllBytes()).startsWith(7, 0).endsWith(0xFF, 0xFF);
    out.cutTo(1);
    assertThat(out.content().readAllBytes()).containsExactly(7);
  }
}
