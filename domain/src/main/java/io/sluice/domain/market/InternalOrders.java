package io.sluice.domain.market;

import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.config.StrategyChoice;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.scoring.Score;
import io.sluice.domain.strategy.Strategy;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.Signal;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.Map;

/** The market orders that strategies and models inside the front wish for. */
final class InternalOrders {
  /** The value of an order, in the quote currency. */
  private static final BigDecimal VALUE = new BigDecimal("600");

  private final String id;
  private final Instrument instrument;

  /**
   * @param instrument null where it is not listed: then nobody wishes
   */
  InternalOrders(String id, Instrument instrument) {
    this.id = id;
    this.instrument = instrument;
  }

  /**
   * @param place names the trade that the strategy acts on
   * @param last the price of the newest trade says how much makes the value
   * @param timeUs of the intent, epoch microseconds
   */
  Intent of(StrategyChoice choice, Strategy.Signal signal, String place, Trade last, long timeUs) {
    return new Intent(
        Intent.INTERNAL_PREFIX + choice.name() + ":" + id + ":" + place,
        Action.NEW,
        null,
        choice.account(),
        choice.name(),
        id,
        signal.side(),
        OrderType.MARKET,
        qty(last),
        null,
        TimeInForce.IOC,
        false,
        Decimals.canonical(signal.confidence()),
        null,
        timeUs,
        null);
  }

  /**
   * @param contributions of features to the score
   */
  Intent of(
      ModelChoice choice, Score score, Map<String, Double> contributions, Trade last, long timeUs) {
    double ofOrder = score.side() == Side.BUY ? score.expectedReturn() : -score.expectedReturn();
    Double drift = Decimals.canonical(score.drift());
    contributions.replaceAll((feature, part) -> Decimals.canonical(part));
    return new Intent(
        Intent.INTERNAL_PREFIX + choice.name() + ":" + id + ":" + score.eventTimeUs(),
        Action.NEW,
        null,
        choice.account(),
        choice.name(),
        id,
        score.side(),
        OrderType.MARKET,
        qty(last),
        null,
        TimeInForce.IOC,
        false,
        Decimals.canonical(score.confidence()),
        Decimals.canonical(ofOrder),
        new Signal(null, null, Map.of(), drift, contributions),
        timeUs,
        choice.name(),
        score.version(),
        score.eventTimeUs(),
        null);
  }

  private BigDecimal qty(Trade last) {
    BigDecimal qty =
        Decimals.floorTo(
            Decimals.divide(VALUE, last.price().multiply(instrument.multiplier())),
            instrument.lot());
    return qty.max(instrument.minQty());
  }
}
