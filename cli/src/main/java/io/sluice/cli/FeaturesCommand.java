package io.sluice.cli;

import io.sluice.cli.table.BarTable;
import io.sluice.cli.table.Formula;
import io.sluice.cli.table.Kinds;
import io.sluice.domain.market.feature.Catalogue;
import io.sluice.domain.market.feature.Family;
import io.sluice.domain.market.feature.Feature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A table of bars in, features and estimates over it out. */
@Command(
    name = "features",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Computes features, volatilities and filters over a table of bars, by what the gate computes them by.",
      "Prints CSV, every number with all its digits; a cell is empty where there is no value.",
      "Of trades ./sluice replay writes the features of all intervals to bars.jsonl."
    })
final class FeaturesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "CSV with a header, plain or .gz; columns open, high, low, close, volume, turnover,"
              + " buy_volume, sell_volume, return, other; close or return at least.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FORMULA",
      description =
          "rsi_14 of the catalogue, or with numbers of your own: rsi:21, macd:12,26,9,"
              + " high.highest:20. Default: all of the catalogue.")
  private List<String> formulas = List.of();

  @Option(
      names = "--columns",
      paramLabel = "COLUMN=NAME",
      split = ",",
      description = "What columns are called in the file, where it is otherwise: close=Price.")
  private Map<String, String> columns = new TreeMap<>();

  @Option(names = "--list", description = "Print what can be computed, and end.")
  private boolean isList;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (isList) {
      TextTable.print(everything(), out);
      out.flush();
      return ExitCode.DONE;
    }
    if (file == null) {
      throw new ParameterException(spec.commandLine(), "no FILE is named, expected one, or --list");
    }
    for (String column : columns.keySet()) {
      if (!BarTable.COLUMNS.contains(column)) {
        throw new ParameterException(
            spec.commandLine(),
            "--columns has " + column + ", expected one of " + String.join(", ", BarTable.COLUMNS));
      }
    }
    try {
      List<Formula> wanted =
          formulas.isEmpty() ? Formula.catalogue() : formulas.stream().map(Formula::of).toList();
      BarTable table = BarTable.read(file, columns);
      print(table, wanted.stream().map(formula -> formula.over(table)).toList(), out);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    return ExitCode.DONE;
  }

  private void print(BarTable table, List<Formula.Result> results, PrintWriter out) {
    List<String> names = new ArrayList<>(List.of("row", table.label()));
    List<double[]> values = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Formula.Result result : results) {
      for (int i = 0; i < result.names().size(); i++) {
        // What two formulas have in common stands once.
        if (told.add(result.names().get(i))) {
          names.add(result.names().get(i));
          values.add(result.columns().get(i));
        }
      }
      result.notes().forEach(note -> spec.commandLine().getErr().println(note));
    }
    out.println(String.join(",", names));
    for (int row = 0; row < table.bars().size(); row++) {
      StringBuilder line = new StringBuilder();
      line.append(row + 1).append(',').append(table.labels().get(row));
      for (double[] column : values) {
        line.append(',');
        if (!Double.isNaN(column[row])) {
          line.append(column[row]);
        }
      }
      out.println(line);
    }
    out.flush();
    spec.commandLine().getErr().flush();
  }

  private static List<List<String>> everything() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("formula", "of", "what"));
    for (Kinds.Kind kind : Kinds.all()) {
      rows.add(
          List.of(kind.text(), kind.input() == null ? "bars" : kind.input(), kind.definition()));
    }
    for (Family<?> family : Catalogue.OF_BARS) {
      for (Feature feature : family.features()) {
        rows.add(List.of(feature.name(), "bars", feature.definition()));
      }
    }
    return rows;
  }
}
