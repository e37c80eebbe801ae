package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.SharedData;
import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2,089 closed trades of a published ledger, against the loss streaks and profits it states. */
class TradeLedgerTest {
  private static final String FOLDER = "trade-ledger-jesse/";

  /** The rows of a CSV file, by the names of its header. */
  private static List<Map<String, String>> rows(String path) {
    List<String> lines = SharedData.lines(path);
    String[] names = lines.get(0).split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int column = 0; column < names.length; column++) {
        row.put(names[column], cells[column]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** Opens and closes the trade of a row, its fee on the way out. */
  private static void trade(GroupUnderTest group, Map<String, String> row, int number) {
    Side in = row.get("type").equals("long") ? Side.BUY : Side.SELL;
    group.advance(1_000_000);
    group.fill("in-" + number, null, BTC, in, row.get("qty"), row.get("entry_price"), "0");
    group.advance(1_000_000);
    group.fill(
        "out-" + number,
        null,
        BTC,
        in.opposite(),
        row.get("qty"),
        row.get("exit_price"),
        row.get("fee"));
  }

  @Test
  void streak_and_profit_are_the_published_ones_after_every_row() {
    List<Map<String, String>> rows = rows(FOLDER + "jesse_btc_trades.csv.gz");
    List<Map<String, String>> expected = rows(FOLDER + "expected_loss_streaks.csv.gz");
    GroupUnderTest group = setup().start();

    for (int i = 0; i < rows.size(); i++) {
      trade(group, rows.get(i), i);
      Map<String, String> row = expected.get(i);
      assertThat(group.book().lossesInARow())
          .as("row %d", i)
          .isEqualTo(Integer.parseInt(row.get("consecutive_losses_after")));
      BigDecimal profit = group.book().cash().subtract(new BigDecimal("10000"));
      assertThat(profit)
          .as("row %d", i)
          .isCloseTo(new BigDecimal(row.get("cum_pnl")), within(new BigDecimal("0.000001")));
    }
    assertThat(rows).hasSize(2_089);
    assertThat(group.book().equity()).isBetween(new BigDecimal("175.37"), new BigDecimal("175.39"));
    assertThat(group.state().deepestDrawdown(io.sluice.domain.risk.limit.Scope.FIRM))
        .isCloseTo(new BigDecimal("0.9828"), within(new BigDecimal("0.0001")));
  }

  @ParameterizedTest
  @CsvSource({"3, 186, 18", "5, 77, 32", "8, 15, 138", "10, 8, 140", "13, 1, 859"})
  void consecutive_losses_fires_as_often_as_published(int bound, int times, int firstRow) {
    List<Map<String, String>> rows = rows(FOLDER + "jesse_btc_trades.csv.gz");
    GroupUnderTest group = setup().profile("max_consecutive_losses", String.valueOf(bound)).start();
    int first = -1;
    for (int i = 0; i < rows.size(); i++) {
      trade(group, rows.get(i), i);
      if (first < 0 && !group.events(Event.Type.CONSECUTIVE_LOSSES).isEmpty()) {
        first = i;
      }
    }

    assertThat(group.events(Event.Type.CONSECUTIVE_LOSSES)).hasSize(times);
    assertThat(first).isEqualTo(firstRow);
  }
}
