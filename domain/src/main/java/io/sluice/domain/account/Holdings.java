package io.sluice.domain.account;

import io.sluice.domain.config.Account;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What an account has and has at work, by instrument, and what that is worth. */
final class Holdings {
  private final boolean isMargin;
  private final Function<String, Holding> newHolding;
  private final Map<String, Holding> byInstrument = new HashMap<>();

  /** By instrument. Every order goes through them, and few are ever added. */
  private final List<Holding> sorted = new ArrayList<>();

  private final Total total = new Total();

  /**
   * @param newHolding makes an empty holding in an instrument
   */
  Holdings(Account account, Function<String, Holding> newHolding) {
    this.isMargin = account.kind() == Account.Kind.MARGIN;
    this.newHolding = newHolding;
  }

  /** Sorted by instrument. */
  Collection<Holding> all() {
    return Collections.unmodifiableList(sorted);
  }

  /** The holding in an instrument, or null where there never was one. */
  Holding get(String instrument) {
    return byInstrument.get(instrument);
  }

  /** The holding in an instrument, a new one where there never was one. */
  Holding in(String instrument) {
    Holding known = byInstrument.get(instrument);
    return known == null ? add(instrument) : known;
  }

  private Holding add(String instrument) {
    Holding holding = newHolding.apply(instrument).partOf(total);
    byInstrument.put(instrument, holding);
    sorted.add(holding);
    sorted.sort(Comparator.comparing(Holding::instrument));
    return holding;
  }

  /** What one adds to equity: its value for a cash account, its profit for a margin one. */
  BigDecimal worth(Holding holding) {
    return isMargin ? holding.unrealised() : holding.value();
  }

  /** What they add to equity. */
  BigDecimal worth() {
    BigDecimal worth = BigDecimal.ZERO;
    for (Holding holding : sorted) {
      worth = worth.add(worth(holding));
    }
    return worth;
  }

  BigDecimal unrealised() {
    BigDecimal unrealised = BigDecimal.ZERO;
    for (Holding holding : sorted) {
      unrealised = unrealised.add(holding.unrealised());
    }
    return unrealised;
  }

  BigDecimal exposure() {
    return total.exposure();
  }

  /** What works on the buying side. */
  BigDecimal buyValue() {
    return total.buys();
  }

  /** Whether a position has no price yet, so that what they are worth is a guess. */
  boolean hasUnpriced() {
    for (Holding holding : sorted) {
      if (holding.mark() == null && !holding.position().isFlat()) {
        return true;
      }
    }
    return false;
  }
}
