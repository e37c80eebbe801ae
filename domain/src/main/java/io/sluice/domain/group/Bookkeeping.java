package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.LatestMark;
import io.sluice.domain.account.Order;
import io.sluice.domain.account.Total;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.CurrencyRates.CurrencyRate;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.risk.NotFed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Makes accounts' books under the configuration in force: their terms, and what instruments are
 * worth in their currency.
 */
final class Bookkeeping {
  private final GroupState state;

  Bookkeeping(GroupState state) {
    this.state = state;
  }

  AccountBook newTwinBook(Account account) {
    return new AccountBook(
        account,
        state.configuration.execution().fee(),
        currency -> rate(currency, account.currency()),
        instrument -> newHolding(account, instrument, List.of()),
        (before, after, multiplier) -> {
          // No limit asks what an ungated book works with.
        });
  }

  /**
   * Books hold terms of the configuration (account, fee rate, multipliers), so they are made anew:
   * a state that goes on folding and one that is restored have the same.
   */
  void rebuild() {
    state.sums.forgetExposure();
    state.resting.clear();
    for (Map.Entry<String, AccountBook> entry : state.books.entrySet()) {
      AccountBook rebuilt = newBook(state.configuration.accounts().get(entry.getKey()));
      entry.getValue().moveInto(rebuilt);
      entry.setValue(rebuilt);
      state.touch(entry.getKey());
    }
    state.sums.rebuilt(state.books.values());
  }

  AccountBook newBook(Account account) {
    return new AccountBook(
        account,
        state.configuration.execution().fee(),
        currency -> rate(currency, account.currency()),
        instrument -> newHolding(account, instrument, state.sums.totalsOf(account, instrument)),
        (before, after, multiplier) -> working(account, before, after, multiplier));
  }

  private void working(Account account, Order before, Order after, BigDecimal multiplier) {
    state.sums.working(account, before, after, multiplier);
    if (state.configuration.rules().selfMatch() == NotFed.DENY) {
      state.resting.changed(account.id(), before, after);
    }
  }

  /** Without a rate to the account's currency it has no price, whatever the market says. */
  private Holding newHolding(Account account, String id, List<Total> totals) {
    Instrument instrument = state.configuration.instruments().get(id);
    BigDecimal multiplier = multiplier(id, account);
    LatestMark latest = state.marks.latest(id);
    if (multiplier == null) {
      return new Holding(id, instrument.multiplier(), totals, latest);
    }
    Holding holding = new Holding(id, multiplier, totals, latest);
    return latest.isMissing() ? holding : holding.markedAt(latest.mark().last());
  }

  /** As {@link #multiplier(Instrument, Account)}; 1 for an instrument that nobody lists. */
  BigDecimal multiplier(String instrument, Account account) {
    Instrument listed = state.configuration.instruments().get(instrument);
    return listed == null ? BigDecimal.ONE : multiplier(listed, account);
  }

  /** What a unit of a currency is worth in another one, or null where that is not known. */
  private BigDecimal rate(String currency, String in) {
    CurrencyRate rate = state.configuration.rates().of(currency, in);
    return rate == null
        ? null
        : rate.at(
            rate.instrument() == null ? null : state.aggregates().markPrice(rate.instrument()));
  }

  /** Money of the account per price unit and quantity; null without a rate. */
  BigDecimal multiplier(Instrument instrument, Account account) {
    if (instrument.quote().equals(account.currency())) {
      return instrument.multiplier();
    }
    BigDecimal rate = rate(instrument.quote(), account.currency());
    return rate == null ? null : instrument.multiplier().multiply(rate);
  }
}
