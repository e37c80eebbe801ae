package io.sluice.benchmarks;

import java.util.List;
import org.ta4j.core.BarSeries;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.CCIIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.WilliamsRIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.indicators.volume.OnBalanceVolumeIndicator;
import org.ta4j.core.num.Num;

/** The indicators of ta4j that are compared with. */
final class Ta4jIndicators {
  private Ta4jIndicators() {}

  static List<Indicator<Num>> on(BarSeries series) {
    ClosePriceIndicator close = new ClosePriceIndicator(series);
    return List.of(
        new SMAIndicator(close, 20),
        new EMAIndicator(close, 20),
        new RSIIndicator(close, 14),
        new MACDIndicator(close, 12, 26),
        new StochasticOscillatorKIndicator(series, 14),
        new WilliamsRIndicator(series, 14),
        new CCIIndicator(series, 20),
        new ATRIndicator(series, 14),
        new ADXIndicator(series, 14),
        new BollingerBandsUpperIndicator(
            new BollingerBandsMiddleIndicator(new SMAIndicator(close, 20)),
            new StandardDeviationIndicator(close, 20)),
        new OnBalanceVolumeIndicator(series));
  }
}
