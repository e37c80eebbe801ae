package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/** An estimate of the variance of one bar's log return, brought up to date bar by bar. */
interface BarVariance {
  void add(BarReturns bar);

  /** Variance of one bar's log return; NaN until enough bars have come. */
  double variance();

  /** How many bytes {@link #write} writes, the same at any time. */
  int size();

  void write(ByteBuffer to);

  /** Takes the place of its state by what was written by one with the same parameters. */
  void read(ByteBuffer from);
}
