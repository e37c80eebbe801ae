package io.sluice.domain.market.crash;

import io.sluice.domain.market.crash.TradeStream.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The contract's formula, word for word and slow. */
final class DropOracle {
  private final List<Row> rows = new ArrayList<>();
  private final List<CrashRule> rules;
  private final List<CrashRule> opened = new ArrayList<>();
  private final Long[] lastCandidateUs;
  private long largestUs = Long.MIN_VALUE;

  DropOracle(List<CrashRule> rules) {
    this.rules = rules;
    this.lastCandidateUs = new Long[rules.size()];
  }

  /** The rules whose drop the row reaches. */
  List<CrashRule> add(Row row) {
    rows.add(row);
    largestUs = Math.max(largestUs, row.timeUs());
    List<CrashRule> reached = new ArrayList<>();
    opened.clear();
    for (int rule = 0; rule < rules.size(); rule++) {
      BigDecimal bound =
          highest(rules.get(rule)).multiply(BigDecimal.ONE.subtract(rules.get(rule).drop()));
      if (row.price().compareTo(bound) <= 0) {
        reached.add(rules.get(rule));
        if (lastCandidateUs[rule] == null
            || largestUs - lastCandidateUs[rule] > rules.get(rule).windowMs() * 1_000) {
          opened.add(rules.get(rule));
        }
        lastCandidateUs[rule] = largestUs;
      }
    }
    return reached;
  }

  /** max{p_j : j <= i, t_i - w <= t_j <= t_i} for the newest row i. */
  BigDecimal highest(CrashRule rule) {
    Row newest = rows.get(rows.size() - 1);
    BigDecimal highest = newest.price();
    for (Row row : rows) {
      if (newest.timeUs() - rule.windowMs() * 1_000 <= row.timeUs()
          && row.timeUs() <= newest.timeUs()) {
        highest = highest.max(row.price());
      }
    }
    return highest;
  }

  /** The rules of which the newest row begins an episode. */
  List<CrashRule> opened() {
    return opened;
  }

  long largestUs() {
    return largestUs;
  }

  List<CrashRule> active() {
    List<CrashRule> active = new ArrayList<>();
    for (int rule = 0; rule < rules.size(); rule++) {
      if (lastCandidateUs[rule] != null
          && largestUs - lastCandidateUs[rule] <= rules.get(rule).windowMs() * 1_000) {
        active.add(rules.get(rule));
      }
    }
    return active;
  }
}
