package io.sluice.scoring.training;

import java.util.Locale;

/**
 * The search that a model's parameters came out of. Losses are log losses above that of the share
 * of up, means over the folds: below 0 a model knows something.
 *
 * @param count parameters that were tried
 * @param stopped of them those that were given up before the last fold
 * @param folds by which they were judged
 * @param usual loss of the parameters that the search began with
 * @param best loss of those that were chosen
 */
public record Trials(int count, int stopped, int folds, double usual, double best) {
  String text() {
    return String.format(
        Locale.ROOT,
        "Its parameters are the best of %d tried (%d of them stopped early), by the log loss in %d purged"
            + " folds of the rows before the test: %+.4f beside the share of up, those the search began"
            + " with %+.4f. The more are tried, the better the best looks there by chance; the rows it is"
            + " judged by here took no part in it.",
        count,
        stopped,
        folds,
        best,
        usual);
  }
}
