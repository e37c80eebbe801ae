package io.sluice.domain.control;

import java.math.BigDecimal;
import java.util.Map;

/**
 * All parameters as they are in force. A forgotten id has to be too old to pass, and a fill is
 * known for as long as an intent: where times would contradict that, the windows are widened.
 */
public record Parameters(
    BigDecimal marketWorstCase,
    long idWindowUs,
    long fillWindowUs,
    long maxClockSkewUs,
    long validForUs) {

  static Parameters of(Map<Parameter, BigDecimal> values) {
    long skewUs = values.get(Parameter.MAX_CLOCK_SKEW).longValueExact();
    long idWindowUs =
        Math.max(values.get(Parameter.ID_WINDOW).longValueExact(), shortestIdWindowUs(skewUs));
    return new Parameters(
        values.get(Parameter.MARKET_WORST_CASE),
        idWindowUs,
        Math.max(values.get(Parameter.FILL_WINDOW).longValueExact(), idWindowUs),
        skewUs,
        values.get(Parameter.VALID_FOR).longValueExact());
  }

  static long shortestIdWindowUs(long skewUs) {
    return 2 * skewUs + 1;
  }
}
