package io.sluice.domain.control;

import io.sluice.domain.config.Section;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Values of some parameters. */
public record ParameterSet(Map<Parameter, BigDecimal> values) {
  public ParameterSet {
    EnumMap<Parameter, BigDecimal> sorted = new EnumMap<>(Parameter.class);
    sorted.putAll(values);
    values = Collections.unmodifiableMap(sorted);
  }

  /**
   * Reads an object of parameters.
   *
   * @throws io.sluice.domain.config.ConfigurationException naming key, value and what was expected
   */
  public static ParameterSet parse(Section section) {
    section.allow(Parameter.keys().toArray(String[]::new));
    Map<Parameter, BigDecimal> values = new EnumMap<>(Parameter.class);
    for (Parameter parameter : Parameter.values()) {
      if (section.has(parameter.key())) {
        values.put(parameter, parameter.parse(section));
      }
    }
    return new ParameterSet(values);
  }

  /** Writes {@code "id_window":"10m",...} into the object that is open. */
  public void writeInto(JsonWriter json) {
    values.forEach((parameter, value) -> parameter.write(value, json));
  }
}
