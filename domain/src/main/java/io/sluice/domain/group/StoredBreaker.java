package io.sluice.domain.group;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Fields;

/** A breaker as it stands in parts of a stored state, among what is known of it. */
final class StoredBreaker {
  private StoredBreaker() {}

  /** Leaves the object open for what is known of the breaker. */
  static void begin(Breaker breaker, JsonWriter json) {
    json.beginObject().name("key").value(breaker.key()).name("scope");
    json.value(breaker.scope().toString()).name("then").value(breaker.then());
    json.name("release").value(breaker.release());
  }

  static Breaker read(Fields fields) throws UnreadableException {
    return new Breaker(
        fields.enumOf("key", LimitKey.class),
        Scope.parse(fields.text("scope")),
        fields.enumOf("then", Consequence.class),
        fields.enumOf("release", Release.Kind.class));
  }
}
