package io.sluice.sinks.clickhouse.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
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
    "0.0000000000000000019, 0.000000000000000001",
    "-0.0000000000000000019, -0.000000000000000001"
  })
  void anAmountFitsOrIsNull(BigDecimal amount, BigDecimal stored) throws Exception {
    Table<BigDecimal> table = Table.<BigDecimal>named("t").amount("a", value -> value);
    assertThat(table.row(amount).getField(0)).isEqualTo(stored);
  }

  @Property
  void timesAreThoseOfIso8601(@ForAll @LongRange(min = 0, max = LAST_US) long us) {
    String iso = Times.iso(us).replace("Z", "");
    String seconds = iso.contains(".") ? iso.substring(0, iso.indexOf('.')) : iso;
    assertThat(UtcText.seconds(us)).isEqualTo(seconds.replace('T', ' '));
    assertThat(UtcText.micros(us))
        .isEqualTo("%s.%06d".formatted(seconds.replace('T', ' '), us % 1_000_000));
  }

  @Test
  void aTimeThatClickHouseDoesNotHaveIsNone() throws Exception {
    Table<Long> table = Table.<Long>named("t").time("a", us -> us).optionalTime("b", us -> us);
    assertThat(table.row(LAST_US + 1).toString()).isEqualTo("+I[1970-01-01 00:00:00.000000, null]");
    assertThat(table.row(null).getField(0)).isEqualTo("1970-01-01 00:00:00.000000");
  }

  @Test
  void anIdOfAnotherLengthIsUnreadable() {
    Table<String> table = Table.<String>named("t").fixed("id", 4, id -> id);
    assertThatThrownBy(() -> table.row("abc\u00e9"))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("expected 4 characters");
  }
}
