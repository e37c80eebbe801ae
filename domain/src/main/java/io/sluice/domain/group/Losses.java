package io.sluice.domain.group;

import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where equity stood, by scope, that losses are counted from: when the UTC day began, when each of
 * the last seven days began, and where a breaker was armed again.
 */
final class Losses {
  /** Today and the six days before it. */
  private static final int DAYS_BACK = 6;

  /** Where a breaker counts from, and the UTC day on which that was. */
  record Rearmed(BigDecimal equity, long utcDay) {}

  private final Map<Scope, BigDecimal> dayStart = new HashMap<>();
  private final Map<Scope, TreeMap<Long, BigDecimal>> dayStarts = new TreeMap<>();
  private final Map<Breaker, Rearmed> rearmed = new TreeMap<>();
  private final Map<Scope, Map<Long, SmoothedDrawdown>> smoothed = new TreeMap<>();
  private long version;

  /** Grows with every change of a day's start. */
  long version() {
    return version;
  }

  BigDecimal dayStart(Scope scope) {
    return dayStart.getOrDefault(scope, BigDecimal.ZERO);
  }

  /** Where equity stood six days before the day that began last, or as far back as is known. */
  BigDecimal weekStart(Scope scope) {
    TreeMap<Long, BigDecimal> starts = dayStarts.get(scope);
    return starts == null ? dayStart(scope) : starts.firstEntry().getValue();
  }

  Rearmed rearmed(Breaker breaker) {
    return rearmed.isEmpty() ? null : rearmed.get(breaker);
  }

  void rearm(Breaker breaker, BigDecimal equity, long utcDay) {
    rearmed.put(breaker, new Rearmed(equity, utcDay));
  }

  /** Equity moved by what is neither profit nor loss. */
  void shift(Scope scope, BigDecimal change) {
    version++;
    dayStart.merge(scope, change, BigDecimal::add);
    if (dayStarts.containsKey(scope)) {
      dayStarts.get(scope).replaceAll((day, equity) -> equity.add(change));
    }
    rearmed.replaceAll(
        (breaker, from) ->
            breaker.scope().equals(scope)
                ? new Rearmed(from.equity.add(change), from.utcDay)
                : from);
  }

  /** A scope's equity is known from here on. */
  void start(Scope scope, BigDecimal equity) {
    version++;
    dayStart.put(scope, equity);
    dayStarts.remove(scope);
  }

  /**
   * A UTC day begins; whatever day came before, equity has not moved since its last entry.
   *
   * @param before the day before it that had entries
   */
  void newDay(Map<Scope, BigDecimal> equity, long before, long day) {
    version++;
    equity.forEach(
        (scope, now) -> {
          TreeMap<Long, BigDecimal> starts =
              dayStarts.computeIfAbsent(scope, key -> new TreeMap<>());
          if (starts.isEmpty()) {
            starts.put(before, dayStart.getOrDefault(scope, now));
          }
          starts.put(before + 1, now);
          Long oldest = starts.floorKey(day - DAYS_BACK);
          if (oldest != null) {
            starts.headMap(oldest).clear();
          }
        });
    dayStart.putAll(equity);
    rearmed
        .entrySet()
        .removeIf(
            entry ->
                entry.getKey().key() == LimitKey.MAX_DAILY_LOSS
                    || entry.getValue().utcDay < day - DAYS_BACK);
  }

  /** A drawdown's average over a time constant, moved on to now. */
  double smoothed(Scope scope, long smoothingUs, double drawdown, long nowUs) {
    Map<Long, SmoothedDrawdown> ofScope = smoothed.computeIfAbsent(scope, key -> new TreeMap<>());
    SmoothedDrawdown known = ofScope.get(smoothingUs);
    SmoothedDrawdown next =
        known == null
            ? SmoothedDrawdown.from(drawdown, nowUs)
            : known.movedTo(drawdown, smoothingUs, nowUs);
    ofScope.put(smoothingUs, next);
    return next.average();
  }

  /** What is kept of scopes that are no more is forgotten. */
  void retain(Set<Scope> scopes) {
    dayStart.keySet().retainAll(scopes);
    dayStarts.keySet().retainAll(scopes);
    smoothed.keySet().retainAll(scopes);
    rearmed.keySet().removeIf(breaker -> !scopes.contains(breaker.scope()));
  }

  Map<Scope, BigDecimal> dayStarts() {
    return dayStart;
  }

  Map<Scope, TreeMap<Long, BigDecimal>> week() {
    return dayStarts;
  }

  Map<Breaker, Rearmed> rearmed() {
    return rearmed;
  }

  /** By scope, sorted, and time constant in microseconds. */
  Map<Scope, Map<Long, SmoothedDrawdown>> smoothed() {
    return smoothed;
  }
}
