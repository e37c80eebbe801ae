package io.sluice.cli.table;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.BarInput;
import io.sluice.domain.market.feature.Catalogue;
import io.sluice.domain.market.feature.Family;
import io.sluice.domain.market.feature.Feature;
import io.sluice.domain.market.feature.indicator.Indicator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is to be computed over a table: {@code rsi_14} of the catalogue, or what {@link Kinds} has
 * with numbers of one's own, {@code rsi:21}, over another column {@code high.highest:20}.
 */
public final class Formula {
  /** Columns with a value for each row, and what there is to say beside them. */
  public record Result(List<String> names, List<double[]> columns, List<String> notes) {}

  private interface Computation {
    Result over(BarTable table);
  }

  private final Computation computation;

  private Formula(Computation computation) {
    this.computation = computation;
  }

  /**
   * @throws IllegalArgumentException where a table does not allow it, saying why
   */
  public Result over(BarTable table) {
    return computation.over(table);
  }

  /** Every feature of single bars that the catalogue has, in its order. */
  public static List<Formula> catalogue() {
    return Catalogue.OF_BARS.stream()
        .map(family -> new Formula(table -> features(family, family.features(), table)))
        .toList();
  }

  /**
   * @throws IllegalArgumentException where there is none of that text, saying what was expected
   */
  public static Formula of(String text) {
    for (Family<Indicator> family : Catalogue.OF_BARS) {
      for (Feature feature : family.features()) {
        if (feature.name().equals(text)) {
          return new Formula(table -> features(family, List.of(feature), table));
        }
      }
    }
    String[] parts = text.split(":", 2);
    int dot = parts[0].indexOf('.');
    String input = dot < 0 ? null : parts[0].substring(0, dot);
    String name = parts[0].substring(dot + 1).toLowerCase(Locale.ROOT);
    Kinds.Kind kind = Kinds.of(name);
    if (kind == null) {
      throw new IllegalArgumentException(
          "the formula is "
              + text
              + ", expected a feature of the catalogue or one of "
              + Kinds.all().stream().map(Kinds.Kind::name).collect(Collectors.joining(", "))
              + ", such as rsi:21");
    }
    if (input != null && kind.input() == null) {
      throw new IllegalArgumentException(
          "the formula is " + text + ", but " + name + " is of whole bars, expected no input");
    }
    Numbers numbers = Numbers.of(text, kind.numbers(), parts.length < 2 ? "" : parts[1]);
    String of = input == null ? kind.input() : input;
    String inName = input == null ? "" : input + "_";
    return new Formula(
        table -> {
          double[] series = of == null ? null : series(of, text, table);
          Result result = kind.rule().over(table, series, numbers);
          List<String> names =
              result.names().stream().map(column -> inName + column + numbers.suffix()).toList();
          return new Result(names, result.columns(), result.notes());
        });
  }

  private static double[] series(String input, String text, BarTable table) {
    if (input.equals("return")) {
      return table.returns();
    }
    if (input.equals("other")) {
      return table.otherFor(text);
    }
    for (BarInput number : BarInput.values()) {
      if (number.key().equals(input)) {
        return table.bars().stream().mapToDouble(number::of).toArray();
      }
    }
    throw new IllegalArgumentException(
        "the formula is "
            + text
            + ", its input is "
            + input
            + ", expected return, other, "
            + Arrays.stream(BarInput.values())
                .map(BarInput::key)
                .collect(Collectors.joining(", ")));
  }

  private static Result features(Family<Indicator> family, List<Feature> wanted, BarTable table) {
    double[][] columns = columns(family.make().get(), family.features().size(), table.bars());
    List<double[]> chosen = new ArrayList<>();
    for (Feature feature : wanted) {
      chosen.add(columns[family.features().indexOf(feature)]);
    }
    return new Result(wanted.stream().map(Feature::name).toList(), chosen, List.of());
  }

  /** What an indicator says after each bar. */
  static double[][] columns(Indicator indicator, int values, List<Bar> bars) {
    double[][] columns = new double[values][bars.size()];
    double[] row = new double[values];
    for (int i = 0; i < bars.size(); i++) {
      indicator.add(bars.get(i));
      indicator.into(row, 0);
      int at = i;
      IntStream.range(0, values).forEach(value -> columns[value][at] = row[value]);
    }
    return columns;
  }
}
