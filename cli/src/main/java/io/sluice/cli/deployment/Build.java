package io.sluice.cli.deployment;

import io.sluice.domain.group.StateParts;
import io.sluice.domain.market.MarketParts;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.jobs.Uids;
import io.sluice.operators.state.StoredForms;
import io.sluice.sinks.clickhouse.Migration;
import java.util.Map;
import java.util.Set;

/**
 * A build of the job, as far as another one has to get on with it.
 *
 * @param jarSha256 of the job's jar, hex; null where it ran from a checkout
 * @param groupState the newest version of a risk group's state that it reads
 * @param marketState the newest version of an instrument's state that it reads
 * @param ruleSet the rules it has
 * @param schema the version of the archive's schema that it writes
 * @param serializers those of its own that stand in savepoints, with the newest form of a record
 *     that each reads; none where that is not known
 * @param operators the uids by which its operators find their state; none where that is not known
 */
public record Build(
    String jarSha256,
    int groupState,
    int marketState,
    int ruleSet,
    int schema,
    Map<String, Integer> serializers,
    Set<String> operators) {

  public Build {
    serializers = Map.copyOf(serializers);
    operators = Set.copyOf(operators);
  }

  /** This one. */
  static Build current(String jarSha256) {
    return new Build(
        jarSha256,
        StateParts.VERSION,
        MarketParts.VERSION,
        RuleSet.VERSION,
        Migration.all().size(),
        StoredForms.versions(),
        Uids.deployed());
  }
}
