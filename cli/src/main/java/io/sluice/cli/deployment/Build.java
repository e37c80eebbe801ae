package io.sluice.cli.deployment;

import io.sluice.domain.group.StateParts;
import io.sluice.domain.market.MarketParts;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.sinks.clickhouse.Migration;

/**
 * A build of the job, as far as another one has to get on with it.
 *
 * @param jarSha256 of the job's jar, hex; null where it ran from a checkout
 * @param groupState the newest version of a risk group's state that it reads
 * @param marketState the newest version of an instrument's state that it reads
 * @param ruleSet the rules it has
 * @param schema the version of the archive's schema that it writes
 */
public record Build(String jarSha256, int groupState, int marketState, int ruleSet, int schema) {

  /** This one. */
  static Build current(String jarSha256) {
    return new Build(
        jarSha256,
        StateParts.VERSION,
        MarketParts.VERSION,
        RuleSet.VERSION,
        Migration.all().size());
  }
}
