package io.sluice.domain.risk;

import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import java.util.Comparator;

/** What latches by itself: a limit at a scope, with one consequence and one way to end it. */
public record Breaker(LimitKey key, Scope scope, Consequence then, Release.Kind release)
    implements Comparable<Breaker> {
  private static final Comparator<Breaker> ORDER =
      Comparator.comparing(Breaker::key)
          .thenComparing(Breaker::scope)
          .thenComparing(Breaker::then)
          .thenComparing(Breaker::release);

  @Override
  public int compareTo(Breaker other) {
    return ORDER.compare(this, other);
  }
}
