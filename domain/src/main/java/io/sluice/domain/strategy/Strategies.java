package io.sluice.domain.strategy;

import io.sluice.domain.config.ConfigurationException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The built-in example strategies by name. */
public final class Strategies {
  private static final Map<String, Supplier<Strategy>> BY_NAME =
      new TreeMap<>(Map.of("momentum", Momentum::new, "mean-reversion", MeanReversion::new));

  private Strategies() {}

  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  public static Strategy create(String name) {
    Supplier<Strategy> strategy = BY_NAME.get(name);
    if (strategy == null) {
      throw new ConfigurationException(
          "strategy " + name + " is not built in, expected one of " + names());
    }
    return strategy.get();
  }
}
