package io.sluice.domain.control;

import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.Section;
import io.sluice.domain.risk.limit.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The restricted list: instruments and assets in which positions may only be reduced. */
public final class Restrictions {
  private final Timetable<Restriction> timetable = new Timetable<>();
  private final Map<Target, List<Restriction>> byTarget = new HashMap<>();

  /** What is restricted. */
  public enum Kind {
    /** One instrument, by its id. */
    INSTRUMENT,
    /** Every instrument whose base is the asset. */
    ASSET
  }

  /** An instrument, or an asset wherever it is traded. */
  public record Target(Kind kind, String name) {
    @Override
    public String toString() {
      return (kind == Kind.INSTRUMENT ? "instrument " : "asset ") + name;
    }
  }

  /** What a command has restricted at a scope. */
  public record Restriction(String commandId, Scope scope, Target target, long fromUs, long untilUs)
      implements Timed {}

  /** What the body of a command names as {@code instruments} and {@code assets}, each once. */
  public static List<Target> targets(Section body) {
    body.allow("instruments", "assets");
    List<Target> targets = new ArrayList<>();
    body.texts("instruments").forEach(name -> targets.add(new Target(Kind.INSTRUMENT, name)));
    body.texts("assets").forEach(name -> targets.add(new Target(Kind.ASSET, name)));
    return targets.stream().distinct().toList();
  }

  public void add(Restriction restriction) {
    timetable.add(restriction);
    byTarget.computeIfAbsent(restriction.target(), key -> new ArrayList<>(1)).add(restriction);
  }

  public List<Restriction> all() {
    return timetable.all();
  }

  /** What restricts an instrument in any of the scopes now, or null. */
  public Restriction of(Instrument instrument, List<Scope> scopes, long nowUs) {
    if (byTarget.isEmpty()) {
      return null;
    }
    Restriction own = of(new Target(Kind.INSTRUMENT, instrument.id()), scopes, nowUs);
    return own != null ? own : of(new Target(Kind.ASSET, instrument.base()), scopes, nowUs);
  }

  private Restriction of(Target target, List<Scope> scopes, long nowUs) {
    for (Restriction restriction : byTarget.getOrDefault(target, List.of())) {
      if (restriction.isInEffect(nowUs) && scopes.contains(restriction.scope())) {
        return restriction;
      }
    }
    return null;
  }

  /** Takes the targets off the list of exactly this scope; returns what is restricted no longer. */
  public List<Restriction> lift(Scope scope, Collection<Target> targets) {
    return forgotten(
        timetable.take(
            restriction ->
                restriction.scope().equals(scope) && targets.contains(restriction.target())));
  }

  public List<Restriction> begunSince(long thenUs, long nowUs) {
    return timetable.begunSince(thenUs, nowUs);
  }

  public List<Restriction> takeEnded(long nowUs) {
    return forgotten(timetable.takeEnded(nowUs));
  }

  private List<Restriction> forgotten(List<Restriction> gone) {
    for (Restriction restriction : gone) {
      byTarget.computeIfPresent(
          restriction.target(),
          (target, restrictions) -> {
            restrictions.remove(restriction);
            return restrictions.isEmpty() ? null : restrictions;
          });
    }
    return gone;
  }

  public long nextChangeUs(long nowUs) {
    return timetable.nextChangeUs(nowUs);
  }
}
