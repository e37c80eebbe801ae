package io.sluice.domain.group;

import io.sluice.domain.json.Decimals;

/**
 * An exponential average of a drawdown that stands still between two looks at it: a tick that is
 * gone at the next one counts for the time between them only.
 *
 * <p>average' = last + (average - last) e^(-dt / smoothing), at 12 decimals, so that what is stored
 * is what was computed.
 *
 * @param average the average at {@code atUs}
 * @param last the drawdown since then
 * @param atUs gate time, epoch microseconds
 */
record SmoothedDrawdown(double average, double last, long atUs) {
  static SmoothedDrawdown from(double drawdown, long nowUs) {
    double canonical = Decimals.canonical(drawdown);
    return new SmoothedDrawdown(canonical, canonical, nowUs);
  }

  SmoothedDrawdown movedTo(double drawdown, long smoothingUs, long nowUs) {
    double kept = StrictMath.exp(-(double) (nowUs - atUs) / smoothingUs);
    return new SmoothedDrawdown(
        Decimals.canonical(last + (average - last) * kept), Decimals.canonical(drawdown), nowUs);
  }
}
