package io.sluice.operators;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.PortfolioRisk;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the gate tells of accounts. Reporters read in threads of their own, so they get figures that
 * the gate's thread took, at most once a second.
 */
final class AccountMetrics {
  /** Of more accounts nothing is told: each is a handful of series. */
  static final int MOST_ACCOUNTS = 1_000;

  private static final long EVERY_NANOS = 1_000_000_000L;

  private final MetricGroup metrics;
  private final Map<String, Long> takenNanos = new HashMap<>();
  private final Map<String, Latest> accounts = new HashMap<>();

  private record Figures(
      double equity, double drawdown, double portfolioRisk, double winRate, double sharpeRatio) {}

  private static final class Latest {
    private volatile Figures figures;
  }

  AccountMetrics(MetricGroup metrics) {
    this.metrics = metrics;
  }

  /** An entry was folded: where the group's figures are older than a second they are taken anew. */
  void folded(GroupState state, long nowNanos) {
    Long taken = takenNanos.get(state.group());
    if (taken != null && nowNanos - taken < EVERY_NANOS) {
      return;
    }
    takenNanos.put(state.group(), nowNanos);
    for (AccountBook book : state.books().values()) {
      String account = book.account().id();
      Latest latest = accounts.get(account);
      if (latest == null && accounts.size() < MOST_ACCOUNTS) {
        latest = new Latest();
        latest.figures = figures(state, book);
        accounts.put(account, latest);
        register(state.group(), account, latest);
      } else if (latest != null) {
        latest.figures = figures(state, book);
      }
    }
  }

  private static Figures figures(GroupState state, AccountBook book) {
    double peak = state.aggregates().peakEquity(Scope.account(book.account().id())).doubleValue();
    BigDecimal equity = book.equity();
    return new Figures(
        equity.doubleValue(),
        peak > 0 ? (peak - equity.doubleValue()) / peak : 0,
        PortfolioRisk.of(book, state.aggregates()::sigmaDaily),
        book.trackRecord().winRate(),
        book.trackRecord().sharpeRatio());
  }

  private void register(String group, String account, Latest latest) {
    MetricGroup labelled = metrics.addGroup("group", group).addGroup("account", account);
    gauge(labelled, "equity", latest, Figures::equity);
    gauge(labelled, "drawdown", latest, Figures::drawdown);
    gauge(labelled, "portfolioRisk", latest, Figures::portfolioRisk);
    gauge(labelled, "winRate", latest, Figures::winRate);
    gauge(labelled, "sharpeRatio", latest, Figures::sharpeRatio);
  }

  private static void gauge(
      MetricGroup labelled, String name, Latest latest, ToDoubleFunction<Figures> figure) {
    labelled.gauge(name, () -> figure.applyAsDouble(latest.figures));
  }
}
