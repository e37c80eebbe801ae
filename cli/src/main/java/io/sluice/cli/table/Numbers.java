package io.sluice.cli.table;

import java.util.List;
import java.util.stream.Collectors;

/** The numbers behind a formula's name. */
final class Numbers {
  private static final int MOST = 1_000_000;

  private final String text;
  private final List<String> names;
  private final List<String> given;

  private Numbers(String text, List<String> names, List<String> given) {
    this.text = text;
    this.names = names;
    this.given = given;
  }

  /**
   * @param text the whole formula
   * @param names what the numbers are
   * @throws IllegalArgumentException where there are more or fewer
   */
  static Numbers of(String text, List<String> names, String given) {
    List<String> numbers = given.isEmpty() ? List.of() : List.of(given.split(",", -1));
    if (numbers.size() != names.size()) {
      throw new IllegalArgumentException(
          "the formula is "
              + text
              + ", with "
              + numbers.size()
              + " numbers, expected "
              + names.size()
              + (names.isEmpty() ? "" : ": " + String.join(",", names)));
    }
    return new Numbers(text, names, numbers);
  }

  /** Behind the names of columns. */
  String suffix() {
    return given.stream().map(number -> "_" + number).collect(Collectors.joining());
  }

  /** A number of bars. */
  int whole(int place) {
    return whole(place, 1, MOST);
  }

  int whole(int place, int least, int most) {
    double number = any(place);
    if (number != StrictMath.rint(number) || number < least || number > most) {
      throw bad(place, "a whole number from " + least + " to " + most);
    }
    return (int) number;
  }

  double probability(int place) {
    double number = any(place);
    if (number < 0 || number > 1) {
      throw bad(place, "from 0 to 1");
    }
    return number;
  }

  double positive(int place) {
    double number = any(place);
    if (!(number > 0)) {
      throw bad(place, "above 0");
    }
    return number;
  }

  double any(int place) {
    try {
      double number = Double.parseDouble(given.get(place));
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw bad(place, "a number");
  }

  private IllegalArgumentException bad(int place, String expected) {
    return new IllegalArgumentException(
        "the formula is "
            + text
            + ", "
            + names.get(place)
            + " is "
            + given.get(place)
            + ", expected "
            + expected);
  }
}
