package io.sluice.domain.risk;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.config.Exits;
import java.math.BigDecimal;
import java.util.function.Function;

/** What an account would lose if all its positions, working orders included, were stopped out. */
public final class LossAtStops {
  private LossAtStops() {}

  /**
   * Each position's exposure times the distance of its stop: as the order that opened it set it,
   * else as the profile says for the volatility now.
   *
   * @param sigmaDaily an instrument's daily volatility, or null where it is not known
   * @param except an instrument to leave out, or null
   * @return null where a stop is missing
   */
  public static BigDecimal of(
      AccountBook book, Exits exits, Function<String, Double> sigmaDaily, String except) {
    BigDecimal loss = BigDecimal.ZERO;
    for (Holding holding : book.holdings()) {
      if (holding.exposure().signum() == 0 || holding.instrument().equals(except)) {
        continue;
      }
      BigDecimal distance = holding.stopDistance();
      if (distance == null) {
        distance = exits.stopDistance(sigmaDaily.apply(holding.instrument()), null);
      }
      if (distance == null) {
        return null;
      }
      loss = loss.add(holding.exposure().multiply(distance));
    }
    return loss;
  }
}
