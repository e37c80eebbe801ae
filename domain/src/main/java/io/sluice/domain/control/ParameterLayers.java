package io.sluice.domain.control;

import io.sluice.domain.config.Configuration;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters in force: what configuration sets, and in its place what commands set while they
 * are in effect, the newest of them; of those that may only tighten the tightest counts.
 */
public final class ParameterLayers {
  private final Map<Parameter, BigDecimal> configured = new EnumMap<>(Parameter.class);
  private final Timetable<CommandParameters> commands = new Timetable<>();

  /**
   * A command's parameters, from one time to another.
   *
   * @param replaces whether they take the place of what was set before, looser or not; else they
   *     only tighten it
   */
  public record CommandParameters(
      String commandId, ParameterSet set, long fromUs, long untilUs, boolean replaces)
      implements Timed {}

  public void configure(Configuration configuration) {
    for (Parameter parameter : Parameter.values()) {
      configured.put(parameter, parameter.of(configuration));
    }
  }

  public void add(CommandParameters command) {
    commands.add(command);
  }

  public Timetable<CommandParameters> commands() {
    return commands;
  }

  /** All of them at a time. */
  public Parameters inForce(long nowUs) {
    return Parameters.of(values(nowUs, List.of()));
  }

  /**
   * Why a set cannot be put in force beside the others, said to a person; null where it can.
   *
   * @param nowUs when it is to begin
   */
  public String contradiction(ParameterSet set, long nowUs) {
    Map<Parameter, BigDecimal> values = new EnumMap<>(values(nowUs, List.of(set)));
    BigDecimal window = values.get(Parameter.ID_WINDOW);
    long skewUs = values.get(Parameter.MAX_CLOCK_SKEW).longValueExact();
    if (window.longValueExact() < Parameters.shortestIdWindowUs(skewUs)) {
      return "id_window would not be more than twice max_clock_skew_ms, and a forgotten id has to"
          + " be too old to pass";
    }
    return values.get(Parameter.FILL_WINDOW).compareTo(window) < 0
        ? "fill_window would be shorter than id_window"
        : null;
  }

  /** What one parameter is at a time, whatever the others are. */
  public BigDecimal inForce(Parameter parameter, long nowUs) {
    return values(nowUs, List.of()).get(parameter);
  }

  private Map<Parameter, BigDecimal> values(long nowUs, List<ParameterSet> more) {
    Map<Parameter, BigDecimal> values = new EnumMap<>(configured);
    for (CommandParameters command : commands.inEffect(nowUs)) {
      command
          .set()
          .values()
          .forEach(
              (parameter, value) ->
                  values.merge(
                      parameter,
                      value,
                      (a, b) -> command.replaces() ? b : parameter.tighter(a, b)));
    }
    more.forEach(set -> values.putAll(set.values()));
    return values;
  }
}
