package io.sluice.scoring.training;

import io.sluice.domain.json.Sha256;
import io.sluice.domain.market.Regime;
import io.sluice.domain.scoring.training.TradePath;
import java.util.Arrays;
import java.util.List;

/**
 * What an instrument's features were, row by row, and what was traded.
 *
 * @param features names of the columns
 * @param descriptions what each feature is, in the same order; a schema's hash is over them
 * @param rows of the features, NaN where absent
 * @param regimes in which a row was, or null where it was not known
 * @param at of each row, the place of the last trade of the path that was known then
 * @param path every trade
 */
public record Dataset(
    List<String> features,
    List<String> descriptions,
    double[][] rows,
    Regime[] regimes,
    int[] at,
    TradePath path) {
  public Dataset {
    features = List.copyOf(features);
    descriptions = List.copyOf(descriptions);
  }

  /** The same for the same data, and for others another, all but surely. */
  public String fingerprint() {
    return Sha256.hex(
        String.join("\n", descriptions)
            + Arrays.deepHashCode(rows)
            + Arrays.toString(regimes)
            + Arrays.hashCode(at)
            + Arrays.hashCode(path.timesUs())
            + Arrays.hashCode(path.prices()));
  }

  /** The rows within a while before the newest trade; those before made their features warm. */
  public Dataset newest(long whileUs) {
    long[] times = path.timesUs();
    int from = 0;
    while (from < count() && timeUs(from) < times[times.length - 1] - whileUs) {
      from++;
    }
    return new Dataset(
        features,
        descriptions,
        Arrays.copyOfRange(rows, from, count()),
        Arrays.copyOfRange(regimes, from, count()),
        Arrays.copyOfRange(at, from, count()),
        path);
  }

  int count() {
    return rows.length;
  }

  long timeUs(int row) {
    return path.timesUs()[at[row]];
  }
}
