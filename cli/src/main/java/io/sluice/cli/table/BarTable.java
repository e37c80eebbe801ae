package io.sluice.cli.table;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.jobs.input.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Bars of a CSV file, one a row, from the oldest. Rows follow each other without gaps, whatever
 * their dates: bar {@code i} is the {@code i}th minute of the epoch.
 *
 * @param label the name of the first column
 * @param labels its cells, as they stand
 * @param closeBefore the close before the first row; NaN where it is not known
 * @param returns log returns from close to close, or those that the file has; NaN where there is
 *     none
 * @param other a second series, to correlate with; null where the file has none
 */
public record BarTable(
    String label,
    List<String> labels,
    double closeBefore,
    List<Bar> bars,
    double[] returns,
    double[] other) {
  /** The columns it can have; without prices of a bar it is flat at the close. */
  public static final List<String> COLUMNS =
      List.of(
          "open",
          "high",
          "low",
          "close",
          "volume",
          "turnover",
          "buy_volume",
          "sell_volume",
          "return",
          "other");

  /**
   * Reads a file, packed or not, whose cells are parted by commas, semicolons or tabs. A file of
   * one column of numbers needs no header: they are closes.
   *
   * @param columns the names of columns in the file, by those they have here, where they differ
   * @throws InputException where it cannot be read, naming line, column, value and what was
   *     expected
   */
  public static BarTable read(Path path, Map<String, String> columns) throws IOException {
    List<String> lines = lines(path);
    if (lines.isEmpty()) {
      throw new InputException(path + " has no line, expected a header and bars");
    }
    String separator = lines.get(0).contains("\t") ? "\t" : lines.get(0).contains(";") ? ";" : ",";
    boolean isBare = number(lines.get(0)) != null;
    List<String> names = isBare ? List.of("close") : cells(lines.get(0), separator);
    Reader reader = new Reader(path, separator, names.get(0), places(path, names, columns));
    List<String> rows = isBare ? lines : lines.subList(1, lines.size());
    for (int row = 0; row < rows.size(); row++) {
      if (!rows.get(row).isBlank()) {
        reader.add(rows.get(row), row + (isBare ? 1 : 2));
      }
    }
    return reader.table();
  }

  /**
   * The second series.
   *
   * @param text the formula that needs it
   * @throws IllegalArgumentException where the file has none
   */
  double[] otherFor(String text) {
    if (other == null) {
      throw new IllegalArgumentException(
          text + " needs a column other: say which it is, such as --columns other=NAME");
    }
    return other;
  }

  private static List<String> lines(Path path) throws IOException {
    try (InputStream file = Files.newInputStream(path);
        InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>(reader.lines().toList());
      if (!lines.isEmpty() && lines.get(0).startsWith("\ufeff")) {
        lines.set(0, lines.get(0).substring(1));
      }
      return lines;
    } catch (IOException e) {
      throw new InputException(path + " cannot be read: " + e);
    }
  }

  private static List<String> cells(String line, String separator) {
    return Arrays.stream(line.split(separator, -1))
        .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
        .toList();
  }

  /** The places of the columns that the file has. */
  private static Map<String, Integer> places(
      Path path, List<String> header, Map<String, String> columns) throws InputException {
    List<String> names = header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    Map<String, Integer> places = new HashMap<>();
    for (String column : COLUMNS) {
      String named = columns.getOrDefault(column, column);
      int place = names.indexOf(named.toLowerCase(Locale.ROOT));
      if (place >= 0) {
        places.put(column, place);
      } else if (columns.containsKey(column)) {
        throw new InputException(
            path + " has no column " + named + ", expected one of " + String.join(", ", header));
      }
    }
    if (!places.containsKey("close") && !places.containsKey("return")) {
      throw new InputException(
          path
              + " has the columns "
              + String.join(", ", header)
              + ", expected close or return among them: say which it is, such as --columns"
              + " close=NAME");
    }
    return places;
  }

  private static Double number(String cell) {
    try {
      double value = Double.parseDouble(cell.strip());
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Makes bars of rows. */
  private static final class Reader {
    private final Path path;
    private final String separator;
    private final String label;
    private final Map<String, Integer> places;
    private final List<String> labels = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private final List<Double> returns = new ArrayList<>();
    private final List<Double> others = new ArrayList<>();
    private final double first;
    private double closeBefore;

    Reader(Path path, String separator, String label, Map<String, Integer> places) {
      this.path = path;
      this.separator = separator;
      this.label = label;
      this.places = places;
      // Where there are only returns any price will do to begin with.
      this.first = places.containsKey("close") ? Double.NaN : 1;
      this.closeBefore = first;
    }

    void add(String line, int number) throws InputException {
      List<String> cells = cells(line, separator);
      Map<String, Double> values = new HashMap<>();
      for (Map.Entry<String, Integer> column : places.entrySet()) {
        String cell = column.getValue() < cells.size() ? cells.get(column.getValue()) : "";
        Double value = number(cell);
        // There is no return from before the first row.
        if (value == null && !(column.getKey().equals("return") && bars.isEmpty())) {
          throw bad(number, column.getKey(), cell, "a number");
        }
        values.put(column.getKey(), value);
      }
      labels.add(cells.get(0));
      others.add(values.get("other"));
      Double given = values.get("return");
      double close = places.containsKey("close") ? values.get("close") : closeAfter(given, number);
      returns.add(places.containsKey("return") ? given : (Double) logReturn(closeBefore, close));
      bars.add(bar(values, close, number));
      closeBefore = close;
    }

    /** A price that has come so far: only its changes count. */
    private double closeAfter(Double logReturn, int number) throws InputException {
      double close = logReturn == null ? closeBefore : closeBefore * StrictMath.exp(logReturn);
      if (!(close > 1e-280 && close < 1e280)) {
        throw bad(number, "return", String.valueOf(logReturn), "a log return, 0.01 for a percent");
      }
      return close;
    }

    private static double logReturn(double before, double now) {
      return before > 0 && now > 0 ? StrictMath.log(now / before) : Double.NaN;
    }

    private Bar bar(Map<String, Double> values, double close, int number) throws InputException {
      double open = values.getOrDefault("open", close);
      double high = values.getOrDefault("high", Math.max(open, close));
      double low = values.getOrDefault("low", Math.min(open, close));
      if (high < low) {
        throw bad(number, "high", String.valueOf(high), "at least the low, " + low);
      }
      double volume = values.getOrDefault("volume", 1.0);
      if (volume < 0) {
        throw bad(number, "volume", String.valueOf(volume), "0 or more");
      }
      double typical = (high + low + close) / 3;
      return new Bar(
          BarInterval.MINUTE,
          bars.size() * BarInterval.MINUTE.us(),
          open,
          high,
          low,
          close,
          volume,
          values.getOrDefault("turnover", volume * typical),
          values.getOrDefault("buy_volume", 0.0),
          values.getOrDefault("sell_volume", 0.0),
          1,
          0);
    }

    private InputException bad(int line, String column, String value, String expected) {
      return new InputException(
          path
              + ", line "
              + line
              + ": "
              + column
              + " is "
              + (value.isEmpty() ? "missing" : value)
              + ", expected "
              + expected);
    }

    BarTable table() throws InputException {
      if (bars.isEmpty()) {
        throw new InputException(path + " has a header only, expected bars below it");
      }
      return new BarTable(
          label,
          List.copyOf(labels),
          first,
          List.copyOf(bars),
          returns.stream().mapToDouble(value -> value == null ? Double.NaN : value).toArray(),
          places.containsKey("other")
              ? others.stream().mapToDouble(Double::doubleValue).toArray()
              : null);
    }
  }
}
