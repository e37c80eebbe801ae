package io.sluice.domain.group;

import io.sluice.domain.account.LatestMark;
import io.sluice.domain.account.StrategyValues;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.control.Restrictions;
import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.RestingOrder;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** What rules ask a group about scopes: sums, breaches, halts, marks. */
final class GroupAggregates implements Aggregates {
  private final GroupState state;

  GroupAggregates(GroupState state) {
    this.state = state;
  }

  @Override
  public BigDecimal exposure(Scope scope) {
    return scope.kind() == Scope.Kind.STRATEGY
        ? strategies(scope).exposure(scope.strategyOfAccount())
        : state.sums.exposure(scope);
  }

  private StrategyValues strategies(Scope strategy) {
    return state.books.get(strategy.accountOfStrategy()).strategyValues();
  }

  @Override
  public BigDecimal exposureIn(Scope scope, String instrument) {
    return scope.kind() == Scope.Kind.STRATEGY
        ? strategies(scope).exposure(scope.strategyOfAccount(), instrument)
        : state.sums.exposureIn(scope, instrument);
  }

  @Override
  public BigDecimal exposureInAsset(Scope scope, String asset) {
    BigDecimal exposure = BigDecimal.ZERO;
    for (Instrument instrument : state.configuration.instruments().values()) {
      if (instrument.base().equals(asset)) {
        exposure = exposure.add(state.sums.exposureIn(scope, instrument.id()));
      }
    }
    return exposure;
  }

  @Override
  public BigDecimal netTowards(Side side, Scope scope) {
    return scope.kind() == Scope.Kind.STRATEGY
        ? strategies(scope).netTowards(side, scope.strategyOfAccount())
        : state.sums.netTowards(side, scope);
  }

  @Override
  public BigDecimal netTowardsIn(Side side, Scope scope, String instrument) {
    return state.sums.netTowardsIn(side, scope, instrument);
  }

  @Override
  public Set<String> instrumentsOf(Scope scope) {
    return state.sums.instrumentsOf(scope);
  }

  @Override
  public RestingOrder restingAgainst(Side side, String instrument, BigDecimal limitPrice) {
    return state.resting.against(side, instrument, limitPrice);
  }

  @Override
  public int ordersAtWork(Scope scope) {
    return state.sums.ordersAtWork(scope);
  }

  @Override
  public BigDecimal unexecuted(Scope scope) {
    return state.sums.unexecuted(scope);
  }

  @Override
  public BigDecimal dailyLoss(Scope scope) {
    return state.sums.dailyLoss(scope);
  }

  @Override
  public BigDecimal weeklyLoss(Scope scope) {
    return state.sums.weeklyLoss(scope);
  }

  @Override
  public BigDecimal peakEquity(Scope scope) {
    return state.sums.peak(scope);
  }

  @Override
  public BigDecimal equity(Scope scope) {
    return state.sums.equity(scope);
  }

  @Override
  public BigDecimal drawdown(Scope scope) {
    return state.sums.drawdown(scope);
  }

  @Override
  public boolean isUnpriced(Scope scope) {
    return state.sums.isUnpriced(scope);
  }

  @Override
  public Breach breach(LimitKey key, Scope scope) {
    return state.breaches.get(key, scope);
  }

  @Override
  public Long lastBreachEndUs(Scope scope) {
    return state.breaches.lastEnds().get(scope);
  }

  @Override
  public String haltedBy(Scope scope) {
    return state.halts.haltedBy(scope, state.gateTimeUs);
  }

  @Override
  public String reducedBy(Scope scope) {
    return state.halts.reducedBy(scope, state.gateTimeUs);
  }

  @Override
  public Restrictions.Restriction restriction(Instrument instrument, List<Scope> scopes) {
    return state.restrictions.of(instrument, scopes, state.gateTimeUs);
  }

  @Override
  public Long markStampUs(String instrument) {
    LatestMark latest = state.marks.latest(instrument);
    return latest.isMissing() ? null : (Long) latest.stampUs();
  }

  @Override
  public LatestMark latestMark(String instrument) {
    return state.marks.latest(instrument);
  }

  @Override
  public BigDecimal markPrice(String instrument) {
    Mark mark = state.marks.get(instrument);
    return mark == null ? null : mark.last();
  }

  @Override
  public Double sigmaDaily(String instrument) {
    Mark mark = state.marks.get(instrument);
    return mark == null ? null : mark.sigmaDaily();
  }

  @Override
  public int openBreaks(String account) {
    return state.breaks.count(account);
  }

  @Override
  public boolean lacksRate(String account) {
    return state.breaks.has(account, OpenBreaks.RATE);
  }

  @Override
  public Long lastSignOfLifeUs(Scope who) {
    return state.signsOfLife.lastUs(who);
  }
}
