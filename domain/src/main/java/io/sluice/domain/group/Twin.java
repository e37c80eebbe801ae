package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.rule.Validity;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.PaperTick;
import java.math.BigDecimal;

/**
 * The book that an account would have without the gate: on paper it trades all that was asked for,
 * past every limit, its own cash too. An order that is not valid, or that nobody could value, it
 * does not trade either.
 */
final class Twin {
  private AccountBook book;
  private BigDecimal peak;
  private BigDecimal deepestDrawdown = BigDecimal.ZERO;
  private RoundTrips roundTrips = RoundTrips.NONE;
  private RoundTrips gated = RoundTrips.NONE;

  Twin(AccountBook book) {
    this.book = book;
    this.peak = book.equity();
  }

  AccountBook book() {
    return book;
  }

  BigDecimal peak() {
    return peak;
  }

  BigDecimal deepestDrawdown() {
    return deepestDrawdown;
  }

  /** The same under another configuration. */
  void moveInto(AccountBook next) {
    book.moveInto(next);
    book = next;
  }

  /** The round trips of this book. */
  RoundTrips roundTrips() {
    return roundTrips;
  }

  /** Those of the account itself, since it has had a twin. */
  RoundTrips gated() {
    return gated;
  }

  /**
   * @param profit of a round trip of the account itself, or null
   */
  void gated(BigDecimal profit) {
    gated = gated.with(profit);
  }

  void restore(
      BigDecimal oldPeak, BigDecimal oldDeepest, RoundTrips oldRoundTrips, RoundTrips oldGated) {
    peak = oldPeak;
    deepestDrawdown = oldDeepest;
    roundTrips = oldRoundTrips;
    gated = oldGated;
  }

  /** A strategy has asked for something. */
  void asked(GroupState state, Proposal proposal, Ruling judged) {
    Intent intent = proposal.intent();
    if (intent.action() == Action.AMEND) {
      amend(state, intent);
    } else if (intent.action() == Action.NEW
        && isValid(judged)
        && proposal.isComplete()
        && proposal.price() != null) {
      // A cancelled order ends by its tick.
      book.orders()
          .place(Approval.order(proposal, proposal.qty(), intent.reduceOnly(), state.gateTimeUs));
      state.twins.touch(intent.account());
    }
  }

  private static boolean isValid(Ruling judged) {
    for (Outcome outcome : judged.outcomes()) {
      if (outcome.rule().equals(Validity.CODE)) {
        return outcome.result() == Outcome.Result.PASS;
      }
    }
    return false;
  }

  /** The gate may have refused the order that is amended, so its rules cannot say whether it is. */
  private void amend(GroupState state, Intent intent) {
    Order target =
        intent.targetIntentId() == null ? null : book.orders().get(intent.targetIntentId());
    if (target == null || target.terminal() || intent.defect() != null) {
      return;
    }
    BigDecimal qty = intent.qty() == null ? target.qty() : intent.qty();
    BigDecimal limit = intent.limitPrice() == null ? target.limitPrice() : intent.limitPrice();
    boolean isMarket = target.limitPrice() == null;
    if (qty.compareTo(target.done()) <= 0 || isMarket && intent.limitPrice() != null) {
      return;
    }
    Order.Amendment amendment =
        new Order.Amendment(
            intent.intentId(), qty, limit, isMarket ? target.price() : limit, target.reduceOnly());
    book.orders().replace(target, target.amended(amendment, state.gateTimeUs));
    state.twins.touch(intent.account());
  }

  void meet(GroupState state, PaperTick tick) {
    if (PaperExecution.meet(state, book, tick, fill -> book(state, fill))) {
      moved();
      state.twins.touch(tick.account());
    }
  }

  /** The market, or a rate, has moved; returns whether that is anything to this book. */
  boolean revalue(GroupState state, String instrument) {
    boolean any = false;
    for (Holding holding : MarkFold.valuedBy(state, instrument, book)) {
      any |= MarkFold.value(state, book, holding);
    }
    if (any) {
      moved();
    }
    return any;
  }

  private void moved() {
    if (book.equity().compareTo(peak) > 0) {
      peak = book.equity();
    } else if (peak.signum() > 0) {
      BigDecimal fallen = peak.subtract(book.equity());
      if (fallen.compareTo(deepestDrawdown.multiply(peak)) > 0) {
        deepestDrawdown = Decimals.divide(fallen, peak);
      }
    }
  }

  private void book(GroupState state, Fill fill) {
    roundTrips = roundTrips.with(book.book(fill, state.gateTimeUs));
  }

  /** Writes the numbers to compare as one object. */
  static void write(
      AccountBook book, BigDecimal deepestDrawdown, RoundTrips roundTrips, JsonWriter json) {
    BigDecimal pnl = book.equity().subtract(book.startEquity());
    json.beginObject().name("equity").value(book.equity()).name("pnl").value(pnl);
    json.name("return")
        .value(book.startEquity().signum() > 0 ? Decimals.divide(pnl, book.startEquity()) : null);
    json.name("max_drawdown").value(deepestDrawdown);
    json.name("round_trips").value(roundTrips.ended());
    json.name("win_rate").value(roundTrips.winRate()).endObject();
  }
}
