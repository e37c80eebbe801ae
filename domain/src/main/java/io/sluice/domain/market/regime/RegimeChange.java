package io.sluice.domain.market.regime;

import io.sluice.domain.market.Regime;

/**
 * An instrument came into a regime.
 *
 * @param from the regime before, or null where it was not known
 * @param to the regime now
 * @param timeUs the end of the bar that showed it, epoch microseconds
 * @param confidence from 0 to 1
 * @param sigmaDaily the daily volatility then, or null where it was not known
 */
public record RegimeChange(
    Regime from, Regime to, long timeUs, double confidence, Double sigmaDaily) {}
