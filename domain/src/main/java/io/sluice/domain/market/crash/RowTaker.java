package io.sluice.domain.market.crash;

/** Takes a price and its stamp. */
interface RowTaker {
  void take(long timeUs, double price);
}
