package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The ungated twins of a group's accounts, where the configuration asks for them. */
final class Twins {
  private final Map<String, Twin> byAccount = new TreeMap<>();
  private boolean areWanted;
  private final Set<String> touched = new TreeSet<>();

  /** The twin of an account, or null. */
  Twin get(String account) {
    return areWanted ? byAccount.get(account) : null;
  }

  /** All there are, also those that nobody asks for any more. */
  Map<String, Twin> all() {
    return Collections.unmodifiableMap(byAccount);
  }

  /**
   * Another configuration is in force: twins go on under its terms, new accounts get one. Those
   * that nobody asks for stand still.
   *
   * @param newBook an empty book of an account
   */
  void configure(
      boolean wanted, Map<String, Account> accounts, Function<Account, AccountBook> newBook) {
    want(wanted);
    for (Account account : accounts.values()) {
      Twin twin = byAccount.get(account.id());
      if (twin != null) {
        twin.moveInto(newBook.apply(account));
        touch(account.id());
      } else if (wanted) {
        AccountBook book = newBook.apply(account);
        book.start(account.cash());
        byAccount.put(account.id(), new Twin(book));
        touch(account.id());
      }
    }
  }

  void want(boolean wanted) {
    areWanted = wanted;
  }

  void restore(String account, Twin twin) {
    byAccount.put(account, twin);
  }

  /**
   * @param roundTrip the profit of a round trip that an account itself has ended, or null
   */
  void gated(String account, BigDecimal roundTrip) {
    Twin twin = roundTrip == null ? null : get(account);
    if (twin != null) {
      twin.gated(roundTrip);
      touch(account);
    }
  }

  /** The market, or a rate, has moved. */
  void revalue(GroupState state, String instrument) {
    if (!areWanted) {
      return;
    }
    for (Map.Entry<String, Twin> entry : byAccount.entrySet()) {
      if (entry.getValue().revalue(state, instrument)) {
        touch(entry.getKey());
      }
    }
  }

  /** On paper an order that has ended is known no longer. */
  void forgetEndedOrders(long beforeUs) {
    for (Map.Entry<String, Twin> entry : byAccount.entrySet()) {
      if (entry.getValue().book().orders().forgetEndedBefore(beforeUs)) {
        touch(entry.getKey());
      }
    }
  }

  void touch(String account) {
    touched.add(account);
  }

  /** The accounts whose twins have changed since the last call, or are gone, sorted. */
  Set<String> takeTouched() {
    Set<String> taken = new TreeSet<>(touched);
    touched.clear();
    return taken;
  }
}
