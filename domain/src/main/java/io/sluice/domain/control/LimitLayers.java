package io.sluice.domain.control;

import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The limits in force: what configuration sets and what commands set are two layers, and the
 * tighter of each counts. Of several commands for one limit at one scope the newest that is in
 * effect counts; when it expires the one before does. Of those that may only tighten the tightest
 * counts, so that none can undo what another has set or set ahead.
 */
public final class LimitLayers {
  /**
   * A command's limits at a scope, from one time to another.
   *
   * @param replaces whether they take the place of what commands set before, looser or not; else
   *     they only tighten it
   */
  public record CommandLimits(
      String commandId, Scope scope, LimitSet limits, long fromUs, long untilUs, boolean replaces)
      implements Timed {}

  private Map<Scope, LimitSet> configured = Map.of();
  private final List<CommandLimits> commands = new ArrayList<>();

  public void configure(Map<Scope, LimitSet> limits) {
    configured = limits;
  }

  public void add(CommandLimits command) {
    commands.add(command);
  }

  public List<CommandLimits> commands() {
    return Collections.unmodifiableList(commands);
  }

  /** Every scope of which something is said, in force or not, sorted. */
  public Set<Scope> scopes() {
    Set<Scope> scopes = new TreeSet<>(configured.keySet());
    commands.forEach(command -> scopes.add(command.scope()));
    return scopes;
  }

  /** The limits in force at a scope, the tighter of both layers. */
  public LimitSet inForce(Scope scope, long nowUs) {
    LimitSet both = LimitSet.EMPTY;
    for (LimitSet layer : eachInForce(scope, nowUs)) {
      both = both.tightenedBy(layer);
    }
    return both;
  }

  /** The limits that configuration and those that commands set at a scope. */
  public List<LimitSet> eachInForce(Scope scope, long nowUs) {
    LimitSet fromConfiguration = configured.getOrDefault(scope, LimitSet.EMPTY);
    Map<LimitKey, List<Limit>> fromCommands = new EnumMap<>(LimitKey.class);
    for (CommandLimits command : commands) {
      if (command.scope().equals(scope) && command.isInEffect(nowUs)) {
        command
            .limits()
            .limits()
            .forEach(
                (key, limit) ->
                    fromCommands.merge(
                        key,
                        limit,
                        (a, b) -> command.replaces() ? b : LimitSet.together(key, a, b)));
      }
    }
    return fromCommands.isEmpty()
        ? List.of(fromConfiguration)
        : List.of(fromConfiguration, new LimitSet(fromCommands));
  }

  /** Whether one of some limits binds at a scope now and until a time, as far as is said now. */
  public boolean bindUntil(long untilUs, Scope scope, Set<LimitKey> keys, long nowUs) {
    if (configured.getOrDefault(scope, LimitSet.EMPTY).bindsAny(keys)) {
      return true;
    }
    return commands.stream()
            .filter(command -> command.scope().equals(scope) && command.isInEffect(nowUs))
            .anyMatch(command -> command.untilUs() >= untilUs && command.limits().bindsAny(keys))
        && inForce(scope, nowUs).bindsAny(keys);
  }

  /** The next time after now at which a command starts or ends, or Long.MAX_VALUE. */
  public long nextChangeUs(long nowUs) {
    long next = Long.MAX_VALUE;
    for (CommandLimits command : commands) {
      if (command.fromUs() > nowUs) {
        next = Math.min(next, command.fromUs());
      } else if (command.untilUs() > nowUs) {
        next = Math.min(next, command.untilUs());
      }
    }
    return next;
  }

  /** The commands that have come into effect since a time at which they were known already. */
  public List<CommandLimits> begunSince(long thenUs, long nowUs) {
    return commands.isEmpty()
        ? List.of()
        : commands.stream()
            .filter(command -> thenUs < command.fromUs() && command.fromUs() <= nowUs)
            .toList();
  }

  /** Takes out the commands that have ended by now. */
  public List<CommandLimits> takeEnded(long nowUs) {
    if (commands.isEmpty()) {
      return List.of();
    }
    List<CommandLimits> ended =
        commands.stream().filter(command -> command.untilUs() <= nowUs).toList();
    commands.removeAll(ended);
    return ended;
  }
}
