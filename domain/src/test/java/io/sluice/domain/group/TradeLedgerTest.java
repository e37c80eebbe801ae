package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.SharedData;
import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** Whole days by which the ledger is moved, so that it begins after the books do. */
  private static final long LATER_US = 400 * GroupUnderTest.DAY;

  /** Closes the trade of a row at the time the ledger says. */
  private static void closeAtItsTime(GroupUnderTest group, Map<String, String> row, int number) {
    long atUs = closedUs(row) + LATER_US;
    group.advance(Math.max(0, atUs - group.nowUs()));
    trade(group, row, number);
  }

  private static long closedUs(Map<String, String> row) {
    return new BigDecimal(row.get("closed_at")).longValueExact() * 1_000;
  }

  /** The days on which the ledger's profit since midnight reaches a loss of this much. */
  private static long daysThatLose(List<Map<String, String>> rows, BigDecimal bound) {
    long day = -1;
    long days = 0;
    boolean counted = false;
    BigDecimal loss = BigDecimal.ZERO;
    for (Map<String, String> row : rows) {
      long rowDay = Math.max(day, closedUs(row) / GroupUnderTest.DAY);
      if (rowDay != day) {
        day = rowDay;
        counted = false;
        loss = BigDecimal.ZERO;
      }
      loss = loss.subtract(new BigDecimal(row.get("PNL")));
      if (!counted && loss.compareTo(bound) >= 0) {
        counted = true;
        days++;
      }
    }
    return days;
  }

  @ParameterizedTest
  @CsvSource({"50", "100", "200", "300", "364.67", "364.69"})
  void daily_loss_fires_on_each_day_that_loses_as_much_and_once(String bound) {
    List<Map<String, String>> rows = rows(FOLDER + "jesse_btc_trades.csv.gz");
    GroupUnderTest group = setup().profile("max_daily_loss", bound).start();
    for (int i = 0; i < rows.size(); i++) {
      closeAtItsTime(group, rows.get(i), i);
    }

    long days = daysThatLose(rows, new BigDecimal(bound));
    assertThat(group.events(Event.Type.BREACH)).hasSize((int) days);
    if (bound.equals("364.67")) {
      assertThat(days).as("the published worst day lost 364.68").isEqualTo(1);
    } else if (bound.equals("364.69")) {
      assertThat(days).isZero();
    }
  }

  @Test
  void each_tier_of_the_drawdown_fires_once_at_the_row_that_reaches_it() {
    List<Map<String, String>> rows = rows(FOLDER + "jesse_btc_trades.csv.gz");
    String[] bounds = {"0.01", "0.1", "0.2", "0.5", "0.9827", "0.9829"};
    GroupUnderTest group =
        setup()
            .profile(
                "max_drawdown",
                """
                [{bound: '0.01', then: 'warn', release: 'person'},
                 {bound: '0.1', then: 'reducing', release: 'person'},
                 {bound: '0.2', then: 'deny', release: 'person'},
                 {bound: '0.5', then: 'halt', release: '900d'},
                 {bound: '0.9827', then: 'halt', release: 'person'},
                 {bound: '0.9829', then: 'flatten', release: 'person'}]""")
            .start();
    List<Integer> expected = new ArrayList<>();
    List<Integer> fired = new ArrayList<>();
    BigDecimal equity = new BigDecimal("10000");
    BigDecimal peak = equity;
    for (int i = 0; i < rows.size(); i++) {
      equity = equity.add(new BigDecimal(rows.get(i).get("PNL")));
      peak = peak.max(equity);
      BigDecimal fallen = peak.subtract(equity);
      while (expected.size() < bounds.length
          && fallen.compareTo(peak.multiply(new BigDecimal(bounds[expected.size()]))) >= 0) {
        expected.add(i);
      }
      trade(group, rows.get(i), i);
      while (fired.size() < group.events(Event.Type.BREACH).size()) {
        fired.add(i);
      }
    }

    assertThat(fired).isEqualTo(expected);
    assertThat(fired).as("98.28 % is the published drawdown").hasSize(5);
  }

  /** What a breach is told by: its limit, what follows, and how it ends. */
  private static String breach(Event event) {
    JsonNode detail =
        GroupUnderTest.json(new String(event.detail(), java.nio.charset.StandardCharsets.UTF_8));
    JsonNode until = detail.path("until_us");
    String end =
        until.isNull()
            ? "person"
            : until.longValue() % GroupUnderTest.DAY == 0 ? "next day" : "cooldown";
    return detail.path("limit").asText() + " " + detail.path("then").asText() + " " + end;
  }

  /**
   * The rows at which each breaker of a packaged profile is reached for the first time, worked out
   * from the ledger apart from this code, in the order in which they fire.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "adaptive | max_drawdown REDUCING person: 33, max_daily_loss DENY next day: 183",
        "scalper | max_drawdown WARN person: 4, max_daily_loss HALT next day: 19,"
            + " max_drawdown REDUCING person: 33",
        "copy-trading | max_consecutive_losses HALT cooldown: 32,"
            + " max_daily_loss HALT cooldown: 32, max_drawdown REDUCING person: 55,"
            + " max_drawdown HALT person: 69, max_daily_loss HALT next day: 183",
        "guarded | max_daily_loss HALT person: 19, max_weekly_loss REDUCING person: 29,"
            + " max_drawdown HALT person: 29"
      })
  void each_profile_s_own_breakers_fire_at_their_own_numbers(String profile, String expected) {
    List<Map<String, String>> rows = rows(FOLDER + "jesse_btc_trades.csv.gz");
    GroupUnderTest group = PackagedProfile.unstored(profile).start();
    Map<String, Integer> first = new LinkedHashMap<>();
    int seen = group.events().size();
    for (int i = 0; i < rows.size(); i++) {
      closeAtItsTime(group, rows.get(i), i);
      for (; seen < group.events().size(); seen++) {
        Event event = group.events().get(seen);
        if (event.type() == Event.Type.BREACH || event.type() == Event.Type.CONSECUTIVE_LOSSES) {
          first.putIfAbsent(breach(event), i);
        }
      }
    }
    assertThat(
            first.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ")))
        .isEqualTo(expected);
  }

  /** On 8 days the ledger loses 5 % of what the day began with, on 161 days 2 %. */
  @ParameterizedTest
  @CsvSource({"adaptive, DENY, 8", "scalper, HALT, 161"})
  void a_profile_s_day_is_over_on_as_many_days_as_lose_its_share(
      String profile, String then, int days) {
    List<Map<String, String>> rows = rows(FOLDER + "jesse_btc_trades.csv.gz");
    GroupUnderTest group = PackagedProfile.unstored(profile).start();
    for (int i = 0; i < rows.size(); i++) {
      closeAtItsTime(group, rows.get(i), i);
    }
    assertThat(PackagedProfile.breaches(group))
        .filteredOn(("max_daily_loss " + then)::equals)
        .hasSize(days);
  }
}
