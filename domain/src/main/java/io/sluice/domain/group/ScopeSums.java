package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Order;
import io.sluice.domain.account.Total;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sums over the accounts of a group by scope: exposure, orders at work, equity, its peak and where
 * it stood when the UTC day began. They are kept up to date with each change, in exact decimals, so
 * that they never drift from their parts. Only peaks and day starts have to be stored; the rest
 * follows from the books.
 */
final class ScopeSums {
  private final Map<Scope, Total> exposure = new HashMap<>();
  private final Map<Scope, Map<String, Total>> exposureIn = new HashMap<>();
  private final Map<Scope, Set<String>> instruments = new HashMap<>();
  private final Map<Scope, Work> work = new HashMap<>();
  private final Map<Scope, BigDecimal> equity = new HashMap<>();
  private final Map<Scope, BigDecimal> peak = new HashMap<>();
  private final Losses losses = new Losses();
  private final Map<Scope, BigDecimal> deepestDrawdown = new HashMap<>();
  private final Map<Scope, Set<String>> unpriced = new HashMap<>();
  private final FallOfEquity sinceDayStart = new FallOfEquity(BigDecimal::subtract);
  private final FallOfEquity sinceWeekStart = new FallOfEquity(BigDecimal::subtract);
  private final FallOfEquity sincePeak = new FallOfEquity(ScopeSums::fraction);

  /** The scopes whose equity an account is a part of, from the widest. */
  static List<Scope> scopesOf(Account account) {
    Scope own = Scope.account(account.id());
    return account.desk() == null
        ? List.of(Scope.FIRM, own)
        : List.of(Scope.FIRM, Scope.desk(account.desk()), own);
  }

  /** The exposure sums that an account's holding in an instrument is a part of. */
  List<Total> totalsOf(Account account, String instrument) {
    List<Total> totals = new ArrayList<>();
    for (Scope scope : scopesOf(account)) {
      totals.add(exposure.computeIfAbsent(scope, key -> new Total()));
      totals.add(
          exposureIn
              .computeIfAbsent(scope, key -> new HashMap<>())
              .computeIfAbsent(instrument, key -> new Total()));
      instruments.computeIfAbsent(scope, key -> new TreeSet<>()).add(instrument);
    }
    totals.add(exposure.computeIfAbsent(Scope.instrument(instrument), key -> new Total()));
    totals.add(
        exposure.computeIfAbsent(Scope.venue(Instrument.venueOf(instrument)), key -> new Total()));
    return List.copyOf(totals);
  }

  /** Orders at work in a scope, and what is unexecuted of them. */
  private record Work(int orders, BigDecimal value) {
    static final Work NONE = new Work(0, BigDecimal.ZERO);
  }

  /** What works of an account's orders has changed; a scope without any is forgotten. */
  void working(Account account, Order before, Order after, BigDecimal multiplier) {
    Order order = after == null ? before : after;
    int orders = (after == null ? 0 : 1) - (before == null ? 0 : 1);
    BigDecimal value = valueOf(after).subtract(valueOf(before)).multiply(multiplier);
    for (Scope scope : scopesOf(account)) {
      working(scope, orders, value);
    }
    if (order.strategy() != null) {
      // The gate's own orders are no strategy's.
      working(Scope.strategy(account.id(), order.strategy()), orders, value);
    }
    working(Scope.instrument(order.instrument()), orders, value);
    working(Scope.venue(Instrument.venueOf(order.instrument())), orders, value);
  }

  private static BigDecimal valueOf(Order order) {
    return order == null ? BigDecimal.ZERO : order.openValue();
  }

  private void working(Scope scope, int orders, BigDecimal value) {
    work.compute(
        scope,
        (key, before) -> {
          Work was = before == null ? Work.NONE : before;
          Work now = new Work(was.orders + orders, was.value.add(value));
          return now.orders == 0 ? null : now;
        });
  }

  int ordersAtWork(Scope scope) {
    return work.getOrDefault(scope, Work.NONE).orders;
  }

  BigDecimal unexecuted(Scope scope) {
    return work.getOrDefault(scope, Work.NONE).value;
  }

  BigDecimal exposure(Scope scope) {
    Total total = exposure.get(scope);
    return total == null ? BigDecimal.ZERO : total.exposure();
  }

  BigDecimal netTowards(Side side, Scope scope) {
    Total total = exposure.get(scope);
    return total == null ? BigDecimal.ZERO : total.sideValue(side);
  }

  /** For an instrument's or venue's scope the firm's exposure in the instrument. */
  BigDecimal exposureIn(Scope scope, String instrument) {
    boolean isOfAccounts = scope.kind().compareTo(Scope.Kind.ACCOUNT) <= 0;
    Total total =
        exposureIn.getOrDefault(isOfAccounts ? scope : Scope.FIRM, Map.of()).get(instrument);
    return total == null ? BigDecimal.ZERO : total.exposure();
  }

  BigDecimal netTowardsIn(Side side, Scope scope, String instrument) {
    Total total = exposureIn.getOrDefault(scope, Map.of()).get(instrument);
    return total == null ? BigDecimal.ZERO : total.sideValue(side);
  }

  Set<String> instrumentsOf(Scope scope) {
    return Collections.unmodifiableSet(instruments.getOrDefault(scope, Set.of()));
  }

  BigDecimal equity(Scope scope) {
    return equity.getOrDefault(scope, BigDecimal.ZERO);
  }

  BigDecimal peak(Scope scope) {
    return peak.getOrDefault(scope, BigDecimal.ZERO);
  }

  BigDecimal dailyLoss(Scope scope) {
    return sinceDayStart.of(scope, losses.dayStart(scope), equity(scope));
  }

  BigDecimal weeklyLoss(Scope scope) {
    return sinceWeekStart.of(scope, losses.weekStart(scope), equity(scope));
  }

  BigDecimal drawdown(Scope scope) {
    BigDecimal highest = peak(scope);
    return highest.signum() <= 0 ? null : sincePeak.of(scope, highest, equity(scope));
  }

  private static BigDecimal fraction(BigDecimal highest, BigDecimal now) {
    BigDecimal fallen = highest.subtract(now);
    return fallen.signum() == 0 ? BigDecimal.ZERO : Decimals.divide(fallen, highest);
  }

  Losses losses() {
    return losses;
  }

  BigDecimal deepestDrawdown(Scope scope) {
    return deepestDrawdown.getOrDefault(scope, BigDecimal.ZERO);
  }

  boolean isUnpriced(Scope scope) {
    return unpriced.containsKey(scope);
  }

  /** The equity of accounts has moved by profit or loss. */
  void moved(List<AccountBook> books) {
    Set<Scope> scopes = new LinkedHashSet<>();
    books.forEach(book -> scopes.addAll(put(book)));
    for (Scope scope : scopes) {
      if (!isUnpriced(scope)) {
        movePeak(scope);
      }
    }
  }

  private void movePeak(Scope scope) {
    BigDecimal now = equity(scope);
    BigDecimal highest = peak.get(scope);
    if (highest == null || now.compareTo(highest) > 0) {
      peak.put(scope, now);
    } else if (highest.signum() > 0) {
      BigDecimal fallen = highest.subtract(now);
      BigDecimal deepest = deepestDrawdown.getOrDefault(scope, BigDecimal.ZERO);
      if (fallen.compareTo(deepest.multiply(highest)) > 0) {
        deepestDrawdown.put(scope, Decimals.divide(fallen, highest));
      }
    }
  }

  /** An account's books have started or been set: the change is neither profit nor loss. */
  void rebased(AccountBook book) {
    BigDecimal before = equity(Scope.account(book.account().id()));
    BigDecimal change = book.equity().subtract(before);
    put(book).forEach(scope -> shift(scope, change));
    Scope own = Scope.account(book.account().id());
    peak.put(own, book.equity());
    losses.start(own, book.equity());
  }

  /** An account's positions got their first value: the change is neither profit nor loss. */
  void revalued(AccountBook book) {
    BigDecimal before = equity(Scope.account(book.account().id()));
    BigDecimal change = book.equity().subtract(before);
    put(book).forEach(scope -> shift(scope, change));
  }

  private void shift(Scope scope, BigDecimal change) {
    peak.merge(scope, change, BigDecimal::add);
    losses.shift(scope, change);
  }

  /** Exposure starts over: the books are about to be made anew. */
  void forgetExposure() {
    exposure.clear();
    exposureIn.clear();
    instruments.clear();
    work.clear();
  }

  /**
   * The books have been made anew under another configuration: what a scope's equity moved by, as
   * where an account changed its desk, is neither profit nor loss.
   */
  void rebuilt(Collection<AccountBook> books) {
    Map<Scope, BigDecimal> before = new HashMap<>(equity);
    equity.clear();
    unpriced.clear();
    sinceDayStart.forget();
    sinceWeekStart.forget();
    sincePeak.forget();
    books.forEach(this::put);
    equity.forEach(
        (scope, now) -> {
          BigDecimal change = now.subtract(before.getOrDefault(scope, BigDecimal.ZERO));
          if (change.signum() != 0) {
            shift(scope, change);
          }
        });
    for (Map<Scope, BigDecimal> sums : stored()) {
      sums.keySet().retainAll(equity.keySet());
    }
    losses.retain(equity.keySet());
  }

  /** A new UTC day: a day's losses are counted from here. */
  void newDay(long before, long day) {
    losses.newDay(equity, before, day);
  }

  /** The loss that a breaker counts is counted from the scope's equity now. */
  void rearm(Breaker breaker, long utcDay) {
    losses.rearm(breaker, equity(breaker.scope()), utcDay);
  }

  /** The drawdown of a scope is counted from its equity now. */
  void resetPeak(Scope scope) {
    peak.put(scope, equity(scope));
  }

  private List<Scope> put(AccountBook book) {
    List<Scope> scopes = scopesOf(book.account());
    Scope own = Scope.account(book.account().id());
    BigDecimal change = book.equity().subtract(equity(own));
    boolean isUnpriced = book.hasUnpricedPosition();
    for (Scope scope : scopes) {
      equity.merge(scope, change, BigDecimal::add);
      if (isUnpriced) {
        unpriced.computeIfAbsent(scope, key -> new HashSet<>()).add(book.account().id());
      } else if (isUnpriced(scope)) {
        isPriced(scope, book.account().id());
      }
    }
    return scopes;
  }

  private void isPriced(Scope scope, String account) {
    Set<String> accounts = unpriced.get(scope);
    accounts.remove(account);
    if (accounts.isEmpty()) {
      unpriced.remove(scope);
    }
  }

  /** Peaks, day starts and deepest drawdowns, by scope, to store. */
  List<Map<Scope, BigDecimal>> stored() {
    return List.of(peak, losses.dayStarts(), deepestDrawdown);
  }

  /** The books are as they were stored: equity follows, peaks and day starts come from storage. */
  void restoreEquity(AccountBook book) {
    put(book);
  }
}
