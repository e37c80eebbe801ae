package io.sluice.sinks.clickhouse.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.json.UnreadableException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
  private static final long LAST_US = 10_413_791_999_999_999L;

  @Test
  void insertsEveryColumnByName() {
    Table<String> table =
        Table.<String>named("t").text("a", text -> text).texts("n.b", text -> List.of(text));
    assertThat(table.insert()).isEqualTo("INSERT INTO t (a, n.b) VALUES (?, ?)");
    assertThat(table.type().getArity()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    "99999999999999999999.999999999999999999, 99999999999999999999.999999999999999999",
    "100000000000000000000, ",
    "-100000000000000000000, ",
    "1E+19, 1E+19",
    "1E+20, ",
    "1E+2147483647, ",
    "0.0000000000000000019, 0.000000000000000001",
    "-0.0000000000000000019, -0.000000000000000001"
  })
  void anAmountFitsOrIsNull(BigDecimal amount, BigDecimal stored) throws Exception {
    Table<BigDecimal> table = Table.<BigDecimal>named("t").amount("a", value -> value);
    assertThat(table.row(amount).getField(0)).isEqualTo(stored);
  }

  @Property
  void timesAreToTheMicrosecond(@ForAll @LongRange(min = 0, max = LAST_US) long us)
      throws Exception {
    Table<Long> table = Table.<Long>named("t").time("a", at -> at).optionalTime("b", at -> at);
    Instant time = Instant.EPOCH.plus(us, ChronoUnit.MICROS);
    assertThat(table.row(us)).isEqualTo(Row.of(time, time));
  }

  @Test
  void aTimeThatClickHouseDoesNotHaveIsNone() throws Exception {
    Table<Long> table = Table.<Long>named("t").time("a", us -> us).optionalTime("b", us -> us);
    assertThat(table.row(LAST_US + 1)).isEqualTo(Row.of(Instant.EPOCH, null));
    assertThat(table.row(-1L)).isEqualTo(Row.of(Instant.EPOCH, null));
    assertThat(table.row(null)).isEqualTo(Row.of(Instant.EPOCH, null));
  }

  @Test
  void anIdOfAnotherLengthIsUnreadable() {
    Table<String> table = Table.<String>named("t").fixed("id", 4, id -> id);
    assertThatThrownBy(() -> table.row("abc\u00e9"))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("expected 4 characters");
  }
}
