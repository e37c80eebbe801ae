package io.sluice.domain.risk;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;

/**
 * A limit that was breached and still has its consequence.
 *
 * @param then what passes while it lasts
 * @param release what ends it
 * @param sinceUs gate time of the breach, epoch microseconds
 * @param untilUs gate time at which it ends by itself, or Long.MAX_VALUE where only a person ends
 *     it
 */
public record Breach(
    LimitKey key, Scope scope, Consequence then, Release.Kind release, long sinceUs, long untilUs) {
  public void write(JsonWriter json) {
    json.beginObject()
        .name("key")
        .value(key)
        .name("scope")
        .value(scope.toString())
        .name("then")
        .value(then);
    json.name("release")
        .value(release)
        .name("since_us")
        .value(sinceUs)
        .name("until_us")
        .value(untilUs)
        .endObject();
  }
}
