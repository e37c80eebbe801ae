package io.sluice.domain.risk;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Order;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Delimited;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What an order would be: what its intent says, and for an amendment, where that says nothing, what
 * the order is that it amends. What could not be read is null.
 *
 * @param target for an amendment the order it amends, or null where there is none
 * @param qty the requested total, the filled part of an amended order included
 * @param filled of the amended order; 0 for a new one
 * @param openQty what is left to fill of the requested total
 */
record OrderTerms(
    Order target,
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    BigDecimal limitPrice,
    BigDecimal qty,
    BigDecimal filled,
    BigDecimal openQty) {

  /**
   * @param book the account's, or null for an unknown one
   */
  static OrderTerms of(Intent intent, AccountBook book) {
    boolean amends = intent.action() == Action.AMEND && intent.targetIntentId() != null;
    Order target = amends && book != null ? book.orders().get(intent.targetIntentId()) : null;
    return target == null ? ofNew(intent) : amended(target, intent);
  }

  private static OrderTerms ofNew(Intent intent) {
    return new OrderTerms(
        null,
        intent.side(),
        intent.orderType(),
        intent.timeInForce(),
        intent.limitPrice(),
        intent.qty(),
        BigDecimal.ZERO,
        open(intent.qty(), BigDecimal.ZERO));
  }

  private static OrderTerms amended(Order target, Intent intent) {
    BigDecimal qty = intent.qty() == null ? target.qty() : intent.qty();
    return new OrderTerms(
        target,
        target.side(),
        target.type(),
        target.timeInForce(),
        intent.limitPrice() == null ? target.limitPrice() : intent.limitPrice(),
        qty,
        target.filled(),
        open(qty, target.filled()));
  }

  private static BigDecimal open(BigDecimal qty, BigDecimal filled) {
    return qty == null ? null : qty.subtract(filled).max(BigDecimal.ZERO);
  }

  /** Whether side, type, quantity, and a limit order's price are known. */
  boolean areComplete() {
    return side != null
        && type != null
        && qty != null
        && qty.signum() > 0
        && (type == OrderType.MARKET || limitPrice != null);
  }

  /** The same for orders of a strategy with the same terms, as a hash. */
  String print(Intent intent, String instrument) {
    String text =
        new StringBuilder(160)
            .append(Delimited.text(intent.account()))
            .append('\n')
            .append(Delimited.text(intent.strategy()))
            .append('\n')
            .append(instrument)
            .append('\n')
            .append(side.name())
            .append('\n')
            .append(type.name())
            .append('\n')
            .append(Decimals.plain(qty))
            .append('\n')
            .append(limitPrice == null ? "" : Decimals.plain(limitPrice))
            .toString();
    return HexFormat.of().toHexDigits(Sha256.prefix(text.getBytes(StandardCharsets.UTF_8)));
  }
}
