package io.sluice.domain.group;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an account's books and the venue's reports differ in and nobody has resolved: its cash, a
 * position, a kind of report that contradicted the books.
 */
final class OpenBreaks {
  /** A fill was booked as it is, because its price had no rate to the account's currency. */
  static final String RATE = "rate";

  private final Map<String, Set<String>> byAccount = new TreeMap<>();

  /** A difference in a thing; the same thing again is no second one. */
  void found(String account, String thing) {
    byAccount.computeIfAbsent(account, key -> new TreeSet<>()).add(thing);
  }

  /** A difference is gone. */
  void agrees(String account, String thing) {
    Set<String> things = byAccount.get(account);
    if (things != null && things.remove(thing) && things.isEmpty()) {
      byAccount.remove(account);
    }
  }

  /** All differences of an account are resolved. */
  void resolve(String account) {
    byAccount.remove(account);
  }

  boolean has(String account, String thing) {
    return byAccount.getOrDefault(account, Set.of()).contains(thing);
  }

  int count(String account) {
    Set<String> things = byAccount.get(account);
    return things == null ? 0 : things.size();
  }

  /** By account, sorted. */
  Map<String, Set<String>> all() {
    return byAccount;
  }
}
