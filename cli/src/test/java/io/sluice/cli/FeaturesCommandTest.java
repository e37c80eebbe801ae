package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.market.feature.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of anybody's, as somebody tries them who has only the command line. */
class FeaturesCommandTest {
  private static final String TWELVE =
      """
      Date;Open;High;Low;Close
      a;100;102;99;101
      b;101;104;100;103
      c;103;105;101;102
      d;102;105;101;104
      e;104;108;103;107
      f;107;109;105;106
      g;106;108;103;105
      h;105;109;104;108
      i;108;111;107;110
      j;110;112;108;109
      k;109;113;108;112
      l;111;114;110;113
      """;

  @TempDir Path folder;

  private Path table(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  /** Rows of what was printed, a header first. */
  private static List<List<String>> rows(Cli.Run run) {
    assertThat(run.code()).as(run.err()).isZero();
    return run.out().lines().map(line -> List.of(line.split(",", -1))).toList();
  }

  private static double[] column(List<List<String>> rows, String name) {
    int place = rows.get(0).indexOf(name);
    assertThat(place).as("%s in %s", name, rows.get(0)).isNotNegative();
    return rows.stream()
        .skip(1)
        .map(row -> row.get(place))
        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
        .toArray();
  }

  private static double last(List<List<String>> rows, String name) {
    double[] column = column(rows, name);
    return column[column.length - 1];
  }

  private static List<List<String>> of(Path file, String... formulas) {
    List<Object> arguments = new ArrayList<>(List.of("features", file));
    arguments.addAll(List.of(formulas));
    return rows(Cli.run(arguments.toArray()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "parkinson:12 5.872007988463986e-4",
        "garman_klass:12 6.784361618043726e-4",
        "rogers_satchell:12 6.488624664246023e-4",
        "yang_zhang:11 6.263935929340939e-4",
        "historical:11 2.7275348126653954e-4",
        "ewma:0.94 3.679224443767517e-4"
      })
  void estimatorsAreThoseOfTheGate(String formula, double expected) throws IOException {
    List<List<String>> rows = of(table(TWELVE), formula);
    assertThat(rows).hasSize(13);
    assertThat(rows.get(0)).startsWith("row", "Date");
    assertThat(rows.get(1)).startsWith("1", "a");
    assertThat(last(rows, formula.replace(':', '_'))).isEqualTo(expected, within(1e-17));
    if (!formula.startsWith("ewma")) {
      assertThat(column(rows, formula.replace(':', '_'))[10]).as("not warm").isNaN();
    }
  }

  @Test
  void variationsAreThoseOfThePublishedFormulae() throws IOException {
    List<List<String>> rows = of(table(TWELVE), "variation:11", "jump_ratio:11");
    assertThat(last(rows, "realised_variation_11")).isEqualTo(3.873348182611982e-3, within(1e-17));
    assertThat(last(rows, "bipower_variation_11")).isEqualTo(4.287954634562057e-3, within(1e-15));
    assertThat(last(rows, "tripower_variation_11")).isEqualTo(1.351929820313794e-5, within(1e-17));
    assertThat(last(rows, "jump_ratio_11")).isEqualTo(-0.4549246202891814, within(1e-12));
  }

  @Test
  void whatTheCatalogueHasIsTheSameByItsNameAndByItsNumbers() throws IOException {
    StringBuilder bars = new StringBuilder("time,open,high,low,close,volume\n");
    for (int i = 0; i < 150; i++) {
      double close = 100 + 5 * Math.sin(i / 7.0) + i % 4;
      bars.append(
          "%d,%s,%s,%s,%s,%d%n".formatted(i, close - 1, close + 2, close - 3, close, i % 9));
    }
    Path file = table(bars.toString());
    List<List<String>> all = of(file);
    Catalogue.OF_BARS.forEach(
        family ->
            family.features().forEach(feature -> assertThat(all.get(0)).contains(feature.name())));
    List<List<String>> own =
        of(
            file,
            "rsi:14",
            "macd:12,26,9",
            "stochastic:14,3,3",
            "williams_r:14",
            "cci:20",
            "atr:14",
            "adx:14",
            "bollinger:20,2",
            "obv",
            "accumulation_distribution",
            "vwap:20",
            "volume:20",
            "trade_imbalance:20",
            "autocorrelation:60",
            "hurst:128",
            "jump_ratio:60",
            "drawdown:60",
            "candles",
            "sma:50",
            "ema:20",
            "momentum_10");
    for (String name : own.get(0).subList(2, own.get(0).size())) {
      String catalogued =
          name.startsWith("macd_12")
              ? "macd_12_26"
              : name.startsWith("stochastic_k") ? "stochastic_k_14_3" : name;
      assertThat(column(own, name)).as(name).isEqualTo(column(all, catalogued));
    }
    assertThat(last(own, "rsi_14")).isBetween(0.0, 100.0);
    assertThat(of(file, "rsi_14").get(0)).containsExactly("row", "time", "rsi_14");
  }

  @Test
  void aColumnOfOnesOwnIsTransformed() throws IOException {
    Path file = table("day,Price,VOL,other\n1,1,10,2\n2,4,20,7\n3,9,40,19\n");
    List<List<String>> rows =
        rows(
            Cli.run(
                "features",
                file,
                "--columns",
                "close=price,volume=vol",
                "volume.sum:2",
                "return.lag:1",
                "correlation:3",
                "running"));
    assertThat(column(rows, "volume_sum_2")).containsExactly(Double.NaN, 30, 60);
    assertThat(column(rows, "return_lag_1"))
        .containsExactly(Double.NaN, Double.NaN, StrictMath.log(4));
    assertThat(last(rows, "running_mean")).isEqualTo(14.0 / 3, within(1e-14));
    assertThat(last(rows, "running_deviation")).isEqualTo(Math.sqrt(49.0 / 3), within(1e-14));
    assertThat(last(rows, "correlation_3")).isEqualTo(0.9968, within(1e-3));
  }

  /** A file of numbers alone, in which a shape comes again. */
  @Test
  void theMatrixProfileFindsTheShapeThatComesAgain() throws IOException {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      values.append(i % 30 == 7 ? 50 : i % 30 == 8 ? 20 : (i * 37 % 11)).append('\n');
    }
    List<List<String>> rows = of(table(values.toString()), "matrix_profile:8");
    double[] at = column(rows, "matrix_profile_at_8");
    assertThat(at[4]).isEqualTo(35);
    assertThat(at[34]).isEqualTo(5);
    assertThat(column(rows, "left_matrix_profile_at_8")[34]).isEqualTo(5);
    assertThat(column(rows, "left_matrix_profile_8")[0]).isNaN();
    assertThat(column(rows, "matrix_profile_8")[53]).as("shapes end with the table").isNaN();
  }

  @Test
  void aTableOfReturnsIsFilteredAndFitted() throws IOException {
    Path folderOfTables = shared("garch-benchmark");
    Cli.Run run =
        Cli.run(
            "features",
            folderOfTables.resolve("dmbp.csv"),
            "--columns",
            "return=rate_pct",
            "garch:-0.00619041,0.0107613,0.153134,0.805974",
            "garch_fit:1,1",
            "ewma:0.94",
            "historical:1974");
    List<List<String>> rows = rows(run);
    Path published = folderOfTables.resolve("dmbp_filtered_at_fcp.csv.gz");
    List<List<String>> expected =
        rows(Cli.run("features", published, "--columns", "close=h", "lag:1"));
    double[] filtered = column(rows, "garch_-0.00619041_0.0107613_0.153134_0.805974");
    double[] h = column(expected, "lag_1");
    assertThat(filtered).hasSize(1_974);
    for (int i = 1; i < h.length; i++) {
      assertThat(filtered[i - 1]).isEqualTo(h[i], within(1e-9));
    }
    assertThat(run.err())
        .contains("garch_fit: mu -0.006190", "alpha [0.15313", "beta [0.80597")
        .contains("log likelihood -1106.6078");
    // No return is lost for want of a price before the first.
    assertThat(last(rows, "historical_1974")).isEqualTo(0.2211, within(5e-4));
    assertThat(column(rows, "ewma_0.94")[0]).isEqualTo(0.12533286 * 0.12533286, within(1e-15));
  }

  /** Of Stock.Indicators, whose tables have other columns after those of the bar. */
  @Test
  void aPublishedTableIsReadAsItComes() {
    Path quotes = shared("indicators-expected").resolve("skender/quotes/default.csv.gz");
    List<List<String>> rows =
        of(quotes, "rsi:14", "atr:14", "return.hamilton:0.98,0.05,0,0,0.004,0.02");
    assertThat(rows).hasSize(503);
    assertThat(last(rows, "rsi_14")).isEqualTo(42.0773, within(5e-5));
    assertThat(last(rows, "atr_14")).isEqualTo(6.1497, within(5e-5));
    double[] calm = column(rows, "return_hamilton_0_0.98_0.05_0_0_0.004_0.02");
    assertThat(calm[0]).as("the first close has no return").isNaN();
    assertThat(calm[100]).isGreaterThan(0.9);
    assertThat(Arrays.stream(calm, 480, 502).min().orElseThrow())
        .as("December 2018")
        .isLessThan(0.1);
  }

  /** Prices of nothing, of millions of millions, of pennies, of the minutes of a day. */
  @ParameterizedTest
  @ValueSource(strings = {"zeros", "toobig", "max", "penny", "intraday", "bitcoin"})
  void numbersOfUnusualTablesAreFinite(String name) {
    Path quotes = shared("indicators-expected").resolve("skender/quotes/" + name + ".csv.gz");
    Cli.Run run = Cli.run("features", quotes);
    assertThat(rows(run)).hasSizeGreaterThan(200);
    assertThat(run.out()).doesNotContain("Infinity").doesNotContain("NaN");
    Cli.Run estimates =
        Cli.run("features", quotes, "garman_klass:20", "yang_zhang:20", "bipower:20");
    assertThat(estimates.out()).doesNotContain("Infinity").doesNotContain("NaN");
    boolean isNothing = name.equals("zeros");
    assertThat(Double.isNaN(last(rows(estimates), "yang_zhang_20"))).isEqualTo(isNothing);
  }

  @Test
  void aTableWithHolesIsRefusedAtTheFirst() {
    Path quotes = shared("indicators-expected").resolve("skender/quotes/bad.csv.gz");
    Cli.Run run = Cli.run("features", quotes);
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(run.err()).containsPattern("bad.csv.gz, line \\d+: [a-z]+ is [^,]+, expected ");
  }

  private static Path shared(String name) {
    String given = System.getProperty("sluice.shared.data");
    Path data = given == null ? Path.of("../../shared/data") : Path.of(given);
    Assumptions.assumeTrue(
        Files.isDirectory(data.resolve(name)),
        () -> data + " is missing; give its folder with -Dsluice.shared.data");
    return data.resolve(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rsj:14 | the formula is rsj:14, expected a feature of the catalogue or one of rsi, macd",
        "rsi | the formula is rsi, with 0 numbers, expected 1: N",
        "rsi:0 | the formula is rsi:0, N is 0, expected a whole number from 1 to 1000000",
        "rsi:1.5 | the formula is rsi:1.5, N is 1.5, expected a whole number",
        "rsi:x | the formula is rsi:x, N is x, expected a number",
        "macd:1,2 | with 2 numbers, expected 3: FAST,SLOW,SIGNAL",
        "price.sma:3 | its input is price, expected return, other, open",
        "high.rsi:3 | rsi is of whole bars, expected no input",
        "correlation:3 | correlation needs a column other",
        "parkinson:2 | window is 2, expected from 3 to 20000",
        "ewma:1 | lambda is 1.0, expected above 0 and below 1",
        "garch_fit:1,1 | garch_fit came to no model: the sample has 11 returns, expected at least 100",
        "hamilton:2,0,0,0,1,1 | P00 is 2, expected from 0 to 1",
        "matrix_profile:8 | length is 8 and history 12, expected at least 4 and twice the length"
      })
  void whatIsNoFormulaIsRefused(String formula, String said) throws IOException {
    Cli.Run run = Cli.run("features", table(TWELVE), formula);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(said);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b;1,2 | has the columns a, b, expected close or return among them",
        "close;1;x | line 3: close is x, expected a number",
        "close;1;;NaN | line 4: close is NaN, expected a number",
        "t,close;1,2;2, | line 3: close is missing, expected a number",
        "high,low,close;1,2,1.5 | line 2: high is 1.0, expected at least the low, 2.0",
        "close,volume;1,-2 | line 2: volume is -2.0, expected 0 or more",
        "return;1;900 | line 3: return is 900.0, expected a log return",
        "close | has a header only, expected bars below it"
      })
  void whatIsNoTableIsRefused(String text, String said) throws IOException {
    Path file = table(text.replace(";", "\n") + "\n");
    Cli.Run run = Cli.run("features", file, "sma:1");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(run.err()).contains(file + "").contains(said);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whatCanBeComputedIsListed() throws IOException {
    assertThat(Cli.done("features", "--list").out())
        .contains("garch:MU,OMEGA,ALPHA,BETA")
        .contains("rsi_14")
        .contains("Wilder's relative strength index");
    assertThat(Cli.run("features").err()).contains("no FILE is named, expected one, or --list");
    assertThat(Cli.run("features", folder.resolve("none.csv")))
        .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE))
        .satisfies(run -> assertThat(run.err()).contains("none.csv"));
    assertThat(Cli.run("features", table(TWELVE), "--columns", "close=Last", "sma:1").err())
        .contains("has no column Last, expected one of Date, Open, High, Low, Close");
    assertThat(Cli.run("features", table(TWELVE), "--columns", "last=Close", "sma:1").err())
        .contains("--columns has last, expected one of open, high, low, close");
  }
}
