package io.sluice.domain.risk;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * A limit that was breached and still has its consequence.
 *
 * @param sinceUs gate time of the breach, epoch microseconds
 * @param untilUs gate time at which it ends by itself, or Long.MAX_VALUE where something else ends
 *     it
 * @param bound what was reached, in the limit's unit; null in a state that an earlier build wrote
 * @param rearms whether the loss is counted anew from where it ends
 */
public record Breach(
    Breaker breaker, long sinceUs, long untilUs, BigDecimal bound, boolean rearms) {

  public LimitKey key() {
    return breaker.key();
  }

  public Scope scope() {
    return breaker.scope();
  }

  /** What passes while it lasts. */
  public Consequence then() {
    return breaker.then();
  }

  /** What ends it. */
  public Release.Kind release() {
    return breaker.release();
  }

  /** Whether another breach of its limit adds nothing while this one lasts. */
  public boolean covers(Breaker other, long otherUntilUs) {
    return breaker.equals(other)
        || release() != Release.Kind.RECOVERED
            && then().compareTo(other.then()) >= 0
            && untilUs >= otherUntilUs;
  }

  public void write(JsonWriter json) {
    json.beginObject()
        .name("key")
        .value(key())
        .name("scope")
        .value(scope().toString())
        .name("then")
        .value(then());
    json.name("release")
        .value(release())
        .name("since_us")
        .value(sinceUs)
        .name("until_us")
        .value(untilUs);
    json.name("bound").value(bound).name("rearms").value(rearms).endObject();
  }
}
