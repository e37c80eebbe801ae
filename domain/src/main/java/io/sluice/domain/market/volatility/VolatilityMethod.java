package io.sluice.domain.market.volatility;

/** How the volatility of an instrument is estimated from its bars. */
public enum VolatilityMethod {
  /** Sample variance of the log returns of a window. */
  HISTORICAL,
  /** Exponentially weighted squares of log returns (RiskMetrics 1996). */
  EWMA,
  /** Mean square of the log returns of a window. */
  REALISED,
  /** Bipower variation of a window, which jumps hardly move (Barndorff-Nielsen, Shephard 2004). */
  BIPOWER,
  /** Range of high and low (Parkinson 1980). */
  PARKINSON,
  /** Range and body (Garman, Klass 1980). */
  GARMAN_KLASS,
  /** Range and body, whatever the drift (Rogers, Satchell 1991). */
  ROGERS_SATCHELL,
  /** Range, body and the gap from bar to bar, whatever the drift (Yang, Zhang 2000). */
  YANG_ZHANG,
  /** GARCH, fitted again at an interval (Bollerslev 1986). */
  GARCH
}
