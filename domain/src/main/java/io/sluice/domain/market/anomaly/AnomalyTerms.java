package io.sluice.domain.market.anomaly;

/**
 * What counts as an anomaly of an instrument's bars.
 *
 * @param length the bars of a shape, 8 to 256
 * @param history how many bars shapes are looked for in, at least four times the length, at most
 *     2,048
 * @param discordScore from how many standard deviations above the mean distance of the history a
 *     shape that is farther from all before it than any other is an anomaly, above 0
 * @param motifCorrelation from which correlation two shapes are the same, above 0 and below 1
 * @param motifMatches how many earlier shapes it takes, at least 1
 * @param forwardBars how many bars after an earlier shape its return is told, from 1 to the length
 */
public record AnomalyTerms(
    int length,
    int history,
    double discordScore,
    double motifCorrelation,
    int motifMatches,
    int forwardBars) {
  public static final AnomalyTerms DEFAULT = new AnomalyTerms(32, 512, 4, 0.95, 3, 16);

  public AnomalyTerms {
    require(length >= 8 && length <= 256, "length", length, "from 8 to 256");
    require(
        history >= 4 * length && history <= 2_048,
        "history",
        history,
        "from four times the length to 2048");
    require(discordScore > 0 && discordScore < 100, "discord_score", discordScore, "above 0");
    require(
        motifCorrelation > 0 && motifCorrelation < 1,
        "motif_correlation",
        motifCorrelation,
        "above 0 and below 1");
    require(motifMatches >= 1, "motif_matches", motifMatches, "at least 1");
    require(
        forwardBars >= 1 && forwardBars <= length,
        "forward_bars",
        forwardBars,
        "from 1 to the length");
  }

  private static void require(boolean holds, String name, double value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
    }
  }
}
