package io.sluice.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementTest {
  private static final Configuration RISK = ConfigurationFile.packaged();
  private static final String BTC = "BITSTAMP:BTCUSD";
  private static final String AT = "2026-01-31T14:00:00Z";

  @TempDir Path folder;

  private Statement read(String... lines) throws IOException {
    Path file = folder.resolve("statement");
    Files.write(file, List.of(lines));
    return Statement.read(file, RISK);
  }

  private static String csv(String... cells) {
    return String.join(",", cells);
  }

  @Test
  void aCsvHasALineForCashAndOneForEachPosition() throws IOException {
    Statement statement =
        read(
            Statement.HEADER,
            csv("demo", "USD", "", "100.5", "", AT),
            csv("demo", "USD", BTC, "-2", "60000", AT));
    assertThat(statement.accounts()).hasSize(1);
    AccountSnapshot demo = statement.accounts().iterator().next();
    assertThat(demo.cash()).isEqualByComparingTo("100.5");
    assertThat(demo.positions()).hasSize(1);
    assertThat(demo.positions().get(0).qty()).isEqualByComparingTo("-2");
    assertThat(demo.eventTimeUs()).isEqualTo(1_769_868_000_000_000L);
    assertThat(statement.missing()).containsExactly("demo2");
  }

  @Test
  void linesOfTheWireAreReadToo() throws IOException {
    Statement statement =
        read(
            "{\"type\":\"account\",\"account\":\"demo\",\"currency\":\"USD\",\"cash\":\"1\",\"positions\":[],\"event_time_us\":1}",
            "",
            "{\"type\":\"account\",\"account\":\"demo2\",\"currency\":\"USD\",\"cash\":\"2\",\"positions\":[],\"event_time_us\":1}");
    assertThat(statement.accounts()).hasSize(2);
    assertThat(statement.missing()).isEmpty();
  }

  @Test
  void everyLineThatIsWrongIsNamed() {
    assertThatThrownBy(
            () ->
                read(
                    Statement.HEADER,
                    csv("demo", "USD", "", "x", "", AT),
                    csv("demo", "USD", BTC, "1", "-1", AT),
                    csv("demo", "USD", BTC, "1", "1", "yesterday"),
                    csv("demo", "USD", "", "1", "5", AT),
                    csv("", "USD", "", "1", "", AT),
                    csv("a", "b"),
                    csv("nobody", "USD", "", "1", "", AT),
                    csv("demo2", "EUR", "", "1", "", AT),
                    csv("demo2", "USD", "X:Y", "1", "1", AT),
                    csv("demo2", "USD", "", "1", "", AT),
                    csv("demo2", "USD", "", "2", "", AT),
                    csv("demo2", "USD", BTC, "1", "1", "2026-01-31T14:00:01Z")))
        .isInstanceOf(InputException.class)
        .message()
        .contains(
            "line 2: qty is \"x\", expected a decimal such as 1.5",
            "line 3: avg_price is \"-1\"",
            "line 4: as_of is \"yesterday\"",
            "line 5: avg_price is \"5\", expected none for cash",
            "line 6: account is \"\", expected a configured one",
            "line 7: it has 2 columns",
            "line 8: account is \"nobody\"",
            "line 9: currency is \"EUR\", expected USD",
            "line 10: instrument is \"X:Y\"",
            "line 12: the cash of demo2 came before",
            "line 13: as_of is not that of line 11");
  }

  @Test
  void cashIsSaidAndPositionsOnce() {
    assertThatThrownBy(
            () ->
                read(
                    Statement.HEADER,
                    csv("demo", "USD", BTC, "1", "1", AT),
                    csv("demo2", "USD", "", "0", "", AT),
                    csv("demo2", "USD", BTC, "1", "1", AT),
                    csv("demo2", "USD", BTC, "2", "1", AT)))
        .message()
        .contains(
            "line 2: demo has no cash", "line 5: the position of demo2 in " + BTC + " came before");
  }

  @Test
  void whatIsNoStatementIsSaidSo() {
    assertThatThrownBy(() -> read("a;b")).hasMessageContaining("is no statement");
    assertThatThrownBy(
            () ->
                read("{\"type\":\"venue\",\"venue\":\"X\",\"status\":\"UP\",\"event_time_us\":1}"))
        .hasMessageContaining("line 1: it is no line of type account");
    assertThatThrownBy(() -> read("{\"type\":\"account\"}")).hasMessageContaining("line 1: ");
    assertThatThrownBy(() -> Statement.read(folder.resolve("none"), RISK))
        .hasMessageContaining("cannot be read");
  }
}
