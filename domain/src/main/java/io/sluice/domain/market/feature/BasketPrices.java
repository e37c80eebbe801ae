package io.sluice.domain.market.feature;

import io.sluice.domain.market.state.StateTape;
import java.util.Arrays;
import java.util.List;

/** The last prices of a basket's members. */
final class BasketPrices {
  private final List<String> members;
  private final double[] prices;

  BasketPrices(List<String> members) {
    this.members = List.copyOf(members);
    this.prices = new double[members.size()];
    Arrays.fill(prices, Double.NaN);
  }

  void trade(String instrument, double price) {
    int place = members.indexOf(instrument);
    if (place >= 0) {
      prices[place] = price;
    }
  }

  /** The mean of the logarithms; NaN until all members have a price. */
  double level() {
    double sum = 0;
    for (double price : prices) {
      sum += StrictMath.log(price);
    }
    return prices.length == 0 ? Double.NaN : sum / prices.length;
  }

  /** What it is stored under: another basket begins anew. */
  String key() {
    return "basket " + members;
  }

  void state(StateTape tape) {
    tape.numbers(prices);
  }
}
