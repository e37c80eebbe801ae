package io.sluice.domain.risk.rule;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.config.Account;
import io.sluice.domain.risk.Exposed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * R20: an account can pay for the order. A cash account buys with the cash that no working buy has
 * reserved, fees included, and sells only what it holds and has not offered; a margin account's
 * exposure stays within its equity times its leverage. An account whose books are not known answers
 * NOT_INITIALISED. A reduce-only order reduces.
 */
public final class BuyingPower extends Rule {
  public BuyingPower() {
    super("R20", "buying power");
  }

  @Override
  public Outcome check(Proposal proposal) {
    AccountBook book = proposal.book();
    if (!book.isInitialised()) {
      return refused(
          proposal,
          null,
          null,
          "NOT_INITIALISED: no position snapshot of the account has come yet");
    }
    if (proposal.group().aggregates().lacksRate(book.account().id())) {
      return permitted(
          proposal,
          proposal.openQty(),
          proposal.reducibleQty(),
          proposal.reducibleQty(),
          "a fill was booked without a rate, so the cash is not known: put it right with ADOPT");
    }
    if (proposal.multiplier() == null) {
      return refused(
          proposal,
          null,
          null,
          "the instrument is priced in "
              + proposal.instrument().quote()
              + " and the account counts in "
              + book.account().currency()
              + "; "
              + missingRate(proposal));
    }
    if (proposal.price() == null) {
      return refused(proposal, null, null, "the order has no price to be valued at");
    }
    if (proposal.isReduceOnly() && proposal.reducibleQty().compareTo(proposal.openQty()) < 0) {
      return permitted(
          proposal,
          proposal.openQty(),
          proposal.reducibleQty(),
          proposal.reducibleQty(),
          "a reduce-only order may only bring the position closer to flat, working orders counted");
    }
    if (book.account().kind() == Account.Kind.MARGIN) {
      return margin(proposal, book);
    }
    return proposal.side() == Side.BUY ? cash(proposal, book) : held(proposal);
  }

  private static String missingRate(Proposal proposal) {
    String quote = proposal.instrument().quote();
    String currency = proposal.book().account().currency();
    String by = proposal.group().rateInstrument(quote, currency);
    return by == null
        ? "there is no rate between them: add one to rates"
        : "no price of " + by + ", which says what the one is worth in the other, has come yet";
  }

  private Outcome cash(Proposal proposal, AccountBook book) {
    BigDecimal free =
        book.cash().subtract(book.reservedCash()).add(book.withFee(proposal.targetOpenValue()));
    BigDecimal cost = book.withFee(proposal.openValue());
    if (cost.compareTo(free) <= 0) {
      return pass(proposal, cost, free);
    }
    BigDecimal unitCost = book.withFee(proposal.valueOf(BigDecimal.ONE));
    BigDecimal affordable = proposal.quantityFor(free, unitCost);
    return permitted(
        proposal,
        cost,
        free,
        affordable,
        "the cost at the worst case, fee included, is above the free cash");
  }

  private Outcome held(Proposal proposal) {
    Holding holding = proposal.holding();
    BigDecimal free =
        holding == null
            ? BigDecimal.ZERO
            : holding.position().qty().subtract(holding.sellQty()).add(proposal.targetOpenQty());
    return permitted(
        proposal,
        proposal.openQty(),
        free,
        free.max(BigDecimal.ZERO),
        "a cash account sells only what it holds and has not offered");
  }

  private Outcome margin(Proposal proposal, AccountBook book) {
    Exposed exposed = proposal.exposed();
    BigDecimal capacity = book.equity().multiply(book.account().leverage()).max(BigDecimal.ZERO);
    BigDecimal others =
        proposal
            .group()
            .aggregates()
            .exposure(Scope.account(book.account().id()))
            .subtract(exposed.current());
    BigDecimal observed =
        others.add(exposed.towards().add(proposal.openValue()).max(BigDecimal.ZERO));
    BigDecimal room =
        observed.compareTo(capacity) <= 0
            ? proposal.openQty()
            : proposal
                .quantityFor(capacity.subtract(others).subtract(exposed.towards()))
                .max(proposal.reducibleQty());
    return permitted(
        proposal, observed, capacity, room, "the exposure would be above equity times leverage");
  }
}
