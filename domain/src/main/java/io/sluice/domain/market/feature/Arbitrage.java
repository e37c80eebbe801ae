package io.sluice.domain.market.feature;

/**
 * An asset that is dearer elsewhere than here, the cheapest venue, by a bound or more.
 *
 * @param spread the price there over the price here, less 1
 * @param dearest the instrument there
 */
public record Arbitrage(double spread, String dearest) {}
