package io.sluice.domain.control;

import io.sluice.domain.risk.userrule.UserRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The user rules in force: those of the configuration, and in the place of the one of a name what
 * commands say of it while they are in effect, the newest of them. What a command may only tighten
 * stands beside what has the name.
 */
public final class UserRuleLayers {
  /** How many commands may say something at a time: what they say is asked of every order. */
  public static final int MOST = 100;

  /**
   * What a command says of a user rule, from one time to another.
   *
   * @param rule null where the command takes the rule away
   * @param replaces whether it takes the place of what has the name; else it stands beside it
   */
  public record NamedRule(
      String commandId, String name, UserRule rule, long fromUs, long untilUs, boolean replaces)
      implements Timed {
    private boolean isForGood() {
      return replaces && untilUs == Long.MAX_VALUE;
    }
  }

  private List<UserRule> configured = List.of();
  private final Timetable<NamedRule> commands = new Timetable<>();
  private boolean hasChanged;

  /**
   * Puts a configuration's rules in place of those before. A rule that a command took away stays
   * away until the configuration says another one of the name.
   */
  public void configure(List<UserRule> next) {
    take(
        said ->
            said.rule() == null
                && !Objects.equals(named(said.name(), configured), named(said.name(), next)));
    configured = List.copyOf(next);
  }

  private static UserRule named(String name, List<UserRule> rules) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst().orElse(null);
  }

  /** Adds what a command says, and forgets what is over for good with it. */
  public void add(NamedRule said, long nowUs) {
    commands.add(said);
    hasChanged = true;
    if (said.isInEffect(nowUs)) {
      settle(said);
    }
  }

  /** As it was stored. */
  public void restore(NamedRule said) {
    commands.add(said);
  }

  private void settle(NamedRule last) {
    if (!last.isForGood()) {
      return;
    }
    List<NamedRule> all = commands.all();
    List<NamedRule> replaced =
        all.subList(0, all.indexOf(last)).stream()
            .filter(said -> said.name().equals(last.name()))
            .toList();
    boolean isOfNothing = last.rule() == null && named(last.name(), configured) == null;
    take(said -> replaced.contains(said) || isOfNothing && said.equals(last));
  }

  private List<NamedRule> take(Predicate<NamedRule> gone) {
    List<NamedRule> taken = commands.take(gone);
    hasChanged |= !taken.isEmpty();
    return taken;
  }

  /** What commands say, in their order. */
  public List<NamedRule> commands() {
    return commands.all();
  }

  /** Whether the configuration or a command has a rule of the name, in force or to come. */
  public boolean isKnown(String name) {
    return named(name, configured) != null
        || commands.all().stream().anyMatch(said -> said.rule() != null && isOf(name, said));
  }

  private static boolean isOf(String name, NamedRule said) {
    return said.name().equals(name);
  }

  /** The names that {@link #isKnown} knows, sorted. */
  public List<String> names() {
    return Stream.concat(
            configured.stream().map(UserRule::name),
            commands.all().stream().filter(said -> said.rule() != null).map(NamedRule::name))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether the configuration has a rule that holds orders back, of which no command speaks. */
  public boolean alwaysHoldsBack() {
    return configured.stream()
        .filter(rule -> rule.then() != UserRule.Action.ALERT)
        .anyMatch(rule -> commands.all().stream().noneMatch(said -> isOf(rule.name(), said)));
  }

  /** The rules in force, the configuration's first. */
  public List<UserRule> inForce(long nowUs) {
    Map<String, List<UserRule>> byName = new LinkedHashMap<>();
    configured.forEach(rule -> byName.put(rule.name(), List.of(rule)));
    for (NamedRule said : commands.inEffect(nowUs)) {
      List<UserRule> rules = said.rule() == null ? List.of() : List.of(said.rule());
      byName.merge(
          said.name(),
          rules,
          (before, now) ->
              said.replaces() ? now : Stream.concat(before.stream(), now.stream()).toList());
    }
    return byName.values().stream().flatMap(List::stream).toList();
  }

  /** What has come into effect since a time at which it was known already. */
  public List<NamedRule> begunSince(long thenUs, long nowUs) {
    List<NamedRule> begun = commands.begunSince(thenUs, nowUs);
    for (NamedRule said : begun) {
      if (said.isInEffect(nowUs)) {
        settle(said);
      }
    }
    return begun;
  }

  /** Takes out what has ended by now. */
  public List<NamedRule> takeEnded(long nowUs) {
    List<NamedRule> ended = commands.takeEnded(nowUs);
    hasChanged |= !ended.isEmpty();
    return ended;
  }

  public long nextChangeUs(long nowUs) {
    return commands.nextChangeUs(nowUs);
  }

  /** Whether what commands say has changed since the last call. */
  public boolean takeChanged() {
    boolean changed = hasChanged;
    hasChanged = false;
    return changed;
  }
}
