package io.sluice.domain.market.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.domain.SharedData;
import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.indicator.Indicator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Indicators beside published tables. */
final class PublishedTable {
  private static final String FOLDER = "indicators-expected/";

  private PublishedTable() {}

  /** The bars of a file with open, high, low, close and volume from the second column on. */
  static List<Bar> bars(String file, boolean hasVolume) {
    List<Bar> bars = new ArrayList<>();
    List<String> lines = SharedData.lines(FOLDER + file);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      long start = bars.size() * BarInterval.SECOND.us();
      double volume = hasVolume ? Double.parseDouble(cells[5]) : 1;
      bars.add(
          Bar.of(
              BarInterval.SECOND,
              start,
              Double.parseDouble(cells[1]),
              Double.parseDouble(cells[2]),
              Double.parseDouble(cells[3]),
              Double.parseDouble(cells[4]),
              volume));
    }
    return bars;
  }

  static List<Bar> skenderBars() {
    return bars("skender/quotes/default.csv.gz", true);
  }

  /** A column of a table of Stock.Indicators; NaN where it has none. */
  static double[] skender(String table, String field) {
    try {
      JsonNode rows =
          new ObjectMapper()
              .readTree(
                  String.join(
                      "",
                      SharedData.lines(FOLDER + "skender/results/" + table + ".standard.json.gz")));
      double[] column = new double[rows.size()];
      for (int i = 0; i < column.length; i++) {
        JsonNode value = rows.get(i).path(field);
        column[i] = value.isNumber() ? value.doubleValue() : Double.NaN;
      }
      return column;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A column of a table in CSV; NaN where it is empty. */
  static double[] column(String file, int at) {
    List<String> lines = SharedData.lines(FOLDER + file);
    return lines.subList(1, lines.size()).stream()
        .map(line -> line.split(",", -1))
        .mapToDouble(
            cells ->
                at >= cells.length || cells[at].isBlank()
                    ? Double.NaN
                    : Double.parseDouble(cells[at]))
        .toArray();
  }

  /** One value of an indicator after each bar. */
  static double[] run(Indicator indicator, int values, int which, List<Bar> bars) {
    double[] row = new double[values];
    double[] out = new double[bars.size()];
    for (int i = 0; i < out.length; i++) {
      indicator.add(bars.get(i));
      indicator.into(row, 0);
      out[i] = row[which];
    }
    return out;
  }

  /** Both have values at the same places, and the same ones but for the last digits of a double. */
  static void assertSame(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(Arrays.stream(expected).filter(Double::isFinite).count()).isGreaterThan(200);
    for (int i = 0; i < expected.length; i++) {
      if (Double.isNaN(expected[i])) {
        assertThat(actual[i]).as("row %d", i).isNaN();
      } else {
        double scale = Math.max(1, Math.abs(expected[i]));
        assertThat(actual[i]).as("row %d", i).isCloseTo(expected[i], within(1e-10 * scale));
      }
    }
  }

  /** Where the table has a value, from a row on, it is this to so many units. */
  static void assertNear(double[] actual, double[] expected, int from, double tolerance) {
    int compared = 0;
    for (int i = from; i < expected.length; i++) {
      if (!Double.isNaN(expected[i])) {
        assertThat(actual[i]).as("row %d", i).isCloseTo(expected[i], within(tolerance));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(200);
  }
}
