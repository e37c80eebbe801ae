package io.sluice.domain.market.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.SharedData;
import io.sluice.domain.market.crash.CrashGuard.Candidate;
import io.sluice.domain.market.crash.TradeStream.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real trades against worst drops that were computed independently, to the row. */
class PublishedDropsTest {
  private static final String[] DROPS = {"0.02", "0.05", "0.10", "0.20"};
  private static final int FIRST_ROW_COLUMN = 14;

  @Test
  void sevenStreamsOfBinance() {
    Map<String, List<Row>> streams = new LinkedHashMap<>();
    for (String file :
        List.of(
            "trades_2023-04-05_btcusdt_usdm.csv.gz", "trades_2024-08-08T2354_6streams.csv.gz")) {
      for (String line : data(SharedData.lines("hftbacktest-l1/" + file))) {
        String[] row = line.split(",", -1);
        streams
            .computeIfAbsent(file + ":" + row[2] + ":" + row[3], stream -> new ArrayList<>())
            .add(new Row(Long.parseLong(row[1]) * 1_000, new BigDecimal(row[5])));
      }
    }
    assertThat(streams).hasSize(7);
    int compared = 0;
    for (String expected : data(SharedData.lines("hftbacktest-l1/expected_drops_trades.csv"))) {
      List<Row> rows = streams.get(expected.substring(0, expected.indexOf(',')));
      if (rows != null) {
        compare(rows, expected.split(",", -1));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(35);
  }

  @Test
  void atomInOneMicrosecond() {
    List<Row> rows = new ArrayList<>();
    for (String line :
        data(SharedData.lines("atom-binance-flash-2025-10-10/flash_sell_sequence.csv"))) {
      String[] row = line.split(",");
      rows.add(
          new Row(
              ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(row[5])),
              new BigDecimal(row[1])));
    }
    List<String> expected =
        data(SharedData.lines("atom-binance-flash-2025-10-10/expected_drops.csv"));
    assertThat(expected).hasSize(5);
    expected.forEach(line -> compare(rows, line.split(",", -1)));
  }

  /** A rule of any drop at all gives the drop of every row that has one. */
  private static void compare(List<Row> rows, String[] expected) {
    String stream = expected[0] + " over " + expected[2] + " s";
    assertThat(rows).as(stream).hasSize(Integer.parseInt(expected[1]));
    long windowMs = Long.parseLong(expected[2]) * 1_000;
    List<CrashRule> rules =
        new ArrayList<>(List.of(new CrashRule(windowMs, new BigDecimal("0.0000001"))));
    for (String drop : DROPS) {
      rules.add(new CrashRule(windowMs, new BigDecimal(drop)));
    }
    CrashGuard guard = new CrashGuard(rules);
    int[] firstRows = {-1, -1, -1, -1, -1};
    int[] counts = new int[rules.size()];
    Candidate worst = null;
    int worstRow = -1;
    for (int i = 0; i < rows.size(); i++) {
      for (Candidate candidate : guard.add(rows.get(i).timeUs(), rows.get(i).price())) {
        int rule = rules.indexOf(candidate.rule());
        firstRows[rule] = counts[rule]++ == 0 ? i : firstRows[rule];
        if (rule == 0 && (worst == null || candidate.drop() > worst.drop())) {
          worst = candidate;
          worstRow = i;
        }
      }
    }
    assertThat(worst.drop() * 100)
        .as(stream)
        .isEqualTo(Double.parseDouble(expected[3]), within(5.01e-7));
    assertThat(worstRow).as(stream).isEqualTo(Integer.parseInt(expected[7]));
    assertThat(worst.from()).as(stream).isEqualByComparingTo(expected[6]);
    assertThat(rows.get(Integer.parseInt(expected[4])).price())
        .as(stream)
        .isEqualByComparingTo(worst.from());
    for (int i = 0; i < DROPS.length; i++) {
      int column = FIRST_ROW_COLUMN + 3 * i;
      String as = stream + " at " + DROPS[i];
      assertThat(firstRows[i + 1])
          .as(as)
          .isEqualTo(expected[column].isEmpty() ? -1 : Integer.parseInt(expected[column]));
      assertThat(counts[i + 1]).as(as).isEqualTo(Integer.parseInt(expected[column + 2]));
    }
  }

  private static List<String> data(List<String> lines) {
    return lines.subList(1, lines.size());
  }
}
