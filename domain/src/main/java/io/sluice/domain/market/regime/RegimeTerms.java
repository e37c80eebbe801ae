package io.sluice.domain.market.regime;

/**
 * By what the regime of an instrument is told.
 *
 * @param lowSigmaDaily the daily volatility below which a market is calm
 * @param volatileSigmaDaily the daily volatility above which it is volatile, where volume spikes
 * @param volumeSpike how many times the mean of the window a bar's volume has to be for a spike
 * @param trending the efficiency ratio from which a market trends, above {@code ranging}, at most 1
 * @param ranging the efficiency ratio below which it ranges, above 0
 * @param window the bars of the efficiency ratio and of the mean volume, 5 to 1,440
 * @param hysteresis by which part of a threshold a market has to be beyond it to leave a regime, 0
 *     to below 1
 * @param confirmBars how many bars in a row have to show another regime before it holds, 1 to 60; a
 *     crash and a volatile market hold at once
 */
public record RegimeTerms(
    double lowSigmaDaily,
    double volatileSigmaDaily,
    double volumeSpike,
    double trending,
    double ranging,
    int window,
    double hysteresis,
    int confirmBars) {
  public static final RegimeTerms DEFAULT = new RegimeTerms(0.01, 0.05, 2, 0.5, 0.1, 30, 0.2, 3);

  public RegimeTerms {
    require(lowSigmaDaily > 0 && lowSigmaDaily < 10, "low_sigma_daily", lowSigmaDaily, "above 0");
    require(
        volatileSigmaDaily > lowSigmaDaily && volatileSigmaDaily < 10,
        "volatile_sigma_daily",
        volatileSigmaDaily,
        "above low_sigma_daily");
    require(volumeSpike > 0 && volumeSpike < 1e6, "volume_spike", volumeSpike, "above 0");
    require(ranging > 0 && ranging < 1, "ranging", ranging, "above 0 and below 1");
    require(trending > ranging && trending <= 1, "trending", trending, "above ranging, at most 1");
    require(window >= 5 && window <= 1_440, "window", window, "from 5 to 1440");
    require(hysteresis >= 0 && hysteresis < 1, "hysteresis", hysteresis, "from 0 to below 1");
    require(confirmBars >= 1 && confirmBars <= 60, "confirm_bars", confirmBars, "from 1 to 60");
  }

  private static void require(boolean holds, String name, double value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
    }
  }
}
