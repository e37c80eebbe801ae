package io.sluice.domain.config;

import io.sluice.domain.json.Durations;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.util.Map;

/** Writes a configuration in the shape it is read from. */
final class ConfigurationWriter {
  private ConfigurationWriter() {}

  /** Writes the configuration in the shape it is read from. */
  static void write(Configuration configuration, JsonWriter json) {
    json.beginObject().name("instruments").beginArray();
    configuration.instruments().values().forEach(instrument -> instrument.write(json));
    json.endArray().name("accounts").beginArray();
    configuration.accounts().values().forEach(account -> account.write(json));
    json.endArray().name("profiles").beginObject();
    configuration
        .profiles()
        .forEach(
            (name, profile) -> {
              json.name(name);
              profile.write(json);
            });
    json.endObject().name("limits");
    write(configuration.limits(), json);
    if (!configuration.shadowLimits().isEmpty()) {
      json.name("shadow_limits");
      write(configuration.shadowLimits(), json);
    }
    json.name("crash_rules").beginArray();
    for (CrashRule rule : configuration.crashRules()) {
      json.beginObject()
          .name("window_ms")
          .value(rule.windowMs())
          .name("drop")
          .value(rule.drop())
          .endObject();
    }
    json.endArray().name("clock").value(configuration.clock()).name("control");
    configuration.control().write(json);
    json.name("id_window").value(Durations.print(configuration.idWindowUs()));
    json.name("fill_window").value(Durations.print(configuration.fillWindowUs()));
    json.name("max_clock_skew_ms")
        .value(configuration.maxClockSkewUs() / 1_000)
        .name("valid_for_ms")
        .value(configuration.validForUs() / 1_000);
    if (configuration.maxSourceSilenceUs() != ConfigurationReader.MINUTE_US) {
      json.name("max_source_silence").value(Durations.print(configuration.maxSourceSilenceUs()));
    }
    json.name("market_worst_case").value(configuration.marketWorstCase()).name("execution");
    configuration.execution().write(json);
    json.name("strategies").beginArray();
    configuration.strategies().forEach(strategy -> strategy.write(json));
    json.endArray();
    configuration.rates().writeInto(json);
    configuration.rules().writeInto(json);
    configuration.change().writeInto(json);
    configuration.features().writeInto(json);
    configuration.market().writeInto(json);
    if (!configuration.models().isEmpty()) {
      json.name("models").beginArray();
      configuration.models().forEach(model -> model.write(json));
      json.endArray();
    }
    json.endObject();
  }

  private static void write(Map<Scope, LimitSet> byScope, JsonWriter json) {
    json.beginArray();
    byScope.forEach(
        (scope, set) -> {
          json.beginObject().name("scope").value(scope.toString());
          set.writeInto(json);
          json.endObject();
        });
    json.endArray();
  }
}
