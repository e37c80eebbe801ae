package io.sluice.domain.market;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Execution;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.StrategyChoice;
import io.sluice.domain.market.crash.CrashRule;
import java.util.List;

/** The part of the configuration that the front works by. */
public final class FrontTerms {
  private final Configuration configuration;

  public FrontTerms(Configuration configuration) {
    this.configuration = configuration;
  }

  String groupOf(String account) {
    return configuration.groupOf(account);
  }

  /** The listed instrument, or null. */
  Instrument instrument(String id) {
    return configuration.instruments().get(id);
  }

  List<CrashRule> crashRules() {
    return configuration.crashRules();
  }

  boolean isPaper() {
    return configuration.execution().mode() == Execution.Mode.PAPER;
  }

  /** Whether time passes by itself, and not only with market data. */
  public boolean isWallClock() {
    return configuration.clock() == Configuration.ClockSource.WALL;
  }

  long latencyUs() {
    return configuration.execution().latencyUs();
  }

  List<StrategyChoice> strategies() {
    return configuration.strategies();
  }

  boolean isKnown(String account) {
    return configuration.accounts().containsKey(account);
  }
}
